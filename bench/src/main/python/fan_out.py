"""hosts beside clush, pdsh and parallel-ssh, on a laboratory whose hosts are this machine too: a command that does nothing, a file,
and many names of which a tenth is dead. Every program uses the same key, the same key exchange and the same width."""

import os
import statistics
import subprocess
import time
from pathlib import Path

from programs import CHECKOUT, DIST_BIN, BenchError
from results import Row

WIDTH = 64
FILE_BYTES = 20_000_000
CONNECT_S = 5
EXCHANGE = "curve25519-sha256"


class Hosts:

    def __init__(self, programs, settings, say):
        self.programs = programs
        self.settings = settings
        self.say = say

    def rows(self):
        with self.programs.files() as folder:
            with Laboratory(folder, self.settings.hosts) as lab:
                file = folder / "file"
                file.write_bytes(os.urandom(FILE_BYTES))
                hosts = self.settings.hosts
                return [*self.compare("hosts.run", f"`true` on {hosts} hosts", {
                            "hosts": lab.ours("run", "--", "true"),
                            "clush": lab.clush("true"),
                            "pdsh": (["pdsh", "-R", "ssh", "-f", str(WIDTH), "-w", lab.everybody, "true"],
                                     {"PDSH_SSH_ARGS_APPEND": lab.options}),
                            "parallel-ssh": lab.parallel("parallel-ssh", "true"),
                        }),
                        *self.compare("hosts.copy", f"{FILE_BYTES // 1_000_000} MB to {hosts} hosts", {
                            "hosts": lab.ours("copy", str(file), "by-hosts"),
                            "clush": lab.clush("--copy", str(file), "--dest", "by-clush"),
                            "parallel-scp": lab.parallel("parallel-scp", str(file), "by-pscp"),
                        }),
                        self.dead(lab)]

    def compare(self, key, what, programs):
        """Each program in its turn, once round after the other; the first round only warms caches."""
        walls_s = {name: [] for name in programs}
        cpus_s = {name: [] for name in programs}
        for turn in range(self.settings.rounds + 1):
            for name, (command, environment) in programs.items():
                wall_s, cpu_s, code = timed(command, environment)
                if code != 0:
                    raise BenchError(f"{name} ended with {code}: {' '.join(command)}")
                if turn > 0:
                    walls_s[name].append(wall_s)
                    cpus_s[name].append(cpu_s)
        processor = ", ".join(f"{name} {statistics.median(values):.2f} s" for name, values in cpus_s.items())
        rows = [Row(f"{key}.{name}", what, "s", "hosts", walls_s["hosts"], name, walls_s[name], "ratio <= 1")
                for name in programs if name != "hosts"]
        rows[0].notes.append(f"processor time, without that of the hosts: {processor}")
        for row in rows:
            self.say(f"hosts: {' | '.join(row.cells())}")
        return rows

    def dead(self, lab):
        """Names of which a tenth is an address where nobody answers; the others are the hosts of the laboratory in turn."""
        names = self.settings.names
        dead = names // 10
        config = lab.with_dead(names, dead)
        command = [DIST_BIN / "hosts", "run", "-F", config, "-w", f"many[1-{names}]", "--connect-timeout", f"{CONNECT_S}s", "--deadline",
                   "60s", "--", "true"]
        wall_s, _, code = timed(command)
        if code != 2:
            raise BenchError(f"hosts ended with {code} where {dead} of {names} hosts are dead, and not with 2")
        row = Row("hosts.dead", f"{names} hosts of which {dead} are dead, {CONNECT_S} s to connect", "s", "hosts", [wall_s],
                  target=f"value <= {2 * CONNECT_S + 10}")
        self.say(f"hosts: {' | '.join(row.cells())}")
        return row


class Laboratory:
    """Hosts bell1 to bellN of scripts/lab, and how each program is told of them."""

    def __init__(self, folder, count):
        self.folder = folder
        self.count = count
        self.everybody = f"bell[1-{count}]"

    def __enter__(self):
        self.lab("up", str(self.count))
        self.config = self.lab("config").strip()
        self.options = f"-F {self.config} -o KexAlgorithms={EXCHANGE}"
        self.listed = self.folder / "names"
        self.listed.write_text("".join(f"bell{i}\n" for i in range(1, self.count + 1)), encoding="ascii")
        self.conf = self.folder / "clush.conf"
        self.conf.write_text(f"[Main]\nfanout: {WIDTH}\nconnect_timeout: 15\ncommand_timeout: 0\n", encoding="ascii")
        return self

    def __exit__(self, *failure):
        self.lab("down")

    def lab(self, *words):
        done = subprocess.run([CHECKOUT / "scripts" / "lab", *words], env={**os.environ, "CARILLON_LAB": str(self.folder / "lab")},
                              stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise BenchError(f"scripts/lab {' '.join(words)} ended with {done.returncode}; a laboratory needs root", 5)
        return done.stdout

    def ours(self, verb, *words):
        return [str(DIST_BIN / "hosts"), verb, "-F", self.config, "-w", self.everybody, "--width", str(WIDTH), *words], {}

    def clush(self, *words):
        return ["clush", f"--conf={self.conf}", "-w", self.everybody, "-f", str(WIDTH), "-o", self.options, *words], {}

    def parallel(self, program, *words):
        return [program, "-h", str(self.listed), "-p", str(WIDTH), "-x", self.options, *words], {}

    def with_dead(self, names, dead):
        """A configuration of so many names many1, many2, …; where the dead ones are, is no host."""
        subnet = (self.folder / "lab" / "lab").read_text(encoding="ascii").split()[0]
        step = names // dead
        lines = []
        for i in range(1, names + 1):
            number = 200 + i % 50 if i % step == 0 and i // step <= dead else 11 + i % self.count
            lines.append(f"Host many{i}\n  HostName {subnet}.{number}\n")
        own = Path(self.config).read_text(encoding="utf-8")
        config = self.folder / "many_config"
        config.write_text("".join(lines) + own[own.rindex("Host "):], encoding="utf-8")
        return config


def timed(command, environment=None):
    """Wall-clock and processor time of a program and of all that it starts, in s, and its exit code."""
    begin_s = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - begin_s, usage.ru_utime + usage.ru_stime, process.returncode
