"""Where worker and coordinator spend their processor time and what they allocate, by Java Flight Recorder: says why a target is missed."""

import signal
import subprocess
import time

from programs import DEADLINE_S, DIST_BIN, Receiver, addresses, sinks, tail, BenchError

# The runtime of the distribution has no recorder; the JDK that built it has.
FLAGS = ["-XX:+UseSerialGC", "-Xms16m", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xlog:disable"]
RECORDING = """<?xml version="1.0" encoding="UTF-8"?>
<configuration version="2.0">
  <event name="jdk.CPUTimeSample"><setting name="enabled">true</setting><setting name="throttle">5ms</setting>
    <setting name="stackTrace">true</setting></event>
  <event name="jdk.ObjectAllocationSample"><setting name="enabled">true</setting><setting name="throttle">1000/s</setting>
    <setting name="stackTrace">true</setting></event>
</configuration>
"""
VIEWS = ("cpu-time-hot-methods", "allocation-by-site")


class Profile:

    def __init__(self, programs, settings, say):
        self.programs = programs
        self.settings = settings
        self.say = say
        self.rate = settings.rate

    def text(self):
        return f"worker at {self.rate:,} events/s\n{self.worker()}\n\ncoordinator at {self.rate:,} events/s\n{self.coordinator()}"

    def worker(self):
        settings = self.settings
        with self.programs.files() as folder:
            receiver = Receiver(self.programs, "worker", folder, command=self.command("Worker", folder))
            sender = self.programs.sender([receiver.port], self.rate, settings.warmup_seconds + settings.cpu_seconds + 2)
            text = self.record(receiver.pid, folder)
            sender.totals()
            receiver.stop()
            return text

    def coordinator(self):
        with self.programs.files() as folder, sinks(1) as ports:
            log = folder / "log"
            command = [*self.command("Coordinator", folder), "--workers", addresses(ports), "--rate", self.rate,
                       "--num-events", 1_000_000_000, "--progress", "none", "--output", folder / "coordinator.csv"]
            process = self.programs.start([str(word) for word in command], log)
            time.sleep(2)
            if process.poll() is not None:
                raise BenchError(f"the coordinator ended with {process.returncode}: {tail(log)}")
            text = self.record(process.pid, folder)
            process.send_signal(signal.SIGTERM)
            process.wait(DEADLINE_S)
            return text

    def command(self, name, folder):
        recording = folder / "recording.jfc"
        recording.write_text(RECORDING, encoding="ascii")
        jars = ":".join(str(jar) for jar in sorted((DIST_BIN.parent / "lib" / "node").glob("*.jar")))
        return [self.settings.java_home / "bin" / "java", *FLAGS, "-cp", jars, f"org.carillon.cli.{name}Command"]

    def record(self, pid, folder):
        bin_folder = self.settings.java_home / "bin"

        def jcmd(*words):
            return subprocess.run([bin_folder / "jcmd", str(pid), *words], stdout=subprocess.DEVNULL, check=True)

        time.sleep(self.settings.warmup_seconds)
        jcmd("JFR.start", "name=bench", f"settings={folder / 'recording.jfc'}")
        time.sleep(self.settings.cpu_seconds)
        jcmd("JFR.stop", "name=bench", f"filename={folder / 'bench.jfr'}")
        views = (subprocess.run([bin_folder / "jfr", "view", "--width", "130", "--truncate", "beginning", view, folder / "bench.jfr"],
                                stdout=subprocess.PIPE, text=True, check=True).stdout for view in VIEWS)
        return "\n".join(line for view in views for line in view.split("\n") if line.strip())
