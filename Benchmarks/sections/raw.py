"""Filters that no sum carries, over calls whose prompts are mostly used once: the calls themselves are grouped."""
from compare import compare
from generate import DAY
from questions import ENDS, cache_hit_ratio, tenant_trend, top_prompts
from report import Report

TENANT = ("--tenant", "tenant_id", "tenant-003")
FEATURE = ("--feature", "feature", "feature-03")
MODEL = ("--model", "model", "claude-opus-5-5")
STATUS = ("--status", "status_code", "429")


def run(data, options):
    until = ENDS["ragged"]
    questions = []
    for span, days in {"24 h": 1, "7 d": 7}.items():
        asked = (span, "ragged", until - days * DAY, until)
        questions += [
            cache_hit_ratio(*asked, [TENANT]),
            tenant_trend(*asked, [FEATURE, MODEL]),
            top_prompts(*asked),
            top_prompts(*asked, [FEATURE]),
            top_prompts(*asked, [STATUS]),
        ]
    report = Report(f"Recipes that group the calls, {data.calls:,} calls")
    report.note("Nine prompts in ten are used once. The targets are for 10 M calls; below that, starting a process "
                "weighs more.")
    compare(data, data.log("--unique-prompts"), questions, options.recipe_runs, report, most=1.5, goal=1.0)
    return report
