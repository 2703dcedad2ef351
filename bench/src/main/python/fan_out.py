"""hosts beside clush, pdsh and parallel-ssh, pair by pair, on a laboratory of 32 hosts: a command that does nothing, a file
of 20 MB, and 256 names of which a tenth is dead. Every program uses the same key, the same key exchange and the same width.
Processor time is that of the programs and of what they start, not that of the hosts, which are this machine too."""

import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HOSTS = 32
WIDTH = 64
FILE_BYTES = 20_000_000
MANY = 256
DEAD = 26
CONNECT_S = 5
EXCHANGE = "curve25519-sha256"
CHECKOUT = pathlib.Path(__file__).resolve().parents[4]


def timed(argv, environment=None):
    """Wall-clock and processor time in s, and the exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    code = subprocess.run(argv, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    wall = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, code


class FanOut:
    def __init__(self, folder, rounds):
        self.folder = folder
        self.rounds = rounds
        self.results = {}
        lab = {**os.environ, "CARILLON_LAB": str(folder / "lab")}
        self.lab = lambda *words: subprocess.run([CHECKOUT / "scripts/lab", *words], env=lab, check=True,
                                                 stdout=subprocess.PIPE, text=True).stdout
        self.lab("up", str(HOSTS))
        self.config = self.lab("config").strip()
        self.names = [f"bell{i}" for i in range(1, HOSTS + 1)]
        self.listed = folder / "names"
        self.listed.write_text("\n".join(self.names) + "\n")
        self.file = folder / "file"
        self.file.write_bytes(os.urandom(FILE_BYTES))
        self.clush = folder / "clush.conf"
        self.clush.write_text(f"[Main]\nfanout: {WIDTH}\nconnect_timeout: 15\ncommand_timeout: 0\n")

    def close(self):
        self.lab("down")

    def programs(self):
        options = f"-F {self.config} -o KexAlgorithms={EXCHANGE}"
        everybody = f"bell[1-{HOSTS}]"
        clush = ["clush", f"--conf={self.clush}", "-w", everybody, "-f", str(WIDTH), "-o", options]
        pssh = ["-h", str(self.listed), "-p", str(WIDTH), "-x", options]
        hosts = [str(CHECKOUT / "dist/carillon/bin/hosts")]
        ours = ["-F", self.config, "-w", everybody, "--width", str(WIDTH)]
        return {
            "run true": {
                "hosts": (hosts + ["run"] + ours + ["--", "true"], None),
                "clush": (clush + ["true"], None),
                "pdsh": (["pdsh", "-R", "ssh", "-f", str(WIDTH), "-w", everybody, "true"], {"PDSH_SSH_ARGS_APPEND": options}),
                "parallel-ssh": (["parallel-ssh", *pssh, "true"], None),
            },
            "copy 20 MB": {
                "hosts": (hosts + ["copy"] + ours + [str(self.file), "by-hosts"], None),
                "clush": (clush + ["--copy", str(self.file), "--dest", "by-clush"], None),
                "parallel-scp": (["parallel-scp", *pssh, str(self.file), "by-pscp"], None),
            },
        }

    def measure(self):
        for what, programs in self.programs().items():
            taken = {name: [] for name in programs}
            for _ in range(self.rounds + 1):  # the first one warms caches
                for name, (argv, environment) in programs.items():
                    taken[name].append(timed(argv, environment))
            self.report(what, {name: rows[1:] for name, rows in taken.items()})
        self.many()

    def report(self, what, taken):
        walls = {name: [wall for wall, _, _ in rows] for name, rows in taken.items()}
        best = min((name for name in walls if name != "hosts"), key=lambda name: statistics.median(walls[name]))
        self.results[what] = {
            name: {"wall_s": walls[name], "cpu_s": [cpu for _, cpu, _ in rows], "exit_codes": sorted({code for _, _, code in rows})}
            for name, rows in taken.items()}
        print(f"{what}, {HOSTS} hosts, width {WIDTH}, {EXCHANGE}")
        for name, rows in taken.items():
            cpu = statistics.median(cpu for _, cpu, _ in rows)
            pairs = [ours / theirs for ours, theirs in zip(walls["hosts"], walls[name])]
            codes = ",".join(str(code) for code in self.results[what][name]["exit_codes"])
            print(f"  {name:13} {statistics.median(walls[name]):6.2f} s ({min(walls[name]):.2f} to {max(walls[name]):.2f}),"
                  f" processor {cpu:5.2f} s, exit code {codes}; hosts takes {statistics.median(pairs):.2f} times as long")
        ratio = statistics.median(ours / theirs for ours, theirs in zip(walls["hosts"], walls[best]))
        print(f"  against the best, {best}: {ratio:.2f} ({'as fast' if ratio <= 1 else 'SLOWER'})")

    def many(self):
        """Names of which a tenth is an address where nobody answers; the others are the hosts of the laboratory."""
        subnet = (self.folder / "lab/lab").read_text().split()[0]
        lines = []
        for i in range(1, MANY + 1):
            dead = i % (MANY // DEAD) == 0 and i // (MANY // DEAD) <= DEAD
            address = f"{subnet}.{200 + i % 50}" if dead else f"{subnet}.{11 + i % HOSTS}"
            lines.append(f"Host many{i}\n  HostName {address}\n")
        own = pathlib.Path(self.config).read_text()
        config = self.folder / "many_config"
        config.write_text("".join(lines) + own[own.rindex("Host "):])
        allowed = 2 * CONNECT_S + 10
        wall, cpu, code = timed([str(CHECKOUT / "dist/carillon/bin/hosts"), "run", "-F", str(config), "-w", f"many[1-{MANY}]",
                                 "--connect-timeout", f"{CONNECT_S}s", "--deadline", "60s", "--", "true"])
        self.results["many"] = {"wall_s": wall, "cpu_s": cpu, "exit_code": code}
        print(f"{MANY} hosts of which {DEAD} are dead, {CONNECT_S} s to connect: {wall:.1f} s, processor {cpu:.1f} s, exit code {code}"
              f" ({'within' if wall <= allowed and code == 2 else 'NOT within'} {allowed} s)")


def main():
    words = sys.argv[1:]
    rounds = int(words[words.index("--rounds") + 1]) if "--rounds" in words else 5
    with tempfile.TemporaryDirectory() as folder:
        bench = FanOut(pathlib.Path(folder), rounds)
        try:
            bench.measure()
        finally:
            bench.close()
        if "--json" in words:
            pathlib.Path(words[words.index("--json") + 1]).write_text(json.dumps(bench.results, indent=1))


main()
