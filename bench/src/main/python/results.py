"""What was measured, as numbers, and how it is told: a table of text, JSON, and a table for docs/benchmarks.md."""

import statistics
from dataclasses import dataclass, field


@dataclass
class Row:
    """One measure of one of our programs, a value a round; and of the program it is compared with, in the same rounds."""

    key: str
    measure: str
    unit: str
    subject: str
    values: list
    reference: str = ""
    reference_values: list = field(default_factory=list)
    # "ratio <= 1.5" or "value <= 120"; empty if nothing is promised
    target: str = ""
    notes: list = field(default_factory=list)
    # False if the numbers are too few to be held to the target
    judged: bool = True

    @property
    def ratios(self):
        return [ours / theirs for ours, theirs in zip(self.values, self.reference_values) if theirs]

    @property
    def verdict(self):
        if not self.target or not self.judged:
            return ""
        what, comparison, limit = self.target.split()
        numbers = self.ratios if what == "ratio" else self.values
        if not numbers:
            return "not measured"
        median = statistics.median(numbers)
        return "met" if (median <= float(limit) if comparison == "<=" else median >= float(limit)) else "missed"

    @property
    def target_text(self):
        if not self.target:
            return "–"
        what, comparison, limit = self.target.split()
        sign = {"<=": "≤", ">=": "≥"}[comparison]
        return f"{sign} {limit} × {self.reference}" if what == "ratio" else f"{sign} {limit} {self.unit}".strip()

    def as_json(self):
        return {"key": self.key, "measure": self.measure, "unit": self.unit, "subject": self.subject, "values": self.values,
                "reference": self.reference, "reference_values": self.reference_values, "ratios": self.ratios,
                "median": median_or_none(self.values), "reference_median": median_or_none(self.reference_values),
                "ratio_median": median_or_none(self.ratios), "target": self.target, "verdict": self.verdict, "notes": self.notes}

    def cells(self):
        return [self.measure, f"{self.subject}: {summary(self.values)} {self.unit}".rstrip(),
                f"{self.reference}: {summary(self.reference_values)}" if self.reference else "–",
                summary(self.ratios) if self.ratios else "–", self.target_text, self.verdict or "–"]


HEADINGS = ["measure", "ours", "reference", "ratio, pair by pair", "target", "verdict"]


def median_or_none(values):
    return statistics.median(values) if values else None


def number(value):
    """With three digits that count, or whole."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def counted(count, noun):
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def summary(values):
    """The median, and the range if there is one."""
    if not values:
        return "–"
    text = number(statistics.median(values))
    return text if len(values) == 1 else f"{text} ({number(min(values))} to {number(max(values))})"


def text_table(rows):
    table = [HEADINGS] + [row.cells() for row in rows]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADINGS))]
    out = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in table]
    notes = [f"  {row.measure}: {note}" for row in rows for note in row.notes]
    return "\n".join(out + notes)


def markdown_table(rows):
    out = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    out += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    notes = [f"- {row.measure}: {note}" for row in rows for note in row.notes]
    return "\n".join(out + ([""] + notes if notes else []))


def percentile(values, percent):
    """The value at rank ⌈p·n⌉ of the sorted values, as docs/formats.md has it."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
