#!/usr/bin/env python3
"""Draws the figure of README.md, docs/images/clock-day.svg, from clock-day.csv beside this file. Run it after a change; --check tells
whether that is due. The CSV comes from a simulation in the tests: see org.carillon.ntp.SimulatedDay.

The paper is white in the light and in the dark, so that the figure can be read on both."""

import csv
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from control import BLUE, INK, LINE, QUIET, Drawing  # noqa: E402

BAND, GREY, ORANGE = "#bcd9f2", "#eef0f2", "#c2560a"
LEFT, RIGHT, WIDTH = 74, 24, 900
DAY_S = 86_400
STEP_S, LOST_S, FOUND_S = 9.5 * 3_600, 16 * 3_600, 16.5 * 3_600


class Panel:
    def __init__(self, drawing, top, bottom, lowest, highest):
        self.drawing, self.top, self.bottom, self.lowest, self.highest = drawing, top, bottom, lowest, highest

    def x(self, seconds):
        return round(LEFT + (WIDTH - LEFT - RIGHT) * seconds / DAY_S, 1)

    def y(self, ms):
        return round(self.bottom - (self.bottom - self.top) * (ms - self.lowest) / (self.highest - self.lowest), 1)

    def frame(self, ticks, hours):
        self.drawing.parts.append(
            f'<rect x="{self.x(LOST_S)}" y="{self.top}" width="{self.x(FOUND_S) - self.x(LOST_S):.1f}" '
            f'height="{self.bottom - self.top}" fill="{GREY}"/>')
        for ms in ticks:
            self.drawing.line(LEFT, self.y(ms), WIDTH - RIGHT, self.y(ms), LINE, width=0.8)
            self.drawing.text(LEFT - 8, self.y(ms) + 4, f"{ms:+d}".replace("-", "−") if ms else "0", 12, QUIET, "end")
        for hour in range(0, 25, 3):
            self.drawing.line(self.x(hour * 3_600), self.bottom, self.x(hour * 3_600), self.bottom + 4, QUIET, width=1)
            if hours:
                self.drawing.text(self.x(hour * 3_600), self.bottom + 18, f"{hour}:00", 12, QUIET)

    def band(self, rows, low, high):
        path = [f"{self.x(at)} {self.y(row[high])}" for at, row in rows]
        path += [f"{self.x(at)} {self.y(row[low])}" for at, row in reversed(rows)]
        self.drawing.parts.append(f'<path d="M{"L".join(path)}Z" fill="{BAND}"/>')

    def curve(self, rows, what, color, width, dash=""):
        path = "L".join(f"{self.x(at)} {self.y(row[what])}" for at, row in rows)
        self.drawing.parts.append(
            f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="{width}"'
            + (f' stroke-dasharray="{dash}"' if dash else "") + "/>")


def note(drawing, x, y, words, color):
    """Words that grid lines do not run through."""
    drawing.parts.append('<g stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">')
    drawing.text(x, y, words, 13, color, "start")
    drawing.parts.append("</g>")


def read(file):
    with open(file, encoding="utf-8") as lines:
        inside, readings = (int(word) for word in next(lines).split() if word.isdigit())
        assert inside == readings, "the figure says that true time is inside all along"
        summary = f"{readings:,} readings, true time inside every one"
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(lines)]
    return summary, [(row["true_time_s"], row) for row in rows]


def draw(summary, rows):
    drawing = Drawing(WIDTH, 520, "A day of one clock: how far it is off, and how surely that is known")
    before = [row for row in rows if row[0] < STEP_S]
    after = [row for row in rows if row[0] >= STEP_S]
    drawing.text(24, 30, drawing.title, 16, INK, "start", "bold")
    drawing.text(LEFT, 58, "True time minus system clock, ms", 13, INK, "start")
    top = Panel(drawing, 68, 306, -180, 120)
    top.frame(range(-150, 101, 50), False)
    for part in (before, after):
        top.band(part, "earliest_ms", "latest_ms")
        top.curve(part, "true_ms", INK, 1.6)
    step = top.x(STEP_S)
    drawing.line(step, top.y(before[-1][1]["true_ms"]), step, top.y(after[0][1]["true_ms"]), ORANGE, "4 3", width=1.4)
    note(drawing, step + 10, top.y(30), "the system clock is set:\nthe interval goes with it", ORANGE)
    note(drawing, top.x(2 * 3_600), top.y(12), "too slow at first;\nwarm, it runs too fast", QUIET)
    note(drawing, top.x(FOUND_S) + 10, top.y(80), "the only server is lost:\nthe interval widens,\nand narrows when it is back", QUIET)

    drawing.text(LEFT, 346, "The same minus truth, ms", 13, INK, "start")
    low = Panel(drawing, 358, 474, -110, 110)
    low.frame((-100, -50, 0, 50, 100), True)
    around = [(at, {key: row[key] - row["true_ms"] for key in ("earliest_ms", "true_ms", "best_ms", "latest_ms")}) for at, row in rows]
    low.band(around, "earliest_ms", "latest_ms")
    low.curve(around, "true_ms", INK, 1.6)
    note(drawing, low.x(1_500), low.y(-45), summary, INK)

    # The key.
    x = 560
    drawing.parts.append(f'<rect x="{x}" y="47" width="26" height="13" fill="{BAND}"/>')
    drawing.text(x + 34, 58, "interval of the bounded clock", 13, INK, "start")
    drawing.line(x + 250, 54, x + 276, 54, INK, width=1.6)
    drawing.text(x + 284, 58, "truth", 13, INK, "start")
    drawing.text(WIDTH - RIGHT, 508, "simulated: one server over the internet, asked every 16 s", 11.5, QUIET, "end")
    return drawing.svg()


def main():
    here = Path(__file__).resolve().parent
    figure = here.parent / "clock-day.svg"
    svg = draw(*read(here / "clock-day.csv"))
    old = not figure.exists() or figure.read_text("utf-8") != svg
    if "--check" in sys.argv:
        sys.exit("to be drawn again: clock-day" if old else 0)
    figure.write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
