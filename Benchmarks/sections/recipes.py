"""Recipes over windows of every kind, where sums carry the answer or most of it."""
from compare import compare
from generate import DAY, START
from questions import END, ENDS, cache_hit_ratio, hourly_spend, tenant_trend, top_prompts
from report import Report


def run(data, options):
    questions = []
    for end, until in ENDS.items():
        questions += [
            tenant_trend("7 d", end, until - 7 * DAY, until),
            cache_hit_ratio("24 h", end, until - DAY, until),
            top_prompts("24 h", end, until - DAY, until),
            top_prompts("7 d", end, until - 7 * DAY, until),
        ]
        if end != "ragged":
            questions.append(hourly_spend("7 d", end, until - 7 * DAY, until))
    questions.append(top_prompts("all 15 d", "whole days", START, END))
    report = Report(f"Recipes, {data.calls:,} calls")
    compare(data, data.log(), questions, options.recipe_runs, report, most=1.0, goal=0.3, at_least=0.010)
    return report
