#!/usr/bin/env python3
"""Eight days of an invented company whose logs and whose provider disagree, each time for another reason.

Lumen Desk again (see ../README.md), from 1 to 8 September 2026. Every discrepancy is planted here by hand, and its amount is
computed from what was planted, in fractions, with prices typed in below: the program's price book and its arithmetic have
no part in it.

    python3 generate.py [FOLDER [EXPECTED.json]]

The same Python writes the same bytes every time: chance is seeded, and ids are counted.
"""
import csv
import io
import json
import random
import sys
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

SONNET, HAIKU, OPUS, PREVIEW = "claude-sonnet-5", "claude-haiku-4-5-20251001", "claude-opus-4-8", "claude-opus-6-preview"
CLASSES = ("input", "cache_write_5m", "cache_read", "output")
# Dollars a million tokens, from the vendor's price page; the preview's are only on the bill.
PRICES = {SONNET: ("2", "2.50", "0.20", "10"), HAIKU: ("1", "1.25", "0.10", "5"), OPUS: ("5", "6.25", "0.50", "25"), PREVIEW: ("8", "10", "0.80", "40")}
NAMES = {SONNET: "Claude Sonnet 5", HAIKU: "Claude Haiku 4.5", OPUS: "Claude Opus 4.8", PREVIEW: "Claude Opus 6 Preview"}
KINDS = {"input": "uncached_input_tokens", "cache_write_5m": "cache_creation.ephemeral_5m_input_tokens", "cache_read": "cache_read_input_tokens", "output": "output_tokens"}
CONSOLE_KINDS = {"input": "input_no_cache", "cache_write_5m": "input_cache_write_5m", "cache_read": "input_cache_read", "output": "output"}
LABELS = {"input": "Input Tokens", "cache_write_5m": "Input Tokens, Cache Write 5m", "cache_read": "Input Tokens, Cache Hit", "output": "Output Tokens"}
PRODUCT, ENGINEERING = "wrkspc_01LumenProduct", "wrkspc_01LumenEngineering"
SPACE_NAMES = {PRODUCT: "Product", ENGINEERING: "Engineering"}
SEARCH = Fraction(1, 100)


@dataclass
class Call:
    """A call as it was; `logged` and `reported` say who knows of it, the fields with two values what each of them thinks."""
    number: int
    day: int
    second: int
    model: str
    workspace: str
    feature: str
    counts: tuple
    searches: int = 0
    channel: str = "anthropic"
    logged: bool = True
    reported: bool = True
    logged_searches: int | None = None
    tier: str = "standard"
    geo: str = "global"
    speed: str = "standard"
    discount: Fraction = Fraction(0)
    early: bool = False

    def part(self, kind, tier="standard", geo="global", speed="standard"):
        """Dollars of one class of its tokens under these terms."""
        rate = Fraction(PRICES[self.model][CLASSES.index(kind)]) / 10**6
        if tier == "priority":
            return Fraction(0)
        return self.counts[CLASSES.index(kind)] * rate * (Fraction(11, 10) if geo == "us" else 1) * (2 if speed == "fast" else 1)

    def cost(self, **terms):
        return sum((self.part(kind, **terms) for kind in CLASSES), Fraction(0))

    def billed(self, kind):
        return self.part(kind, self.tier, self.geo, self.speed) * (1 - self.discount)


def ordinary():
    """What goes well: three kinds of work, eight days long."""
    dice = random.Random(20260901)
    calls = []
    for day in range(1, 9):
        for model, workspace, feature, count in [(SONNET, PRODUCT, "support-chat", 9), (HAIKU, PRODUCT, "triage", 12), (SONNET, ENGINEERING, "code-review", 5), (OPUS, ENGINEERING, "code-review", 4)]:
            for _ in range(count):
                counts = tuple(dice.randrange(low, high) for low, high in [(20_000, 90_000), (5_000, 40_000), (50_000, 400_000), (2_000, 15_000)])
                calls.append(Call(len(calls), day, dice.randrange(0, 86_400), model, workspace, feature, counts))
        for channel in ("bedrock", "vertex"):
            for _ in range(2):
                counts = tuple(dice.randrange(20_000, 90_000) for _ in range(4))
                calls.append(Call(len(calls), day, dice.randrange(0, 86_400), HAIKU, PRODUCT, "summarise", counts, channel=channel))
    return calls


def pick(calls, count, **wanted):
    return [c for c in calls if all(getattr(c, name) == value for name, value in wanted.items())][:count]


def plant(calls):
    """Changes the calls, and returns what each discrepancy moves by model, in dollars."""
    moved = {}
    own = {"channel": "anthropic"}
    lost = pick(calls, 3, day=2, model=SONNET, workspace=PRODUCT, **own)
    for call in lost:
        call.logged = False
    moved["missing-calls"] = sum(c.cost() for c in lost)
    foreign = pick(calls, 1, day=3, model=OPUS, **own)
    for call in foreign:
        call.reported = False
    moved["not-reported"] = -sum(c.cost() for c in foreign)
    prepaid = pick(calls, 4, day=3, model=HAIKU, **own)
    for call in prepaid:
        call.tier = "priority"
    moved["priority-tier"] = -sum(c.cost() for c in prepaid)
    searching = pick(calls, 2, day=4, model=SONNET, workspace=PRODUCT, **own)
    for call in searching:
        call.searches, call.logged_searches = 3, 1
    moved["web-search"] = 2 * 2 * SEARCH
    moved["code-execution"] = Fraction("0.4125")
    abroad = pick(calls, 3, day=5, model=OPUS, **own)
    for call in abroad:
        call.geo = "us"
    moved["regional-premium"] = sum(c.cost(geo="us") - c.cost() for c in abroad)
    contract = pick(calls, 99, day=6, model=SONNET, workspace=ENGINEERING, **own)
    for call in contract:
        call.discount = Fraction(15, 100)
    moved["price-difference"] = -sum(c.cost() * c.discount for c in contract)
    previews = [replace(call, number=len(calls) + place, model=PREVIEW) for place, call in enumerate(pick(calls, 2, day=7, model=OPUS, **own))]
    calls += previews
    moved["not-priced"] = sum(c.cost() for c in previews)
    hurried = pick(calls, 2, day=7, model=OPUS, **own)
    for call in hurried:
        call.speed = "fast"
    moved["fast-mode"] = sum(c.cost(speed="fast") - c.cost() for c in hurried)
    late = [c for c in calls if c.day == 8 and c.channel == "anthropic" and c.second >= 18 * 3600]
    for call in late:
        call.early = True
    moved["late-data"] = -sum(c.cost() for c in late)
    moved["other-channels"] = -sum(c.cost() for c in calls if c.channel != "anthropic")
    return moved


def instant(call):
    return f"2026-09-{call.day:02}T{call.second // 3600:02}:{call.second // 60 % 60:02}:{call.second % 60:02}.000Z"


def log(calls):
    lines = []
    for call in sorted(calls, key=lambda c: (c.day, c.second, c.number)):
        if not call.logged:
            continue
        row = {"occurred_at": instant(call), "request_id": f"msg_01Reconcile{call.number:09}", "tenant_id": ("alder-bank", "brisk-parcel", "cobalt-air")[call.number % 3],
               "feature": call.feature, "model": call.model, "workspace": call.workspace, "input_tokens": call.counts[0], "cache_create_tokens": call.counts[1],
               "cache_read_tokens": call.counts[2], "output_tokens": call.counts[3], "status_code": 200, "latency_ms": 900 + call.number}
        searches = call.searches if call.logged_searches is None else call.logged_searches
        if searches:
            row["web_search_requests"] = searches
        if call.channel != "anthropic":
            row |= {"channel": call.channel, "region": "global"}
        lines.append(json.dumps(row) + "\n")
    return "".join(lines)


def pages(days):
    return json.dumps({"data": [{"starting_at": f"2026-09-{day:02}T00:00:00Z", "ending_at": f"2026-09-{day + 1:02}T00:00:00Z", "results": rows} for day, rows in sorted(days.items())],
                       "has_more": False, "next_page": None}, indent=1) + "\n"


def usage_rows(calls, with_geo=False):
    """By model, workspace, tier and speed; the Admin API is not asked for the place, the Console's export always has it."""
    sums = {}
    for call in calls:
        counts = sums.setdefault((call.day, call.model, call.workspace, call.tier, call.speed, call.geo if with_geo else ""), [0] * 5)
        for place, count in enumerate((*call.counts, call.searches)):
            counts[place] += count
    return sorted(sums.items())


def usage_report(calls):
    days = {}
    for (day, model, workspace, tier, speed, _), (fresh, write, read, output, searches) in usage_rows(calls):
        days.setdefault(day, []).append({
            "uncached_input_tokens": fresh, "cache_creation": {"ephemeral_5m_input_tokens": write, "ephemeral_1h_input_tokens": 0}, "cache_read_input_tokens": read,
            "output_tokens": output, "server_tool_use": {"web_search_requests": searches}, "model": model, "workspace_id": workspace, "service_tier": tier,
            "speed": speed, "inference_geo": None, "context_window": None, "api_key_id": None, "account_id": None, "service_account_id": None})
    return pages(days)


def charges(calls):
    """Dollars by day, workspace, what for, model, kind, tier, place and speed; what Priority Tier used is not charged."""
    sums = {}
    for call in calls:
        for kind in CLASSES:
            if call.tier != "priority" and call.billed(kind):
                key = call.day, call.workspace, "tokens", call.model, kind, call.tier, call.geo, call.speed
                sums[key] = sums.get(key, 0) + call.billed(kind)
        if call.searches:
            key = call.day, call.workspace, "web_search", "", "", "", "", ""
            sums[key] = sums.get(key, 0) + call.searches * SEARCH
    return sums


def plain(amount):
    """A fraction as a decimal, all its digits."""
    digits = 0
    while (amount * 10**digits).denominator != 1:
        digits += 1
    text = str(abs(amount * 10**digits).numerator).rjust(digits + 1, "0")
    return ("-" if amount < 0 else "") + (text[:-digits] + "." + text[-digits:] if digits else text)


def cost_report(sums):
    days = {}
    for (day, workspace, cost_type, model, kind, tier, geo, speed), amount in sorted(sums.items()):
        words = {"web_search": "Web Search Usage", "code_execution": "Code Execution Usage"}.get(cost_type) or f"{NAMES[model]} Usage - {LABELS[kind]}"
        words += (", US" if geo == "us" else "") + (", Fast" if speed == "fast" else "")
        days.setdefault(day, []).append({
            "amount": plain(amount * 100), "currency": "USD", "cost_type": cost_type, "description": words, "model": model or None, "token_type": KINDS.get(kind),
            "service_tier": tier or None, "inference_geo": geo or None, "context_window": "0-200k" if model else None, "workspace_id": workspace})
    return pages(days)


def table(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def console_usage(calls):
    rows = [(f"2026-09-{day:02}", model, "lumen-key", SPACE_NAMES[space], tier, "≤ 200k", fresh, write, 0, read, output, searches, "us" if geo == "us" else "not_available",
             "" if speed == "standard" else speed) for (day, model, space, tier, speed, geo), (fresh, write, read, output, searches) in usage_rows(calls, with_geo=True)]
    return table("usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,"
                 "usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed".split(","), rows)


def cents(amount):
    """Half up, as a spreadsheet would."""
    whole = (amount * 100 + Fraction(1, 2)).__floor__()
    return f"{whole // 100}.{whole % 100:02}"


def console_cost(sums):
    rows = [(f"2026-09-{day:02}", NAMES.get(model, ""), SPACE_NAMES[space], "lumen-key", "message" if model else "", "≤ 200k" if model else "", CONSOLE_KINDS.get(kind, ""), cents(amount),
             "token" if model else cost_type, "us" if geo == "us" else "not_available", "" if speed == "standard" else speed) for (day, space, cost_type, model, kind, tier, geo, speed), amount in sorted(sums.items())]
    return table("usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type,inference_geo,speed".split(","), rows)


AWS = {"input": "input-tokens", "cache_write_5m": "cache-write-input-tokens", "cache_read": "cache-read-input-tokens", "output": "output-tokens"}


def aws_bill(calls):
    """As a Cost and Usage Report: thousands of tokens, other services, tax and a credit. One call was never logged."""
    rows = []
    for day in range(1, 9):
        own = [c for c in calls if c.channel == "bedrock" and c.day == day]
        for place, kind in enumerate(CLASSES):
            count, amount = sum(c.counts[place] for c in own), sum((c.part(kind) for c in own), Fraction(0))
            rows.append((f"2026-09-{day:02}T00:00:00Z", "AmazonBedrock", f"USE1-Global-Claude4.5Haiku-{AWS[kind]}", "Usage", plain(Fraction(count, 1000)), "1K tokens",
                         plain(amount), "USD", f"$ per 1K {AWS[kind].replace('-', ' ')} for Claude Haiku 4.5, global"))
        rows.append((f"2026-09-{day:02}T00:00:00Z", "AmazonEC2", "BoxUsage:t3.small", "Usage", "24", "Hrs", "0.4992000000", "USD", "$0.0208 per On Demand Linux t3.small"))
    rows.append(("2026-09-08T00:00:00Z", "AmazonBedrock", "", "Credit", "0", "", "-0.25", "USD", "Credit for Claude on Amazon Bedrock"))
    rows.append(("2026-09-08T00:00:00Z", "AmazonBedrock", "", "Tax", "0", "", "0.37", "USD", "Tax for Claude on Amazon Bedrock"))
    return table("lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/LineItemType,lineItem/UsageAmount,pricing/unit,lineItem/UnblendedCost,lineItem/CurrencyCode,"
                 "lineItem/LineItemDescription".split(","), rows)


def google_bill(calls):
    """As a billing export in euros, at 0.92 for a dollar, a tenth dearer on 4 September."""
    rows = []
    for day in range(1, 9):
        own = [c for c in calls if c.channel == "vertex" and c.day == day]
        for place, kind in enumerate(CLASSES):
            count, amount = sum(c.counts[place] for c in own), sum((c.part(kind) for c in own), Fraction(0))
            euros = amount * Fraction("0.92") * (Fraction(11, 10) if day == 4 else 1)
            rows.append((f"2026-09-{day:02} 00:00:00 UTC", "Vertex AI", f"Claude Haiku 4.5 Global {LABELS[kind]}", count, "tokens", plain(euros), "EUR", "regular"))
    return table("usage_start_time,service.description,sku.description,usage.amount,usage.unit,cost,currency,cost_type".split(","), rows)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    expected = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "../../Tests/Oracle/reconcile.expected.json"
    (folder / "early").mkdir(parents=True, exist_ok=True)
    calls = ordinary()
    moved = plant(calls)
    unlogged = pick(calls, 1, channel="bedrock", day=3)
    for call in unlogged:
        call.logged = False
        moved["other-channels"] += call.cost()

    def write(name, text):
        (folder / name).write_bytes(text.encode())

    own = [c for c in calls if c.channel == "anthropic" and c.reported]
    final, early = [c for c in own if c.day < 8], [c for c in own if c.day == 8 and not c.early]
    sums = charges(final)
    sums[4, ENGINEERING, "code_execution", "", "", "", "", ""] = moved["code-execution"]
    write("calls.jsonl", log(calls))
    write("admin-usage-report.json", usage_report(final))
    write("admin-cost-report.json", cost_report(sums))
    write("early/admin-usage-report.json", usage_report(early))
    write("early/admin-cost-report.json", cost_report(charges(early)))
    write("console-usage.csv", console_usage(final))
    write("console-cost.csv", console_cost(sums))
    write("aws-bill.csv", aws_bill(calls))
    write("google-bill.csv", google_bill(calls))

    def total(chosen):
        return plain(sum((c.cost() + (c.searches if c.logged_searches is None else c.logged_searches) * SEARCH for c in chosen if c.logged and c.model != PREVIEW), Fraction(0)))

    week = {name: amount for name, amount in moved.items() if name not in ("late-data", "other-channels")}
    week["other-channels"] = -sum(c.cost() for c in calls if c.channel != "anthropic" and c.logged and c.day < 8)
    dearer = [c for c in calls if c.channel == "vertex" and c.day == 4]
    clouds = {name: -sum(c.cost() + (c.searches if c.logged_searches is None else c.logged_searches) * SEARCH for c in calls if c.channel != name and c.logged and c.model != PREVIEW) for name in ("bedrock", "vertex")}
    rounded = sum(Fraction(cents(amount)) for amount in sums.values())
    document = {
        "eight-days": {"calls": total(calls), "provider": plain(sum(sums.values()) + sum(charges(early).values())), "lines": {n: plain(a) for n, a in moved.items()}},
        "seven-days": {"calls": total([c for c in calls if c.day < 8]), "provider": plain(sum(sums.values())), "lines": {n: plain(a) for n, a in week.items()}},
        "console": {"provider": plain(rounded), "rows": len(sums)},
        "aws": {"lines": {"other-channels": plain(clouds["bedrock"]), "missing-calls": plain(sum(c.cost() for c in unlogged)), "taxes": "0.37", "credits": "-0.25"}},
        "google": {"lines": {"other-channels": plain(clouds["vertex"]), "price-difference": plain(sum(c.cost() for c in dearer) / 10)}},
    }
    expected.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
