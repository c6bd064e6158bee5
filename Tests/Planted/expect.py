#!/usr/bin/env python3
"""What there is to find in sample-data/faults: writes faults.json, from the logs alone and by the oracle's prices.

It knows nothing of how the logs were made, only where each fault was planted. Amounts are sums of what each call costs,
rounded to a nano-dollar once per call as the contract has it; a saving is what the faulty version costs more than the
clean one, or what the assumption in words says.

    python3 expect.py > faults.json
"""
import gzip
import json
import sys
from collections import defaultdict
from datetime import datetime, timezone
from fractions import Fraction
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Oracle"))
from pricing_oracle import TOKENS, Prices  # noqa: E402

LOGS = HERE.parent.parent / "sample-data/faults"
PRICES = Prices(HERE.parent.parent / "Sources/UsageLog/Prices/prices.csv")
HOUR, DAY = 3_600_000, 86_400_000
DAYS = 45


def instant(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000 + 0.5)


SINCE, UNTIL = instant("2026-07-01T00:00:00Z"), instant("2026-08-15T00:00:00Z")


# ---------------------------------------------------------------- reading and pricing


def read(path):
    rows = [json.loads(line) for line in gzip.open(path, "rt")]
    for row in rows:
        row["occurred_at"] = instant(row["occurred_at"])
        row["hidden"] = hidden(row)
        row["cost"] = None if (own := PRICES.nanos(row)) is None else own + sum(row["hidden"])
    return rows


def hidden(row):
    """What the iterations cost that the row's own counts do not tell of."""
    same = {name: row.get(name) for name in ("occurred_at", "model", "channel", "service_tier", "inference_geo")}
    told = row.get("response", {}).get("usage", {}).get("iterations", [])
    return [PRICES.nanos(same | {name: part[name] for name in ("input_tokens", "output_tokens")})
            for part in told if part["type"] != "message"]


FAULTS = sorted(path.name.removesuffix(".clean.jsonl.gz") for path in HERE.glob("*.clean.jsonl.gz"))
BASE = read(LOGS / "base.jsonl.gz")
FAULTY = {name: read(LOGS / f"{name}.jsonl.gz") for name in FAULTS}
CLEAN = {name: read(HERE / f"{name}.clean.jsonl.gz") for name in FAULTS}


def without_faults():
    return BASE + [row for name in FAULTS for row in CLEAN[name]]


def with_only(fault):
    return BASE + [row for name in FAULTS for row in (FAULTY if name == fault else CLEAN)[name]]


def with_all():
    return BASE + [row for name in FAULTS for row in FAULTY[name]]


def cost(rows):
    return sum(row["cost"] or 0 for row in rows)


def prompt(row):
    return sum(row.get(name) or 0 for name in ("input_tokens", "cache_create_tokens", "cache_read_tokens"))


def uncached(row):
    """The same call had nothing been cached."""
    counts = {"input_tokens": prompt(row), "cache_create_tokens": 0, "cache_create_1h_tokens": 0, "cache_read_tokens": 0}
    return PRICES.nanos(row | counts)


def summed(rows):
    said = {"calls": len(rows), "cost_usd_nanos": cost(rows), "errors": sum(row["status_code"] >= 400 for row in rows),
            "unpriced_calls": sum(row["cost"] is None for row in rows)}
    return said | {name: sum(row.get(name) or 0 for row in rows) for name in TOKENS}


def of(rows, **values):
    return [row for row in rows if all(row.get(name) == value for name, value in values.items())]


def hit_pct(rows):
    reads = sum(row.get("cache_read_tokens") or 0 for row in rows)
    return round(100 * reads / sum(prompt(row) for row in rows), 6)


def the(rows, column):
    """The one value that all rows have."""
    value, = {row.get(column) for row in rows}
    return value


def day(ms):
    return datetime.fromtimestamp(ms // 1000, timezone.utc).date().isoformat()


def a_month(nanos):
    return round(Fraction(nanos * 30, DAYS))


# ---------------------------------------------------------------- fault by fault


def burst(name, column):
    rows = FAULTY[name]
    start, end = rows[0]["occurred_at"], rows[-1]["occurred_at"]
    key = {column: the(rows, column), "tenant_id": the(rows, "tenant_id"), "feature": the(rows, "feature"),
           "deploy_sha": the(rows, "deploy_sha"), "session_id": the(rows, "session_id")}
    return key, {"started_at": start, "ended_at": end, "calls_in_5_minutes": max(
        sum(row["occurred_at"] <= other["occurred_at"] < row["occurred_at"] + 300_000 for other in rows) for row in rows)}


def retry_storm():
    return burst("retry-storm", "prompt_hash")


def tool_storm():
    return burst("tool-storm", "tool_hash")


# What input-creep says of it: the level the days settle on, and since when.
GROWN_TOKENS, GROWN_SINCE = 11_161 - 7_019, instant("2026-07-23T00:00:00Z")


def trimmed(row, tokens):
    """The same call with so many tokens less, taken from all classes in proportion by running sums."""
    create, hour = row["cache_create_tokens"], row.get("cache_create_1h_tokens") or 0
    parts = {"read": row["cache_read_tokens"], "hour": hour, "five": create - hour, "input": row["input_tokens"]}
    whole, seen, taken, left = prompt(row), 0, 0, {}
    cut = min(tokens, whole)
    for name, count in parts.items():
        seen += count
        left[name] = count - (cut * seen // whole - taken)
        taken = cut * seen // whole
    return PRICES.nanos(row | {"input_tokens": left["input"], "cache_create_tokens": left["hour"] + left["five"],
                               "cache_create_1h_tokens": left["hour"], "cache_read_tokens": left["read"]})


def input_creep():
    rows = of(with_only("input-creep"), feature="draft-reply")
    start = min(row["occurred_at"] for row in FAULTY["input-creep"])
    before = [prompt(row) for row in rows if row["occurred_at"] < start]
    settled = [prompt(row) for row in rows if row["occurred_at"] >= start + 8 * DAY]
    return {"feature": "draft-reply", "deploy_sha": FAULTY["input-creep"][0]["deploy_sha"], "day": day(start)}, {
        "median_before_tokens": median(before), "median_settled_tokens": median(settled),
        "rise_pct": round(100 * (median(settled) / median(before) - 1), 6),
        "trimmed_usd_nanos": sum(row["cost"] - trimmed(row, GROWN_TOKENS) for row in rows if row["occurred_at"] >= GROWN_SINCE)}


def tool_recursion():
    sessions = defaultdict(list)
    for row in FAULTY["tool-recursion"]:
        sessions[row["session_id"]].append(row)
    return {"feature": "agent-desk", "agent": "ticket-agent", "session_id": sorted(sessions)}, {"sessions": {
        name: {"turns": len(rows), "cost_usd_nanos": cost(rows), "first_prompt_tokens": prompt(rows[0]),
               "last_prompt_tokens": prompt(rows[-1])} for name, rows in sorted(sessions.items())}}


def broken_cache():
    rows = of(with_only("broken-cache"), feature="summarise")
    start = min(row["occurred_at"] for row in FAULTY["broken-cache"])
    return {"feature": "summarise", "deploy_sha": FAULTY["broken-cache"][0]["deploy_sha"], "day": day(start)}, {
        "first_call_at": start, "hit_before_pct": hit_pct([row for row in rows if row["occurred_at"] < start]),
        "hit_after_pct": hit_pct([row for row in rows if row["occurred_at"] >= start])}


def caching(name, feature):
    rows = FAULTY[name]
    return {"feature": feature}, {"hit_pct": hit_pct(rows), "as_logged_usd_nanos": cost(rows),
                                  "uncached_usd_nanos": sum(map(uncached, rows)), "mended_usd_nanos": cost(CLEAN[name])}


def unread_writes():
    return caching("unread-writes", "translate")


def short_ttl():
    return caching("short-ttl", "knowledge-sync")


def bad_deploy():
    rows = of(with_only("bad-deploy"), feature="answer-email")
    start = min(row["occurred_at"] for row in FAULTY["bad-deploy"])
    before = [row for row in rows if row["occurred_at"] < start]
    after = [row for row in rows if row["occurred_at"] >= start]
    means = [Fraction(cost(part), len(part)) for part in (before, after)]
    return {"feature": "answer-email", "deploy_sha": FAULTY["bad-deploy"][0]["deploy_sha"]}, {
        "calls_before": len(before), "calls_after": len(after), "cost_before_usd_nanos": cost(before), "cost_after_usd_nanos": cost(after),
        "median_before_usd_nanos": median(row["cost"] for row in before), "median_after_usd_nanos": median(row["cost"] for row in after),
        "rise_pct": round(float(means[1] / means[0] - 1) * 100, 6),
        # Against the deploy before alone, as a comparison of deploys has it.
        "extra_usd_nanos": round(cost(after) - len(after) * mean(of(before, deploy_sha=before[-1]["deploy_sha"])))}


def mean(rows):
    return Fraction(cost(rows), len(rows))


def hourly(rows):
    sums = defaultdict(int)
    for row in rows:
        sums[row["occurred_at"] // HOUR * HOUR] += row["cost"] or 0
    return sums


def night_spike():
    sums = hourly(with_only("night-spike"))
    hours = sorted({row["occurred_at"] // HOUR * HOUR for row in FAULTY["night-spike"]})
    usual = {hour: median(sums[hour - n * DAY] for n in range(1, 29) if (hour // DAY - n + 3) % 7 < 5) for hour in hours}
    return {"hour": hours, "tenant_id": "fern-market", "feature": "search-answers"}, {
        "hours": [{"at": hour, "spent_usd_nanos": sums[hour], "usual_usd_nanos": usual[hour]} for hour in hours]}


def rate_limited():
    rows = FAULTY["rate-limited"]
    today = [row for row in with_only("rate-limited") if day(row["occurred_at"]) == "2026-08-11"]
    retried = [told for told in by_operation(rows) if len(told) > 1]
    feature = of(with_all(), feature="search-answers")
    return {"day": "2026-08-11", "feature": "search-answers", "status_code": 429}, {
        "refused_calls": len(of(rows, status_code=429)), "calls_of_the_day": len(today),
        "calls_of_feature_that_day": len(of(today, feature="search-answers")), "operations": len(by_operation(rows)),
        "operations_retried": len(retried), "waited_ms": sum(map(waited, retried)),
        # With the honest retry that every company has.
        "of_feature": {"calls": len(feature), "refused_calls": len(of(feature, status_code=429)),
                       "operations": len(by_operation(feature)), "waited_ms": sum(map(waited, by_operation(feature)))}}


def by_operation(rows):
    attempts = defaultdict(list)
    for row in rows:
        attempts[row["operation_id"]].append(row)
    return [sorted(told, key=lambda row: row["attempt"]) for told in attempts.values()]


def waited(attempts):
    """From the end of an attempt to the start of the next."""
    return sum(after["occurred_at"] - before["occurred_at"] - before["latency_ms"] for before, after in zip(attempts, attempts[1:]))


def billed_errors():
    rows = FAULTY["billed-errors"]
    return {"feature": the(rows, "feature"), "tenant_id": the(rows, "tenant_id"), "status_code": the(rows, "status_code")}, {}


def hidden_costs():
    rows = FAULTY["hidden-costs"]
    compacted, refused = [row for row in rows if row["hidden"]], of(rows, stop_reason="refusal")
    return {"feature": ["code-review", "support-chat"]}, {
        "compactions": len(compacted), "compaction_usd_nanos": sum(sum(row["hidden"]) for row in compacted),
        "refusals": len(refused), "refusal_usd_nanos": cost(refused)}


def runaway_session():
    rows = FAULTY["runaway-session"]
    return {"session_id": the(rows, "session_id"), "feature": the(rows, "feature")}, {"cost_usd_nanos": cost(rows)}


def successes(rows):
    sessions = defaultdict(set)
    for row in rows:
        sessions[row["session_id"]].add(row["outcome"])
    good = sum(outcome == {"succeeded"} for outcome in sessions.values())
    return {"sessions": len(sessions), "succeeded_sessions": good, "cost_usd_nanos": cost(rows),
            "cost_of_failures_usd_nanos": cost(row for row in rows if row["outcome"] == "errored"),
            "per_success_usd_nanos": round(Fraction(cost(rows), good)), "per_session_usd_nanos": round(Fraction(cost(rows), len(sessions)))}


def low_success():
    return {"feature": "refunds", "agent": "refund-agent"}, {
        "faulty": successes(FAULTY["low-success"]), "clean": successes(CLEAN["low-success"])}


def residency():
    rows = FAULTY["residency"]
    return {"tenant_id": "alder-bank", "inference_geo": "global", "allowed": ["us"], "day": "2026-07-16"}, {
        "cost_usd_nanos": cost(rows), "calls_of_tenant": len(of(with_only("residency"), tenant_id="alder-bank")),
        "calls_of_tenant_without_geography": sum(
            row.get("inference_geo") is None for row in of(with_only("residency"), tenant_id="alder-bank"))}


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1]


def headroom():
    output = [row["output_tokens"] for row in FAULTY["headroom"]]
    return {"feature": "tagging"}, {"max_tokens": the(FAULTY["headroom"], "max_tokens"), "p99_output_tokens": percentile(output, 99),
                                    "max_output_tokens": max(output), "clean_max_tokens": the(CLEAN["headroom"], "max_tokens")}


def truncation():
    cut = of(FAULTY["truncation"], stop_reason="max_tokens")
    return {"feature": "release-notes"}, {"max_tokens": the(FAULTY["truncation"], "max_tokens"), "truncated_calls": len(cut),
                                          "truncated_usd_nanos": cost(cut)}


def dear_model():
    return {"feature": "sentiment", "model": the(FAULTY["dear-model"], "model"), "to": the(CLEAN["dear-model"], "model")}, {
        "p50_output_tokens": percentile([row["output_tokens"] for row in FAULTY["dear-model"]], 50)}


def no_batch():
    halves = [PRICES.exact(row | {"service_tier": "batch"}) for row in FAULTY["no-batch"]]
    assert sum(round(half * 10**9) for half in halves) == cost(CLEAN["no-batch"])
    return {"feature": "backfill-labels"}, {}


def missing_labels():
    return {"day": "2026-07-08"}, {"calls_that_day": sum(day(row["occurred_at"]) == "2026-07-08" for row in with_only("missing-labels"))}


def silent_source():
    return {"file": "silent-source.jsonl.gz", "last_day": "2026-08-11", "silent_days": ["2026-08-12", "2026-08-13", "2026-08-14"]}, {
        "last_call_at": FAULTY["silent-source"][-1]["occurred_at"],
        "missing_calls": len(CLEAN["silent-source"]) - len(FAULTY["silent-source"])}


def unpriced():
    return {"model": the(FAULTY["unpriced"], "model"), "day": "2026-07-17"}, {"clean_usd_nanos": cost(CLEAN["unpriced"])}


def tenant_growth():
    rows = of(with_all(), tenant_id="brisk-parcel")
    weeks = [cost(row for row in rows if UNTIL - (n + 1) * 7 * DAY <= row["occurred_at"] < UNTIL - n * 7 * DAY) for n in (0, 1)]
    return {"tenant_id": "brisk-parcel"}, {"this_week_usd_nanos": weeks[0], "last_week_usd_nanos": weeks[1],
                                           "pct_change": round(float(Fraction(weeks[0], weeks[1]) - 1) * 100, 6)}


# Which recipe finds it; which others show it rightly, as its other side; and the assumption under which it saves money.
FOUND = {
    "retry-storm": (["retry-storms"], ["top-prompts", "repeat-prompts"], "all calls of the storm but the first"),
    "tool-storm": (["retry-storms --fingerprint tool"], [], "all calls of the storm but the first"),
    "input-creep": (["input-creep"], ["deploy-regressions"], "prompts as long as before 20 July"),
    "tool-recursion": (["tool-recursion"], [], "the prompt keeps to the last turn"),
    "broken-cache": (["cache-hit-ratio", "cache-ttl"], ["deploy-regressions"], "the prefix cached for 5 minutes, as before"),
    "unread-writes": (["cache-ttl"], ["cache-hit-ratio"], "one prefix for all calls, cached for 5 minutes"),
    "short-ttl": (["cache-ttl"], [], "the prefix cached for an hour"),
    "bad-deploy": (["deploy-regressions", "deploy-bisect"], [], "answers as long as before the deploy"),
    "night-spike": (["spend-anomalies"], [], "no such calls"),
    "rate-limited": (["rate-limits"], [], None),
    "billed-errors": (["billed-errors"], [], "no such calls"),
    "hidden-costs": (["hidden-costs"], [], "no compactions and no refusals"),
    "runaway-session": (["sessions-over"], [], "no such session"),
    "low-success": (["cost-per-outcome"], ["hidden-costs"], None),
    "residency": (["residency"], [], None),
    "headroom": (["max-tokens"], [], None),
    "truncation": (["max-tokens"], [], None),
    "dear-model": (["cost-per-task", "model-mix"], [], "claude-haiku-4-5, with the same tokens"),
    "no-batch": (["what-if batch"], [], "the price of a batch, with the same cache reads"),
    "missing-labels": (["data-quality"], [], None),
    "silent-source": (["data-quality"], [], None),
    "unpriced": (["data-quality"], [], None),
    "tenant-growth": (["tenant-trend"], [], None),
}


def saving(name):
    faulty, clean, assumption = FAULTY[name], CLEAN[name], FOUND[name][2]
    if assumption is None:
        return None
    if name in ("retry-storm", "tool-storm"):
        nanos = cost(faulty[1:])
    elif name == "billed-errors":
        nanos = cost(faulty)
    elif name == "hidden-costs":
        nanos = sum(sum(row["hidden"]) for row in faulty) + cost(of(faulty, stop_reason="refusal"))
    else:
        nanos = cost(faulty) - cost(clean)
    return {"assumption": assumption, "usd_nanos": nanos, "a_month_usd_nanos": a_month(nanos)}


def latency():
    """With all faults, by nearest rank."""
    rows = with_all()
    return {feature: {str(percent): percentile([row["latency_ms"] for row in of(rows, feature=feature)], percent)
                      for percent in (50, 90, 95, 99)} for feature in ("triage", "search-answers", "code-review")}


def main():
    told = []
    for name in FOUND:
        key, evidence = globals()[name.replace("-", "_")]()
        told.append({"name": name, "found_by": FOUND[name][0], "also_shown_by": FOUND[name][1], "key": key, "faulty": summed(FAULTY[name]),
                     "clean": summed(CLEAN[name]), "evidence": evidence, "saving": saving(name)})
    newest = max(row["occurred_at"] for row in with_all())
    assert set(FOUND) == set(FAULTS) and newest == max(row["occurred_at"] for row in BASE)
    json.dump({"since": SINCE, "until": UNTIL, "days": DAYS, "newest_call_at": newest, "base": summed(BASE), "clean": summed(without_faults()),
               "all_faults": summed(with_all()), "latency": latency(), "faults": told}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
