"""What the later recipes are made of: several columns, percentiles, minutes, and calls in their order."""
from compare import compare
from generate import DAY
from questions import ENDS, cube, minutes, percentiles, storms
from report import Report


def run(data, options):
    until = ENDS["ragged"]
    questions = [
        question(span, "ragged", until - days * DAY, until)
        for span, days in {"24 h": 1, "7 d": 7}.items()
        for question in (cube, percentiles, minutes, storms)
    ]
    report = Report(f"Recipes that need more than sums, {data.calls:,} calls")
    report.note(
        "Targets are as fast as DuckDB, or a second for 24 h and 7 d of ten million calls, of which a week is 4.7 million.")
    compare(data, data.log(), questions, options.recipe_runs, report, most=1.0, goal=1.0, at_least=1.0)
    return report
