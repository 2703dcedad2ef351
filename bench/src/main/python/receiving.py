"""How fast and at what cost events become rows: worker against the C receiver and the Python one, all fed by the C sender."""

import csv
import re
import subprocess
import time

from programs import BenchError
from results import Row, counted, percentile

LOSS_MAX = 0.001
FINE = 1.05  # how close the search for a rate comes
WARM_UP_RATE_MAX = 10_000


class Receiving:

    def __init__(self, programs, settings, say):
        self.programs = programs
        self.settings = settings
        self.say = say

    def rows(self):
        kinds = ("worker", "c", "python")
        highest = {kind: [] for kind in kinds}
        fed_all = []
        cost = {kind: [] for kind in kinds}
        held = []
        for turn in range(self.settings.rounds):
            for kind in kinds if turn % 2 == 0 else reversed(kinds):
                rate, was_all = self.highest_rate(kind)
                highest[kind].append(rate)
                if was_all:
                    fed_all.append(kind)
                self.say(f"highest rate, {kind}: {rate:,.0f} events/s{', all that was sent' if was_all else ''}")
            for kind in ("worker", "c") if turn % 2 == 0 else ("c", "worker"):
                micros, rate, loss = self.cpu_per_event(kind)
                cost[kind].append(micros)
                held.append(rate)
                self.say(f"CPU per event, {kind}: {micros:.2f} µs at {rate:,.0f}/s, {loss:.3%} lost")
        notes = [f"in {fed_all.count(kind)} of {counted(self.settings.rounds, 'round')} {kind} took all that the sender could send"
                 for kind in kinds if kind in fed_all]
        seconds = self.settings.seconds
        fed = self.settings.rate
        cost_row = Row("receive.cpu_per_event", f"CPU per event of the receiver at {fed:,}/s", "µs", "worker", cost["worker"],
                       "C", cost["c"], "ratio <= 1.5")
        if min(held) < 0.95 * fed:
            cost_row.notes.append(f"the sender held between {min(held):,.0f} and {max(held):,.0f} events/s")
        return [
            Row("receive.highest_rate", f"highest rate with < 0.1 % loss, {seconds:g} s, rows on disk", "events/s", "worker",
                highest["worker"], "C", highest["c"], "ratio >= 0.95", notes),
            Row("receive.highest_rate_python", "the same against Python, fed JSON", "events/s", "worker", highest["worker"],
                "Python", highest["python"], "ratio >= 12"),
            cost_row,
            self.allocation(),
            self.agreement(),
        ]

    def highest_rate(self, kind):
        """The rate of a run as long as the settings say that lost less than one event in a thousand; and whether that was all that the
        sender could send."""
        rate = self.settings.rate_max
        held, fed = self.feed(kind, rate, self.settings.probe_seconds)
        if held and self.settings.probe_seconds >= self.settings.seconds:
            return fed, True
        if not held:
            rate = self.search(kind, fed)
        while True:
            held, fed = self.feed(kind, rate, self.settings.seconds)
            if held:
                return fed, rate == self.settings.rate_max
            rate = 0.95 * (min(rate, fed) if rate else fed)

    def search(self, kind, too_fast):
        """Goes down until nothing is lost, and then halves what is between."""
        good, bad = 0, too_fast
        while bad > FINE * good:
            rate = (good + bad) / 2 if good else bad / 2
            held, fed = self.feed(kind, rate, self.settings.probe_seconds)
            if held:
                good = fed
            else:
                bad = rate
            if bad < 10:
                raise BenchError(f"{kind} loses events at 10 a second")
        return good

    def feed(self, kind, rate, seconds):
        """Whether almost all rows are on disk, and how fast was sent; rate 0 is as fast as the sender can. A warm-up goes before, whose
        events count, too."""
        json_form = kind == "python"
        warm_up_rate = min(rate / 4, WARM_UP_RATE_MAX) if rate else WARM_UP_RATE_MAX
        with self.programs.files() as folder:
            receiver = self.programs.receiver(kind, folder)
            warm_up = self.programs.sender([receiver.port], warm_up_rate, self.settings.warmup_seconds, json_form=json_form).totals()
            sent = self.programs.sender([receiver.port], rate, seconds, first_event=warm_up["sent"] + 1, json_form=json_form).totals()
            time.sleep(0.3)
            totals = receiver.stop()
            lost = 1 - totals["rows_on_disk"] / (warm_up["sent"] + sent["sent"])
            self.say(f"  {kind} for {seconds:g} s: sent at {sent['rate']:,.0f}/s, {lost:.3%} lost"
                     f" ({totals.get('kernel_drops', '?')} in the kernel, {totals['rows_lost']} rows)")
            return lost < LOSS_MAX, sent["rate"]

    def cpu_per_event(self, kind):
        """In µs, after a warm-up at the same rate; with that rate and the share lost."""
        settings = self.settings
        with self.programs.files() as folder:
            receiver = self.programs.receiver(kind, folder)
            sender = self.programs.sender([receiver.port], settings.rate, settings.warmup_seconds + settings.cpu_seconds + 1)
            time.sleep(settings.warmup_seconds)
            from_s, from_cpu_s = time.monotonic(), receiver.cpu_s()
            time.sleep(settings.cpu_seconds)
            took_s, cpu_s = time.monotonic() - from_s, receiver.cpu_s() - from_cpu_s
            sent = sender.totals()
            time.sleep(0.2)
            totals = receiver.stop()
            return cpu_s / (sent["rate"] * took_s) * 1e6, sent["rate"], 1 - totals["rows_on_disk"] / sent["sent"]

    def allocation(self):
        """By how much more the threads of a worker allocate at the full rate than at a tenth of it, per event that comes more. What they
        allocate in any case, by time, is told beside it."""
        settings = self.settings
        with self.programs.files() as folder:
            receiver = self.programs.receiver("worker", folder)
            first, found = 1, []
            for rate in (settings.rate, settings.rate / 10):
                sender = self.programs.sender([receiver.port], rate, settings.warmup_seconds + settings.cpu_seconds + 3, first_event=first)
                time.sleep(settings.warmup_seconds)
                self.allocated(receiver.pid)  # the first question makes the thread that answers
                from_s, before = time.monotonic(), self.allocated(receiver.pid)
                time.sleep(settings.cpu_seconds)
                took_s, after = time.monotonic() - from_s, self.allocated(receiver.pid)
                sent = sender.totals()
                first += sent["sent"]
                found.append((sent["rate"], {name: max(0, size - before.get(name, 0)) / took_s for name, size in after.items()}))
            receiver.stop()
        (more, fast), (less, slow) = found
        per_event = {name: (fast[name] - slow.get(name, 0)) / (more - less) for name in fast}
        total = max(0, round(sum(per_event.values())))
        notes = [f"{name}: {fast[name] / 1000:,.1f} KB/s at {more:,.0f}/s, {slow.get(name, 0) / 1000:,.1f} KB/s at {less:,.0f}/s"
                 for name in sorted(fast, key=fast.get, reverse=True) if fast[name] >= 100]
        self.say(f"allocation: {total} B per event; {'; '.join(notes)}")
        return Row("receive.allocation_per_event", f"allocation per event at {settings.rate:,}/s, all threads", "B", "worker", [total],
                   target="value <= 0", notes=notes)

    def allocated(self, pid):
        done = subprocess.run([self.settings.java_home / "bin" / "jcmd", str(pid), "Thread.print", "-e"], capture_output=True, text=True)
        sizes = {}
        for name, size, unit in re.findall(r'^"([^"]*)".* allocated=(\d+)([BKMG]) ', done.stdout, re.M):
            if name != "Attach Listener":
                sizes[name] = sizes.get(name, 0) + int(size) * {"B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}[unit]
        if not sizes:
            raise BenchError(f"jcmd told nothing about the worker: {(done.stdout + done.stderr).strip()[:300]}")
        return sizes

    def agreement(self):
        """Whether worker and the C receiver, sent the same datagrams at once, write the same rows; the stamps are each one's own."""
        events = min(50_000, self.settings.rate)
        with self.programs.files() as folder:
            ours, theirs = (self.programs.receiver(kind, folder) for kind in ("worker", "c"))
            self.programs.sender([ours.port, theirs.port], min(10_000, self.settings.rate), events=events).totals()
            time.sleep(0.3)
            ours.stop()
            theirs.stop()
            with open(ours.output, newline="", encoding="utf-8") as mine, open(theirs.output, newline="", encoding="utf-8") as other:
                left, right = list(csv.DictReader(mine)), list(csv.DictReader(other))
        same = ("event_id", "sequence_number", "coordinator_send_time_ns", "timestamp_source", "ntp_offset_ms", "bc_timestamp_ns")
        differing = abs(len(left) - len(right)) + max(0, events - len(left))
        apart_us = []
        for a, b in zip(left, right):
            differing += any(a[name] != b[name] for name in same)
            apart_us.append(abs(int(a["receive_time_ns"]) - int(b["receive_time_ns"])) / 1000)
        notes = [f"{len(left):,} and {len(right):,} rows; stamps of the same event {percentile(apart_us, 50):.1f} µs apart in the median"]
        return Row("receive.rows_differing", f"rows that differ, {events:,} events sent to both at once", "rows", "worker", [differing],
                   target="value <= 0", notes=notes)

