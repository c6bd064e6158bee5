"""One section's findings: tables and targets, as Markdown that can be read in a terminal too."""


class Report:
    def __init__(self, title):
        self.title = title
        self.lines = []
        self.targets = []
        self.missed = []

    def note(self, text):
        self.lines += [text, ""]

    def table(self, columns, rows):
        rows = [[str(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(columns, *rows)]
        self.lines.append(line(columns, widths))
        rules = ["-" * (width + 1) + ":" for width in widths]
        rules[0] = rules[0][:-1] + "-"
        self.lines.append("|" + "|".join(rules) + "|")
        self.lines += [line(row, widths) for row in rows]
        self.lines.append("")

    def verdict(self, what, value, most):
        if value <= most:
            return "ok"
        self.missed.append(what)
        return "missed"

    def target(self, what, value, most, goal, unit="x"):
        """A number that must not be above `most`, and should not be above `goal`."""
        numbers = [number(n) + unit for n in (value, most, goal)]
        self.targets.append([what, *numbers, self.verdict(what, value, most)])

    def text(self):
        if self.targets:
            self.table(["target", "measured", "at most", "goal", ""], self.targets)
            self.targets = []
        return "\n".join(self.lines)


def line(cells, widths):
    first, *rest = zip(cells, widths)
    return "| " + first[0].ljust(first[1]) + " | " + " | ".join(c.rjust(w) for c, w in rest) + " |"


def number(value):
    """Three significant digits, and no fewer than there are before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def spread(cost):
    """The median wall time, and between what it lay."""
    between = f" ({number(cost.low)}–{number(cost.high)})" if cost.low < cost.high else ""
    return number(cost.wall) + between


def ms(seconds):
    return number(seconds * 1000)
