#!/usr/bin/env python3
"""Draws the figures of docs/control.md: docs/images/control-*.svg. Run it after a change; --check tells whether that is due.

The paper is white in the light and in the dark, so that the figures can be read on both."""

import sys
from html import escape
from pathlib import Path

INK, QUIET, LINE, PAPER = "#1b1f24", "#59626c", "#c3c9ce", "#ffffff"
BLUE, PALE, RED, ROSE, GREEN, MINT = "#0b5cad", "#e4effa", "#b5260b", "#fdeeea", "#1d6b45", "#e5f4ec"
FONT = "'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif"


class Drawing:
    def __init__(self, width, height, title):
        self.width, self.height, self.title, self.parts = width, height, title, []

    def text(self, x, y, words, size=13, color=INK, anchor="middle", weight="normal"):
        for i, line in enumerate(words.split("\n")):
            self.parts.append(
                f'<text x="{x}" y="{y + i * (size + 3)}" font-size="{size}" fill="{color}" '
                f'text-anchor="{anchor}" font-weight="{weight}">{escape(line)}</text>')

    def line(self, x1, y1, x2, y2, color=INK, dash="", arrow=False, width=1.4):
        self.parts.append(
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{color}" stroke-width="{width}"'
            + (f' stroke-dasharray="{dash}"' if dash else "")
            + (f' marker-end="url(#{"red" if color == RED else "ink"})"' if arrow else "") + "/>")

    def box(self, x, y, width, height, fill, edge):
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="7" fill="{fill}" stroke="{edge}" stroke-width="1.4"/>')

    def svg(self):
        def head(name, color):
            return (f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
                    f'orient="auto"><path d="M0 0 10 5 0 10z" fill="{color}"/></marker>')
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
                f'height="{self.height}" font-family="{FONT}" role="img">\n<title>{escape(self.title)}</title>\n'
                f'<defs>{head("ink", INK)}{head("red", RED)}</defs>\n'
                f'<rect width="{self.width}" height="{self.height}" rx="8" fill="{PAPER}"/>\n'
                + "\n".join(self.parts) + "\n</svg>\n")


# ---- States: (name, its deadline), and what leads from each to the next.

WORKER = ("States of a worker", 212,
          [("IDLE", "30 s"), ("CONFIG_RECEIVED", "warm-up + 30 s"), ("READY", "60 s, again\nfrom every PING"),
           ("RUNNING", "per configuration"), ("COMPLETED", "10 s")],
          ["CONFIG", "prepared,\nwarm-up over", "own clock\npasses the start", "finished,\nfiles closed"],
          [("ERROR", "invalid CONFIG or START · a deadline is over · the workload fails"),
           ("ABORTED", "ABORT · the process is told to end · stream lost and grace over")])

CONTROLLER = ("A worker's states as the coordinator sees them", 186,
              [("CONNECTING", "3 more tries\nafter 1, 2, 4 s"), ("CONFIG_SENT", "warm-up + 45 s"), ("READY", "clock gate"),
               ("START_SENT", "start delay"), ("COLLECTING", "run deadline"), ("COMPLETED", "")],
              ["it\nanswers", "READY", "START", "RUNNING", "COMPLE-\nTED"],
              [("FAILED", "nobody listens · ERROR or ABORTED · silent: 10 s without a status and three PINGs of 5 s · "
                "lost for longer than its grace · clock gate missed")])


def states(title, step, chain, moves, ends):
    box = 136
    width = step * (len(chain) - 1) + box + 48
    drawing = Drawing(width, 178 + 62 * len(ends), title)
    left = [24 + i * step for i in range(len(chain))]
    drawing.line(4, 76, left[0], 76, QUIET, arrow=True)
    for i, (name, deadline) in enumerate(chain):
        last = i == len(chain) - 1
        drawing.box(left[i], 50, box, 70, MINT if last else PALE, GREEN if last else BLUE)
        drawing.text(left[i] + box / 2, 74, name, 12, GREEN if last else BLUE, weight="bold")
        drawing.text(left[i] + box / 2, 94, deadline, 11, QUIET)
        if not last:
            drawing.line(left[i] + box, 84, left[i + 1], 84, arrow=True)
            drawing.line(left[i] + box / 2, 120, left[i] + box / 2, 154, QUIET)
            words = moves[i]
            drawing.text((left[i] + box + left[i + 1]) / 2, 28 if "\n" in words else 43, words, 11)
            middle = (left[i] + box + left[i + 1]) / 2
            drawing.line(middle, 52, middle, 80, LINE, "2 3", width=1)
    drawing.line(left[0] + box / 2, 154, left[-2] + box / 2, 154, QUIET)
    for i, (name, why) in enumerate(ends):
        top = 180 + 62 * i
        drawing.line(left[0] + box / 2, 154, left[0] + box / 2, top, RED, arrow=True) if i == 0 else None
        if i > 0:
            drawing.line(left[0] - 12, 154, left[0] + box / 2, 154, QUIET)
            drawing.line(left[0] - 12, 154, left[0] - 12, top + 22, RED)
            drawing.line(left[0] - 12, top + 22, left[0], top + 22, RED, arrow=True)
        drawing.box(left[0], top, box, 44, ROSE, RED)
        drawing.text(left[0] + box / 2, top + 27, name, 13, RED, weight="bold")
        drawing.text(left[0] + box + 16, top + 27, why, 11.5, INK, "start")
    return drawing.svg()


# ---- Sequences. A line is one of
#   A -> B: message      an arrow; with -x it does not arrive
#   A: what it does      a note at A's line
#   A = STATE            A's state from here on, as others see it
#   A ! STATE            the same, a bad end
#   --- text             a moment for all
#   ...                  time passes

SEQUENCES = {
    "success": ("A run that succeeds", "coordinator | worker", """
C = CONNECTING
C -> W: TLS: both show the run's certificate
W = IDLE
C -> W: CONFIG (1)
W = CONFIG_RECEIVED
W: prepares, measures its clock
C -> W: PING, every second
W -> C: PONG: state, clock, what it waits for
C = CONFIG_SENT
W = READY
W -> C: READY #1: its clock, its UDP port
C = READY
C: clock gate: every bound below 5 ms
C -> W: START (2): an instant of true time
C = START_SENT
--- the instant, by the bounded clock of each
W = RUNNING
C: sends event 1
W -> C: RUNNING #2: first reading, counts, latencies
C = COLLECTING
C -> W: ACKNOWLEDGE 2, own clock
... every second
C -> W: END_OF_STREAM (3): last event
W: has it all, or waited 2 s; closes its files
W = COMPLETED
W -> C: COMPLETED #62: totals
C -> W: ACKNOWLEDGE 62
C -> W: GOODBYE (4)
C = COMPLETED
W: ends, exit code 0
"""),
    "failure": ("One worker dies, one falls silent, one goes on", "coordinator | worker a | worker b | worker c", """
C = COLLECTING
A = RUNNING
B = RUNNING
D = RUNNING
B ! killed
B -x C: stream breaks
C -> B: tries again at once, after 1, 2 and 4 s
B -x C: connection refused, every time
C: b FAILED: nobody listens any more
A -> C: RUNNING, every second
C -> A: ACKNOWLEDGE
D ! hangs
... 10 s without a status of c
C -> D: PING, three times, 5 s each
C: c FAILED: it is silent
... the policy decides: best-effort goes on
C -> A: END_OF_STREAM
A = COMPLETED
A -> C: COMPLETED
C -> A: ACKNOWLEDGE, GOODBYE
C: exit code 2; the files of b and c are still collected
"""),
    "abort": ("Ctrl-C, SIGTERM, or a failure that the policy does not bear", "coordinator | worker a | worker b (cut off)", """
C = COLLECTING
A = RUNNING
B = RUNNING
C: Ctrl-C
C -> A: ABORT: reason
C: b cannot be reached: FAILED
A: stops, closes its files (4 s at most)
A = ABORTED
A -> C: ABORTED: reason, totals
C -> A: ACKNOWLEDGE, GOODBYE
A: ends, exit code 3
--- 5 s after Ctrl-C at the latest
C: exit code 3; a second Ctrl-C would have ended it at once
... worker b: its grace time, 60 s
B: closes its files
B ! ABORTED
B: ends, exit code 4
"""),
    "reconnect": ("The link is cut and heals, or does not", "coordinator | worker", """
C = COLLECTING
W = RUNNING
W -> C: RUNNING #7
C -> W: ACKNOWLEDGE 7
--- the link is cut
W -x C: RUNNING #8
W: goes on recording; keeps #8, #9, … until acknowledged
C: nothing for 10 s, keepalive unanswered for 5 s: the stream is lost
C -x W: tries again after 1, 2, 4, 4, … s
--- the link is whole again, within the grace time
C -> W: new stream: RESUME, last status 7
C -> W: numbered commands once more; the worker knows them
W -> C: RUNNING #8, #9, … #27 (oldest merged beyond 120)
C -> W: ACKNOWLEDGE 27
W -> C: RUNNING #28
... or the coordinator never comes back
W: grace over: closes its files
W ! ABORTED
W: ends, exit code 4
"""),
}


def is_state(line):
    return line[1:4] in (" = ", " ! ")


def sequence(title, lanes, script):
    names = [lane.strip() for lane in lanes.split("|")]
    keys = ["C", "W"] if len(names) == 2 else ["C", "A", "B", "D"][:len(names)]
    step = 470 if len(names) == 2 else 270
    side = 150
    lane = {key: side + i * step for i, key in enumerate(keys)}
    width = side * 2 + step * (len(names) - 1)
    lines = script.strip().split("\n")
    heights = [34 if is_state(line) else 38 if line.startswith("---") else 30 for line in lines]
    for i in range(len(lines) - 1):
        # States of several lanes stand side by side.
        if is_state(lines[i]) and is_state(lines[i + 1]) and "CABDW".index(lines[i][0]) < "CABDW".index(lines[i + 1][0]):
            heights[i] = 0
    height = 74 + sum(heights) + 24
    drawing = Drawing(width, height, title)
    drawing.text(20, 30, title, 15, INK, "start", "bold")
    for key, name in zip(keys, names):
        drawing.text(lane[key], 58, name, 13, QUIET, weight="bold")
        drawing.line(lane[key], 66, lane[key], height - 14, LINE)
    y = 74
    for words, tall in zip(lines, heights):
        middle = y + tall / 2
        if words.startswith("---"):
            drawing.line(20, middle + 8, width - 20, middle + 8, BLUE, "6 4")
            label(drawing, width / 2, middle + 3, words[3:].strip(), BLUE)
        elif words.startswith("..."):
            label(drawing, width / 2, middle + 4, "⋮  " + words[3:].strip(), QUIET)
        elif is_state(words):
            at, bad, name = lane[words[0]], words[2] == "!", words[4:]
            good = name == "COMPLETED"
            wide = 8.6 * len(name) + 24
            drawing.box(at - wide / 2, y + 5, wide, 24, ROSE if bad else MINT if good else PALE,
                        RED if bad else GREEN if good else BLUE)
            drawing.text(at, y + 22, name, 12, RED if bad else GREEN if good else BLUE, weight="bold")
        elif words[2:4] in ("->", "-x"):
            start, end = lane[words[0]], lane[words[5]]
            arrives = words[2:4] == "->"
            stop = end if arrives else start + (end - start) * 0.55
            # Between the first two lines of the way, where no other line of life runs through the words.
            near = start + (step if end > start else -step) if arrives or len(names) > 2 else stop
            label(drawing, (start + near) / 2, y + 16, words[8:].strip(), INK if arrives else RED)
            drawing.line(start, y + 22, stop, y + 22, INK if arrives else RED, "" if arrives else "5 4", arrow=arrives)
            if not arrives:
                for sign in (-6, 6):
                    drawing.line(stop - 6, y + 22 - sign, stop + 6, y + 22 + sign, RED, width=2)
        else:
            at = lane[words[0]]
            label(drawing, max(at, 20), y + 20, words[2:].strip(), QUIET, note=True, width=width)
        y += tall
    return drawing.svg()


def label(drawing, x, y, words, color, note=False, width=0):
    wide = 7.15 * len(words) + 12
    if note:
        x = min(max(x, wide / 2 + 10), width - wide / 2 - 10)
    drawing.parts.append(f'<rect x="{x - wide / 2:.0f}" y="{y - 12}" width="{wide:.0f}" height="16" fill="{PAPER}"/>')
    drawing.text(round(x), y, words, 12, color)


def main():
    folder = Path(__file__).resolve().parent.parent
    figures = {"control-worker-states": states(*WORKER), "control-coordinator-states": states(*CONTROLLER)}
    figures |= {f"control-{name}": sequence(*text) for name, text in SEQUENCES.items()}
    old = [name for name, svg in figures.items()
           if not (folder / f"{name}.svg").exists() or (folder / f"{name}.svg").read_text("utf-8") != svg]
    if "--check" in sys.argv:
        sys.exit(f"to be drawn again: {', '.join(old)}" if old else 0)
    for name in old:
        (folder / f"{name}.svg").write_text(figures[name], "utf-8")


if __name__ == "__main__":
    main()
