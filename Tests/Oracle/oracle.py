#!/usr/bin/env python3
"""A second opinion on every amount: the pricing rules and the three article recipes, written a second time.

It shares nothing with the Swift code but the price list. Amounts are exact fractions until the one rounding of a
call to nano-dollars. Prints JSON; amounts are integers in nano-dollars, instants milliseconds since 1970 (UTC).

    oracle.py --prices prices.csv [--as-of latest|INSTANT] FILE...   flat calls, tracker rows, wrapped responses (.gz too)
    oracle.py --prices prices.csv --self-test                        golden amounts
    oracle.py --prices prices.csv --check-sample FOLDER              do all files of sample-data tell the same?
    oracle.py --prices prices.csv --random-calls N --seed S OUT.tsv  random calls over the whole price list, with their exact prices
    oracle.py --prices prices.csv --random-contracts N OUT.tsv       the same, each under a negotiated price of its own
    oracle.py --generate N --seed S OUT.jsonl                        random flat calls to compare the recipes on
"""
import argparse
import csv
import gzip
import hashlib
import json
import random
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import contracts
import random_calls
from pricing_oracle import EPOCH, TOKENS, Prices, day_of

HOUR = 3_600_000
DAY = 24 * HOUR


def millis(text):
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return (moment - EPOCH) // timedelta(milliseconds=1)


# ---------------------------------------------------------------- reading


def records(path):
    opened = gzip.open if str(path).endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, json.loads(line)


def tokens_of(usage):
    split = usage.get("cache_creation") or {}
    return {"input_tokens": usage.get("input_tokens"), "output_tokens": usage.get("output_tokens"),
            "cache_read_tokens": usage.get("cache_read_input_tokens"), "cache_create_tokens": usage.get("cache_creation_input_tokens"),
            "cache_create_1h_tokens": split.get("ephemeral_1h_input_tokens")}


def from_message(message):
    usage = message["usage"]
    return {"request_id": message["id"], "model": message["model"], "stop_reason": message["stop_reason"],
            "content_empty": message["content"] == [], "refusal_category": (message.get("stop_details") or {}).get("category"),
            "service_tier": usage.get("service_tier"), "inference_geo": usage.get("inference_geo"), "speed": usage.get("speed"),
            "web_search_requests": (usage.get("server_tool_use") or {}).get("web_search_requests"),
            "iterations": usage.get("iterations")} | tokens_of(usage)


def to_call(record):
    if "response" in record:
        response, asked = record["response"], record["request"]
        prompt = json.dumps(asked["messages"], sort_keys=True).encode()
        call = {"occurred_at": millis(record["ts"]), "tenant_id": record["tenant"], "feature": record["route"], "deploy_sha": record["git_sha"],
                "status_code": record["status"], "latency_ms": record["duration_ms"], "prompt_hash": hashlib.sha256(prompt).hexdigest()[:16]}
        if response["type"] == "error":
            return call | {"request_id": response["request_id"], "model": asked["model"]}
        return call | from_message(response)
    if "task" in record:
        return {"occurred_at": millis(record["timestamp"]), "model": record["model"], "feature": record["task"],
                "input_tokens": record["input_tokens"], "output_tokens": record["output_tokens"],
                "cache_create_tokens": record["cache_write"], "cache_read_tokens": record["cache_read"]}
    return record | {"occurred_at": millis(record["occurred_at"])}


def read(paths):
    """Each call once: equal ids are one call, and later records fill what earlier ones left open."""
    calls = {}
    for path in paths:
        for number, record in records(path):
            call = to_call(record)
            key = call.get("request_id") or f"{Path(path).name}:{number}"
            known = calls.setdefault(key, call)
            for name, value in call.items():
                if known.get(name) is None:
                    known[name] = value
    return calls


def hidden_runs(call):
    """Iterations that the top level of `usage` leaves out."""
    iterations = call.get("iterations") or []
    answers = [n for n, run in enumerate(iterations) if run["type"] in ("message", "fallback_message")]
    for n, run in enumerate(iterations):
        if n not in answers[-1:]:
            yield f"{call['request_id']}:{run['type']}:{n}", call | tokens_of(run) | {
                "model": run.get("model") or call["model"], "web_search_requests": None, "stop_reason": None, "iterations": None}


# ---------------------------------------------------------------- answers


def is_storm(times):
    times = sorted(times)
    return any(later - first < 300_000 for first, later in zip(times, times[100:]))


def total(calls):
    return sum(call["cost"] or 0 for call in calls)


def groups(calls, name):
    found = defaultdict(list)
    for call in calls:
        found[call.get(name)].append(call)
    return found


def top_prompts(calls, as_of, limit=10):
    rows = []
    for prompt, group in groups(within(calls, as_of - DAY, as_of), "prompt_hash").items():
        proper = [c for c in group if not c["hidden"]]
        if prompt is None or not proper:
            continue
        times = [c["occurred_at"] for c in proper]
        latencies = [c["latency_ms"] for c in proper if c.get("latency_ms") is not None]
        rows.append({"prompt_hash": prompt, "n_calls": len(proper), "total_usd_nanos": total(group),
                     "avg_ms": sum(latencies) / len(latencies) if latencies else None,
                     "first_seen": min(times), "last_seen": max(times), "retry_storm": is_storm(times)})
    return sorted(rows, key=lambda r: (-r["total_usd_nanos"], r["prompt_hash"]))[:limit]


def tenant_trend(calls, as_of, period=7 * DAY):
    this_week = groups(within(calls, as_of - period, as_of), "tenant_id")
    last_week = groups(within(calls, as_of - 2 * period, as_of - period), "tenant_id")
    rows = []
    for tenant in {**this_week, **last_week}:
        now, before = total(this_week.get(tenant, [])), total(last_week.get(tenant, []))
        change = 100 * (now - before) / before if before else None
        rows.append({"tenant_id": tenant, "this_week_usd_nanos": now, "last_week_usd_nanos": before, "pct_change": change,
                     "flagged": change is not None and change > 50})
    return sorted(rows, key=lambda r: (r["pct_change"] is None, -(r["pct_change"] or 0), r["tenant_id"] or ""))


def cache_hit_ratio(calls, as_of, by="feature"):
    rows = []
    for name, group in groups(within(calls, as_of - DAY, as_of), by).items():
        reads, writes, fresh = (sum(c.get(t) or 0 for c in group) for t in ("cache_read_tokens", "cache_create_tokens", "input_tokens"))
        prompt = reads + writes + fresh
        ratio = 100 * reads / prompt if prompt else None
        rows.append({by: name, "reads": reads, "writes": writes, "fresh": fresh, "cache_hit_pct": ratio,
                     "flagged": ratio is not None and ratio < 20})
    return sorted(rows, key=lambda r: (r["cache_hit_pct"] is None, r["cache_hit_pct"] or 0, r[by] or ""))


def within(calls, since, until):
    return [c for c in calls if since <= c["occurred_at"] < until]


def coverage(calls):
    proper = [c for c in calls if not c["hidden"]]
    unpriced = [c for c in calls if c["cost"] is None]
    return {"calls": len(proper), "extra_calls": len(calls) - len(proper), "priced_calls": sum(c["cost"] is not None for c in proper),
            "unpriced_models": sorted({c.get("model") or "" for c in unpriced}),
            "calls_without_prompt_hash": sum(c.get("prompt_hash") is None for c in proper),
            "calls_without_tenant": sum(c.get("tenant_id") is None for c in proper)}


def answer(prices, paths, as_of="latest"):
    calls, costs = [], {}
    for key, call in read(paths).items():
        for name, run, hidden in [(key, call, False)] + [(k, c, True) for k, c in hidden_runs(call)]:
            costs[name] = prices.nanos(run)
            calls.append(run | {"cost": costs[name], "hidden": hidden})
    newest = max(c["occurred_at"] for c in calls)
    now = newest + 1 if as_of == "latest" else millis(as_of)
    sums = {name: sum(c.get(name) or 0 for c in calls) for name in TOKENS}
    return {"as_of": now, "newest_call": newest, "coverage": coverage(calls), "totals": {"cost_usd_nanos": total(calls)} | sums,
            "recipes": {
                "top-prompts": {"since": now - DAY, "until": now, "coverage": coverage(within(calls, now - DAY, now)), "rows": top_prompts(calls, now)},
                "tenant-trend": {"since": now - 7 * DAY, "until": now, "coverage": coverage(within(calls, now - 14 * DAY, now)), "rows": tenant_trend(calls, now)},
                "cache-hit-ratio": {"since": now - DAY, "until": now, "coverage": coverage(within(calls, now - DAY, now)), "rows": cache_hit_ratio(calls, now)}},
            "cost_usd_nanos": costs}


# ---------------------------------------------------------------- golden amounts

FAST, BATCH, US = {"speed": "fast"}, {"service_tier": "batch"}, {"inference_geo": "us"}
# name, channel, model, day, uncached input, 5-minute writes, 1-hour writes, reads, output, modifiers, micro-dollars (None: no price)
GOLDEN = [
    ("G1", "anthropic", "claude-haiku-4-5-20251001", "2026-01-10", 12345, 0, 0, 0, 678, {}, "15735"),
    ("G1 by its alias", "anthropic", "claude-haiku-4-5", "2026-01-10", 12345, 0, 0, 0, 678, {}, "15735"),
    ("G2", "anthropic", "claude-opus-4-7", "2026-06-01", 1000, 20000, 30000, 400000, 2500, {}, "692500"),
    ("G3", "anthropic", "claude-sonnet-4-6", "2026-05-01", 3333, 10001, 0, 77777, 1111, BATCH, "43750.425"),
    ("G4a", "anthropic", "claude-sonnet-4-5-20250929", "2026-01-15", 150000, 0, 0, 50000, 1000, {}, "480000"),
    ("G4b", "anthropic", "claude-sonnet-4-5-20250929", "2026-01-15", 150001, 0, 0, 50000, 1000, {}, "952506"),
    ("G4c", "anthropic", "claude-sonnet-4-5-20250929", "2026-01-15", 150001, 0, 0, 50000, 1000, BATCH, "476253"),
    ("G5a", "anthropic", "claude-sonnet-4-6", "2026-03-12", 300000, 0, 0, 0, 1000, {}, "1822500"),
    ("G5b", "anthropic", "claude-sonnet-4-6", "2026-03-13", 300000, 0, 0, 0, 1000, {}, "915000"),
    ("G6 standard", "anthropic", "claude-opus-4-8", "2026-08-01", 2000, 5000, 0, 100000, 3000, {}, "166250"),
    ("G6", "anthropic", "claude-opus-4-8", "2026-08-01", 2000, 5000, 0, 100000, 3000, FAST | US, "365750"),
    ("G7", "anthropic", "claude-opus-4-6", "2026-04-01", 1234, 0, 5678, 0, 910, BATCH | US, "47135"),
    ("G8a", "anthropic", "claude-haiku-5-5", "2026-10-20", 10000, 0, 0, 90000, 500, {}, "2150"),
    ("G8b", "anthropic", "claude-haiku-5-5", "2026-10-20", 10001, 0, 0, 90000, 500, {}, "10750.5"),
    ("G8c", "anthropic", "claude-haiku-5-5", "2026-10-20", 57, 1, 0, 1, 3, BATCH | US, "4.03425"),
    ("G9", "anthropic", "claude-sonnet-5-5", "2026-10-20", 105, 7345, 0, 7123, 6039, US | {"web_search_requests": 3}, "117642.28"),
    ("G10a", "anthropic", "claude-sonnet-5-5", "2026-10-06", 2000, 0, 0, 1000000, 4000, {}, "244000"),
    ("G10b", "anthropic", "claude-sonnet-5-5", "2026-10-07", 2000, 0, 0, 1000000, 4000, {}, "144000"),
    ("G11", "bedrock", "anthropic.claude-opus-4-5-20251101-v1:0", "2026-02-01", 10000, 2000, 0, 30000, 1000, {}, "112750"),
    ("G11 global", "bedrock", "global.anthropic.claude-opus-4-5-20251101-v1:0", "2026-02-01", 10000, 2000, 0, 30000, 1000, {}, "102500"),
    ("G12 declined, cyber", "anthropic", "claude-fable-5", "2026-09-25", 412, 0, 0, 0, 0,
     {"stop_reason": "refusal", "content_empty": True, "refusal_category": "cyber"}, "0"),
    ("G12 fallback", "anthropic", "claude-opus-4-8", "2026-09-25", 412, 0, 0, 0, 264, {}, "8660"),
    ("G12b declined, bio", "anthropic", "claude-fable-5", "2026-09-25", 412, 0, 0, 0, 0,
     {"stop_reason": "refusal", "content_empty": True, "refusal_category": "bio"}, "4120"),
    ("G12 a month before", "anthropic", "claude-fable-5", "2026-08-25", 412, 0, 0, 0, 0,
     {"stop_reason": "refusal", "content_empty": True, "refusal_category": "bio"}, "0"),
    ("G12 in mid-stream", "anthropic", "claude-fable-5", "2026-09-25", 412, 0, 0, 0, 20, {"stop_reason": "refusal", "content_empty": False}, "5120"),
    ("G14", "anthropic", "claude-3-haiku-20240307", "2025-01-01", 1000, 1000000, 0, 1000000, 100, {}, "330375"),
    ("G15", "anthropic", "claude-fable-5-1", "2026-09-10", 2000, 0, 10000, 800000, 5000, {}, "670000"),
    ("G16", "anthropic", "claude-3-7-sonnet-20250219", "2025-04-08", 3, 12304, 0, 0, 550, {}, "54399"),
    ("unknown model", "anthropic", "claude-opus-5-6", "2026-10-20", 10, 0, 0, 0, 10, {}, None),
    ("not the shorter name's price", "anthropic", "claude-opus-5-5", "2026-10-20", 1000000, 0, 0, 0, 0, {}, "4000000"),
    ("priority", "anthropic", "claude-opus-5", "2026-10-20", 10, 0, 0, 0, 10, {"service_tier": "priority"}, None),
    ("before its time", "anthropic", "claude-opus-5-5", "2026-09-21", 10, 0, 0, 0, 10, {}, None),
    ("fast not offered", "anthropic", "claude-haiku-5-5", "2026-10-20", 10, 0, 0, 0, 10, FAST, None),
    ("error", "anthropic", "claude-opus-5", "2026-10-20", 0, 0, 0, 0, 0, {"status_code": 529}, "0"),
]


def self_test(prices):
    failures = 0

    def expect(name, got, wanted):
        nonlocal failures
        if got != wanted:
            failures += 1
            print(f"{name}: {got}, expected {wanted}")

    for name, channel, model, day, fresh, five, one, reads, out, more, micros in GOLDEN:
        call = {"occurred_at": millis(day + "T12:00:00Z"), "channel": channel, "model": model, "status_code": 200, "input_tokens": fresh,
                "cache_create_tokens": five + one, "cache_create_1h_tokens": one, "cache_read_tokens": reads, "output_tokens": out} | more
        got = prices.exact(call)
        expect(name, None if got is None else got * 10**6, None if micros is None else Fraction(micros))

    run = {"cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}
    g13 = {"request_id": "msg_G13", "occurred_at": millis("2026-04-02T00:00:00Z"), "model": "claude-opus-4-6", "input_tokens": 23000, "output_tokens": 1000,
           "iterations": [run | {"type": "compaction", "input_tokens": 180000, "output_tokens": 3500},
                          run | {"type": "message", "model": "claude-opus-4-6", "input_tokens": 23000, "output_tokens": 1000}]}
    expect("G13 top level", prices.nanos(g13), 140_000_000)
    expect("G13", prices.nanos(g13) + sum(prices.nanos(c) for _, c in hidden_runs(g13)), 1_127_500_000)
    expect("storm, 101 calls in 299999 ms", is_storm([0] * 100 + [299_999]), True)
    expect("storm, 101 calls in 300000 ms", is_storm([0] * 100 + [300_000]), False)
    expect("storm, 100 calls", is_storm([0] * 100), False)
    tie = {"occurred_at": millis("2026-10-20T12:00:00Z"), "model": "claude-haiku-5-5", "service_tier": "batch", "inference_geo": "us", "cache_read_tokens": 1}
    expect("half to even, 5.5 nanos", prices.nanos(tie), 6)
    expect("half to even, 16.5 nanos", prices.nanos(tie | {"cache_read_tokens": 3}), 16)
    print(f"{len(GOLDEN) + 7} golden amounts, {failures} wrong")
    return failures


# ---------------------------------------------------------------- does the whole sample tell one story?


def documents(path):
    text, place, decoder = path.read_text(), 0, json.JSONDecoder()
    while text[place:].strip():
        value, end = decoder.raw_decode(text[place:].lstrip())
        place = len(text) - len(text[place:].lstrip()) + end
        yield value


def check_sample(prices, folder):
    flat = read([folder / "app-calls.jsonl"])
    failures = 0

    def same(what, one, other):
        nonlocal failures
        if one != other:
            failures += 1
            print(f"{what}: {one!r} is not {other!r}")

    def alike(what, others, names):
        for key, other in others.items():
            for name in names:
                mine, theirs = flat[key].get(name), other.get(name)
                if name in TOKENS or name == "web_search_requests":
                    mine, theirs = mine or 0, theirs or 0
                same(f"{what} {key} {name}", theirs, mine)
        print(f"{what}: {len(others)} calls")

    told = ["tenant_id", "feature", "deploy_sha", "prompt_hash", "status_code", "latency_ms", "occurred_at"]
    wrapped = read([folder / "wrapped-responses.jsonl.gz"])
    alike("wrapped-responses", wrapped, told + list(TOKENS) + ["web_search_requests", "stop_reason"])
    alike("messages", {m["id"]: from_message(m) for _, m in records(folder / "messages.jsonl")}, [*TOKENS, "stop_reason"])
    with open(folder / "calls.csv", encoding="utf-8-sig", newline="") as file:
        rows = [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
    whole = {*TOKENS, "status_code", "latency_ms", "web_search_requests"}
    sheet = {r["request_id"]: {k: int(v) if v and k in whole else v for k, v in r.items()} | {"occurred_at": millis(r["occurred_at"])} for r in rows}
    alike("calls.csv", sheet, told + list(TOKENS) + ["model", "service_tier", "inference_geo", "web_search_requests", "session_id", "user_id", "stop_reason"])
    table = {}
    for line in (folder / "llm_call.tsv").read_text().splitlines():
        values = [None if v == "\\N" else v for v in line.split("\t")]
        table[values[2]] = {"occurred_at": millis(values[1]), "tenant_id": values[3], "feature": values[4], "deploy_sha": values[5], "model": values[6],
                            "prompt_hash": values[7], **dict(zip(("input_tokens", "cache_create_tokens", "cache_read_tokens", "output_tokens"), map(int, values[8:12]))),
                            "status_code": int(values[13]), "latency_ms": int(values[14])}
    alike("llm_call.tsv", table, told + ["model", "input_tokens", "cache_create_tokens", "cache_read_tokens", "output_tokens"])
    for name, others in [("wrapped", wrapped), ("csv", sheet), ("tsv", table)]:
        same(f"{name}: number of calls", len(others), len(flat))

    everything = read([folder / n for n in ("app-calls.jsonl", "wrapped-responses.jsonl.gz", "tracker.jsonl")])
    tokens, dollars = defaultdict(lambda: [0] * 4), defaultdict(Fraction)
    for call in everything.values():
        for run in [call] + [hidden for _, hidden in hidden_runs(call)]:
            if (run.get("status_code") or 200) != 200:
                continue
            day, model = day_of(run["occurred_at"]), {"claude-haiku-4-5": "claude-haiku-4-5-20251001"}.get(run["model"], run["model"])
            counts = [run.get(n) or 0 for n in ("input_tokens", "cache_create_tokens", "cache_read_tokens", "output_tokens")]
            tokens[day, model] = [a + b for a, b in zip(tokens[day, model], counts)]
            cost, searches = prices.exact(run), Fraction(run.get("web_search_requests") or 0, 100)
            if cost is not None:
                dollars[day, model] += cost - min(cost, searches)
                dollars[day, "web_search"] += min(cost, searches)
    reported, billed = defaultdict(lambda: [0] * 4), defaultdict(Fraction)
    for kind, name in [("usage", "admin-usage-report.json"), ("cost", "admin-cost-report.json")]:
        for page in documents(folder / name):
            for bucket in page["data"]:
                day = bucket["starting_at"][:10]
                for row in bucket["results"]:
                    if kind == "cost":
                        billed[day, row["model"] or row["cost_type"]] += Fraction(Decimal(row["amount"])) / 100
                    else:
                        counts = [row["uncached_input_tokens"], sum(row["cache_creation"].values()), row["cache_read_input_tokens"], row["output_tokens"]]
                        reported[day, row["model"]] = [a + b for a, b in zip(reported[day, row["model"]], counts)]
    for key in sorted({*tokens, *reported}):
        same(f"usage report {key}", reported[key], tokens[key])
    unseen = {key: amount for key, amount in billed.items() if key[1] == "code_execution"}
    for key in sorted({*dollars, *billed} - {*unseen}):
        same(f"cost report {key}", billed[key], dollars[key])
    print(f"admin reports: {len(reported)} days and models, ${float(sum(billed.values())):.6f}, of which no log sees ${float(sum(unseen.values())):.6f}")
    print(f"sample-data: {failures} contradictions")
    return failures


# ---------------------------------------------------------------- random calls

MODELS = ["claude-3-haiku-20240307", "claude-3-7-sonnet-20250219", "claude-opus-4-1-20250805", "claude-sonnet-4-20250514", "claude-sonnet-4-5-20250929",
          "claude-sonnet-4-5", "claude-haiku-4-5", "claude-haiku-4-5-20251001", "claude-opus-4-5", "claude-opus-4-6", "claude-sonnet-4-6", "claude-opus-4-7",
          "claude-opus-4-8", "claude-fable-5", "claude-sonnet-5", "claude-opus-5", "claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5",
          "claude-haiku-5-5", "claude-haiku-5-5", "claude-opus-5-6", "claude-opus-6-preview", "house-model-7b"]
FAST_MODELS = {"claude-opus-4-7", "claude-opus-4-8", "claude-opus-5", "claude-opus-5-5"}
US_MODELS = {"claude-opus-4-6", "claude-sonnet-4-6", "claude-opus-4-7", "claude-opus-4-8", "claude-fable-5", "claude-sonnet-5", "claude-opus-5",
             "claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"}


def generate(count, seed, path):
    chance = random.Random(seed).random

    def between(low, high):
        return low + int(chance() * (high - low + 1))

    def pick(options):
        return options[int(chance() * len(options))]

    def moment(ms):
        zone = timezone(timedelta(hours=pick([0, 0, 0, -7, 2])))
        return (EPOCH + timedelta(milliseconds=ms)).astimezone(zone).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def row(number, when):
        model = pick(MODELS)
        call = {"occurred_at": moment(when), "request_id": f"msg_gen{seed}x{number}", "tenant_id": pick([None, "a", "b", "c", "d", "e", "Ünïcode, Inc."]),
                "feature": pick([None, "chat", "triage", "search", "digest"]), "deploy_sha": pick(["0a1b2c3", "4d5e6f7", None]), "model": model,
                "prompt_hash": pick([None] + [f"{seed * 1000 + n:016x}" for n in range(60)]), "status_code": 200, "latency_ms": pick([None, between(50, 20000)])}
        if chance() < 0.04:
            return call | {"status_code": pick([400, 429, 500, 529])} | pick([{}, dict.fromkeys(TOKENS, 0)])
        if chance() < 0.02:
            call["status_code"] = None
        if chance() < 0.02:
            return call  # answered, but nobody logged how much it was
        write, one_hour = pick([(0, None), (0, 0), (between(1, 30000), None), (between(1, 30000), 0), (None, None)]), None
        write, one_hour = write
        if write and chance() < 0.3:
            one_hour = between(0, write)
        reads, fresh = pick([None, 0, between(1, 250000)]), between(0, 4000)
        if chance() < 0.1:  # on the edge of the long-prompt tiers
            fresh, reads = pick([100_000, 100_001, 200_000, 200_001]) - (write or 0) - 7, 7
        call |= {"input_tokens": fresh, "cache_create_tokens": write, "cache_create_1h_tokens": one_hour, "cache_read_tokens": reads,
                 "output_tokens": pick([0, between(1, 50), between(1, 8000)])}
        if model in FAST_MODELS and chance() < 0.15:
            call["speed"] = "fast"
        else:
            call["service_tier"] = pick([None, "standard", "standard", "standard", "batch", "priority" if chance() < 0.1 else "standard"])
        if model in US_MODELS:
            call["inference_geo"] = pick([None, "global", "us"])
        if chance() < 0.05:
            call["web_search_requests"] = between(0, 4)
        if chance() < 0.3:
            call = {name: value for name, value in call.items() if value is not None}
        return call

    newest = millis("2026-11-20T12:34:56.789Z")
    rows = []
    for number in range(count):
        back = 540 * DAY if chance() < 0.3 else pick([14, 14, 7, 1]) * DAY
        rows.append(row(number, newest - int(chance() * back)))
    for name, calls, span in [("e" * 16, 101, 299_999), ("f" * 16, 101, 300_000), ("d" * 16, 100, 1)]:  # two near misses
        for n in range(calls):
            rows.append(row(f"{name[0]}{n}", newest - 9 * HOUR + span * n // (calls - 1)) | {"prompt_hash": name})
    for _ in range(count // 100):
        rows.append(pick(rows[:count]))  # the same call logged twice
        rows.append({name: value for name, value in pick(rows[:count]).items() if name != "request_id"})  # a call without an id
    with open(path, "w", encoding="utf-8") as file:
        for call in rows:
            file.write(json.dumps(call, ensure_ascii=chance() < 0.5) + "\n")
    print(f"{len(rows)} rows in {path}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--prices")
    options.add_argument("--as-of", default="latest")
    options.add_argument("--self-test", action="store_true")
    options.add_argument("--check-sample", type=Path)
    options.add_argument("--random-calls", type=int)
    options.add_argument("--random-contracts", type=int)
    options.add_argument("--generate", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("files", nargs="*")
    given = options.parse_args()
    if given.generate is not None:
        if len(given.files) != 1:
            options.error("--generate writes one file")
        return generate(given.generate, given.seed, given.files[0])
    if not given.prices:
        options.error("--prices is missing")
    prices = Prices(given.prices)
    if given.random_calls is not None or given.random_contracts is not None:
        if len(given.files) != 1:
            options.error("random calls are written to one file")
        if given.random_contracts is not None:
            return contracts.write(prices, given.random_contracts, given.seed, Path(given.files[0]))
        return random_calls.write(prices, given.random_calls, given.seed, Path(given.files[0]))
    if given.self_test or given.check_sample:
        failures = self_test(prices) + contracts.self_test(prices) if given.self_test else 0
        return sys.exit(bool(failures + (check_sample(prices, given.check_sample) if given.check_sample else 0)))
    if not given.files:
        options.error("no files")
    print(json.dumps(answer(prices, given.files, given.as_of), indent=1))


if __name__ == "__main__":
    main()
