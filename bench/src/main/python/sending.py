"""How well events are sent on schedule, how fast, and how far apart a send and its stamp are: coordinator against the C sender."""

import csv
import statistics

from programs import sinks
from results import Row, counted, percentile

# What a search begins with that is to find the highest rate; nobody sends so fast.
TOO_FAST = 2_000_000


class Sending:

    def __init__(self, programs, settings, say):
        self.programs = programs
        self.settings = settings
        self.say = say

    def rows(self):
        rows = []
        for rate in self.settings.lateness_rates:
            rows += self.lateness(rate)
        rows.append(self.drift())
        for receivers in (1, 16):
            rows.append(self.highest_rate(receivers))
        return rows

    def lateness(self, rate):
        """As it is, and with --catch-up, which is what the C sender does after a stall."""
        senders = {"coordinator": (), "coordinator --catch-up": ("--catch-up",), "C": ()}
        late = {sender: {"p50": [], "p99": [], "max": []} for sender in senders}
        warm_up = int(rate * self.settings.warmup_seconds)
        for turn in range(self.settings.rounds):
            for sender in senders if turn % 2 == 0 else reversed(senders):
                late_ns = self.run(sender, 1, rate, warm_up + int(rate * self.settings.send_seconds), *senders[sender])[1][warm_up:]
                late_us = [ns / 1000 for ns in late_ns]
                for name, value in (("p50", percentile(late_us, 50)), ("p99", percentile(late_us, 99)), ("max", max(late_us))):
                    late[sender][name].append(value)
                self.say(f"lateness at {rate:,}/s, {sender}: " + ", ".join(f"{name} {of[-1]:.2f} µs" for name, of in late[sender].items()))
        targets = {"p50": "value <= 1", "p99": "ratio <= 1.2", "max": ""}
        rows = [Row(f"send.lateness_{name}_{rate}", f"send lateness {name} at {rate:,}/s", "µs", "coordinator", late["coordinator"][name],
                    "C", late["C"][name], targets[name]) for name in targets]
        rows.append(Row(f"send.lateness_p99_{rate}_catch_up", f"the same, p99 with --catch-up at {rate:,}/s", "µs", "coordinator",
                        late["coordinator --catch-up"]["p99"], "C", late["C"]["p99"]))
        return rows

    def drift(self):
        """By how much the lateness of the last of many events differs from that of the first, in the median: the schedule is absolute,
        so errors must not add up. With --catch-up, since the C sender does that after a stall, too."""
        drifts = {"coordinator": [], "C": []}
        events, rate = self.settings.drift_events, self.settings.drift_rate
        part = max(events // 100, 10)
        for sender in ("coordinator", "C"):
            late_ns = self.run(sender, 1, rate, events, "--catch-up")[1]
            first = late_ns[events // 10:][:part]  # those before find a program that is just waking
            drifts[sender].append(abs(statistics.median(late_ns[-part:]) - statistics.median(first)) / 1000)
            self.say(f"drift over {events:,} events, {sender}: {drifts[sender][-1]:.3f} µs")
        return Row("send.drift", f"drift over {events:,} events at {rate:,}/s", "µs", "coordinator", drifts["coordinator"],
                   "C", drifts["C"], "value <= 1")

    def highest_rate(self, receivers):
        """As fast as it can, all rows on disk; with a search for the rate if rows are lost at that."""
        rates = {"coordinator": [], "C": []}
        for turn in range(self.settings.rounds):
            for sender in turns(turn):
                rate, complete = self.fastest(sender, receivers, TOO_FAST)
                asked = rate
                while not complete:
                    asked *= 0.9
                    rate, complete = self.fastest(sender, receivers, asked)
                rates[sender].append(rate)
                self.say(f"highest rate to {receivers}, {sender}: {rate:,.0f} events/s")
        return Row(f"send.highest_rate_{receivers}", f"highest steady rate to {counted(receivers, 'receiver')}, rows on disk", "events/s", "coordinator",
                   rates["coordinator"], "C", rates["C"], "ratio >= 0.9")

    def fastest(self, sender, receivers, rate):
        events = self.settings.fast_events // (1 if receivers == 1 else 4)
        send_ns, _ = self.run(sender, receivers, rate, events, "--catch-up", "--transmit-times", "off")
        if len(send_ns) < events:
            self.say(f"  {sender} to {receivers} at {rate:,.0f}/s: {events - len(send_ns):,} of {events:,} rows lost")
        steady = send_ns[len(send_ns) // 4:]
        return (len(steady) - 1) / (steady[-1] - steady[0]) * 1e9, len(send_ns) == events

    def run(self, sender, receivers, rate, events, *coordinator_options):
        """Send times and latenesses of all events, as its file has them."""
        with self.programs.files() as folder, sinks(receivers) as ports:
            output = folder / "coordinator.csv"
            if sender == "C":
                self.programs.sender(ports, 0 if rate == TOO_FAST else rate, events=events, output=output).totals()
            else:
                self.programs.coordinate(ports, rate, events, output, *coordinator_options)
            return read_sent(output)


def turns(turn):
    return ("coordinator", "C") if turn % 2 == 0 else ("C", "coordinator")


def read_sent(path):
    send_ns, late_ns = [], []
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        columns = next(rows)
        send, late = columns.index("send_time_ns"), columns.index("lateness_ns")
        for row in rows:
            send_ns.append(int(row[send]))
            late_ns.append(int(row[late]))
    return send_ns, late_ns


class Timestamps:
    """Stamp of the arrival less send time, over loopback at a low rate: what is added by whoever takes the stamps."""

    def __init__(self, programs, settings, say):
        self.programs = programs
        self.settings = settings
        self.say = say

    def rows(self):
        rate = self.settings.stamp_rate
        ways = {"coordinator → worker": [], "C": [], "without": [], "user": []}
        for turn in range(self.settings.rounds):
            names = list(ways)
            for way in names if turn % 2 == 0 else reversed(names):
                after_us = self.run(way, rate)
                ways[way].append((percentile(after_us, 50), percentile(after_us, 99)))
                self.say(f"stamp − send, {way}: p50 {ways[way][-1][0]:.1f} µs, p99 {ways[way][-1][1]:.1f} µs")
        rows = []
        for index, name, target in ((0, "p50", ""), (1, "p99", "ratio <= 1.1")):
            ours, theirs, without, user = ([pair[index] for pair in ways[way]] for way in ways)
            rows.append(Row(f"timestamps.kernel_{name}", f"kernel stamp − send at {rate:,}/s, {name}", "µs", "coordinator → worker", ours,
                            "C", theirs, target))
            rows.append(Row(f"timestamps.without_{name}", f"the same with --transmit-times off, {name}", "µs", "coordinator → worker", without,
                            "C", theirs))
            rows.append(Row(f"timestamps.user_{name}", f"user-space stamp − send at {rate:,}/s, {name}", "µs", "coordinator → worker",
                            user, "kernel stamps", ours))
        return rows

    def run(self, way, rate):
        events = int(rate * (self.settings.warmup_seconds + self.settings.send_seconds))
        with self.programs.files() as folder:
            environment = {"CARILLON_TIMESTAMPS": "user"} if way == "user" else None
            receiver = self.programs.receiver("c" if way == "C" else "worker", folder, environment)
            if way == "C":
                self.programs.sender([receiver.port], rate, events=events).totals()
            else:
                options = ["--transmit-times", "off"] if way == "without" else []
                self.programs.coordinate([receiver.port], rate, events, folder / "coordinator.csv", *options)
            receiver.stop()
            with open(receiver.output, newline="", encoding="utf-8") as file:
                return [(int(row["receive_time_ns"]) - int(row["coordinator_send_time_ns"])) / 1000 for row in csv.DictReader(file)
                        ][int(rate * self.settings.warmup_seconds):]
