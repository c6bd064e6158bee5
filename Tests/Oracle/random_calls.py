"""Random calls over the whole price list, with what `pricing_oracle` says that they cost.

A call is one line of a tab-separated log that the tool itself can import; column `expected` is the exact amount in
picodollars, `free`, or the reason why there is no price. NULL is an empty field.
"""
import gzip
import random
from collections import Counter
from datetime import datetime

from pricing_oracle import Unpriced, is_free

DAY = 86_400_000
COLUMNS = ["request_id", "occurred_at", "model", "channel", "region", "service_tier", "speed", "inference_geo", "stop_reason", "refusal_category",
           "outcome", "status_code", "input_tokens", "cache_create_5m_tokens", "cache_create_1h_tokens", "cache_read_tokens", "output_tokens",
           "web_search_requests", "expected"]
REASONS = {"not-a-model", "unnamed-model", "unknown-model", "unknown-channel", "unknown-endpoint", "no-govcloud-price", "no-price-then", "no-fast-price",
           "unknown-speed", "no-batch-price", "covered-by-commitment", "unknown-tier", "unknown-geography", "no-token-rate", "no-search-price"}
MULTI_REGIONS = ["us", "eu", "jp", "au", "apac"]
NAMELESS = ["<synthetic>", "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123",
            "bedrock/arn:aws:bedrock:eu-west-1:111122223333:provisioned-model/xyz"]
UNLISTED = ["claude-opus-5-6", "claude-opus", "claude-opus-4-6-20260205", "Claude-Opus-5", "house-model-7b", "gpt-4", "gpt-6", "gemini-3", "my-proxy/claude-opus-5",
            "xx.anthropic.claude-opus-5", "us.anthropic.claude-opus-5-6", "claude-haiku-4-5@20250101", "anthropic.claude-opus-4-5", "models/gemini-9"]
ROUTED = ["openrouter/anthropic/claude-opus-5", "anthropic/claude-opus-4.7", "anthropic/claude-opus-5:thinking", "anthropic/claude-4.5-sonnet-20250929",
          "anthropic/claude-4-sonnet-20250522", "google/gemini-2.5-pro", "openrouter/openai/gpt-4.1"]


def midnight(day):
    return int(datetime.fromisoformat(day + "T00:00:00+00:00").timestamp()) * 1000 if day else None


class RandomCalls:
    def __init__(self, prices, seed):
        self.prices = prices
        self.dice = random.Random(seed)
        self.changes = sorted({midnight(row[end]) for row in prices.rows for end in ("valid_from", "valid_to") if row[end]})

    def chance(self, part):
        return self.dice.random() < part

    def pick(self, *options):
        return options[int(self.dice.random() * len(options))]

    def between(self, low, high):
        return low + int(self.dice.random() * (high - low + 1))

    def call(self, number):
        """Most walk the price list row by row; the rest is named in ways that have no price."""
        row = self.prices.rows[number % len(self.prices.rows)]
        call = {"occurred_at": self.moment(row)} | self.named(row) | self.usage(row)
        if self.chance(0.1):
            call |= self.pick({"model": self.pick(*UNLISTED), "channel": None}, {"model": self.pick(*NAMELESS)}, {"model": self.pick(*ROUTED), "channel": None},
                              {"channel": self.pick("openrouter", "azure-openai", "house")}, self.in_gov_cloud(row),
                              {"channel": self.pick("bedrock", "vertex"), "model": row["alias_of"] or row["model"], "region": None})
        call |= self.conditions()
        return call | self.ending(call)

    def moment(self, row):
        start, end = midnight(row["valid_from"]), midnight(row["valid_to"])
        inside = self.between(start or midnight("2023-06-01"), (end or midnight("2027-06-01")) - 1)
        edges = [edge + step for edge in (start, end) if edge for step in (-1, 0, 1)]
        if edges and self.chance(0.3):
            return self.pick(*edges)
        return self.pick(*self.changes) + self.pick(-1, 0, 1) if self.chance(0.1) else inside

    def named(self, row):
        """One of the ways in which logs name what this row prices."""
        vendor, ending, model = row["provider"].split("-")[0], row["provider"].split("-")[-1], row["model"]
        speed = {"speed": "fast"} if ending == "fast" else {}
        if vendor == "anthropic":
            place = self.pick({"model": model}, {"model": model, "channel": "anthropic"}, {"model": model + "[1m]"}, {"model": "claude/" + model},
                              {"model": "anthropic/" + model}, {"model": model, "channel": "foundry"}, {"model": "azure_ai/" + model},
                              {"model": model, "channel": "anthropic", "region": "us-east-1"})
        elif vendor == "bedrock":
            place = self.on_bedrock(row)
        elif vendor == "vertex":
            place = self.on_vertex(row)
        else:
            place = self.pick({"model": model}, {"model": model, "channel": vendor}, {"model": f"{vendor}/{model}"})
        return {"model": None, "channel": None, "region": None} | place | speed

    def on_bedrock(self, row):
        bare = row["model"].removeprefix("global.")
        is_global, is_regional = row["provider"].endswith("global"), row["provider"].endswith("regional")
        geography = "global" if is_global else self.pick(*MULTI_REGIONS) if is_regional else self.pick("global", *MULTI_REGIONS)
        home = self.pick("us-east-1", "eu-west-3", "ap-southeast-2")
        arn = f"arn:aws:bedrock:{home}:111122223333:"
        profile = f"{geography}.{bare}"
        ways = [{"model": profile}, {"model": profile, "channel": "bedrock", "region": home}, {"model": f"{arn}inference-profile/{profile}"},
                {"model": f"bedrock/{profile}"}, {"model": row["alias_of"], "channel": "bedrock", "region": geography}, {"model": profile + "[1m]"}]
        if not is_global:
            ways += [{"model": bare}, {"model": bare, "channel": "bedrock", "region": home}, {"model": f"{arn}foundation-model/{bare}"},
                     {"model": f"bedrock/{home}/{bare}"}]
            if bare.endswith(":0"):
                ways.append({"model": bare + ":200k"})
        return self.pick(*ways)

    def on_vertex(self, row):
        model, kind = row["model"], row["provider"]
        places = ["global"] if "global" in kind else ["us-east5", "europe-west1", "us", "eu"] if "regional" in kind else ["global", "us-east5", None]
        place = self.pick(*places)
        ways = [{"model": f"vertex_ai/{model}", "region": place}, {"model": f"publishers/anthropic/models/{model}", "region": place},
                {"model": row["alias_of"], "channel": "vertex", "region": place}, {"model": model, "channel": "vertex", "region": place}]
        if place:
            ways.append({"model": f"projects/fern-market/locations/{place}/publishers/anthropic/models/{model}"})
        if "@" not in model:
            ways.append({"model": model + "@default", "region": place})
        return self.pick(*ways)

    def in_gov_cloud(self, row):
        bare = row["model"].removeprefix("global.") if row["provider"].startswith("bedrock") else "anthropic.claude-opus-5"
        return {"channel": None, "region": None} | self.pick(
            {"model": "us-gov." + bare}, {"model": bare, "region": "us-gov-west-1"}, {"model": f"bedrock/us-gov-east-1/{bare}"},
            {"model": f"arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:inference-profile/us-gov.{bare}"})

    def conditions(self):
        """What the response reports of tier, speed and geography; a few are of no list."""
        found = {}
        if self.chance(0.5):
            found["service_tier"] = self.pick("batch", "batch", "batch", "standard", "default", self.pick("standard", "priority", "priority", "flex"))
        if self.chance(0.15):
            found["speed"] = self.pick("standard", "normal", "fast", self.pick("fast", "turbo"))
        if self.chance(0.5):
            found["inference_geo"] = self.pick("us", "us", "us", "us", "global", "not_available", self.pick("global", "eu"))
        return found

    def usage(self, row):
        """Counts of all sizes, often with a class that was not logged, often on the edge of a long prompt."""
        if self.chance(0.03):
            return {}
        is_plain = self.chance(0.35)
        fresh, output = self.count(), self.count()
        short, long, reads = (None, None, None) if is_plain and self.chance(0.5) else (0, 0, 0) if is_plain else [self.count() for _ in range(3)]
        if self.chance(0.35):
            prompt = int(row["long_context_threshold"] or self.pick(100_000, 200_000, 272_000)) + self.pick(-1, 0, 1)
            short, long, reads = (None if n is None else min(n, prompt // 4) for n in (short, long, reads))
            fresh = prompt - sum(n or 0 for n in (short, long, reads))
        searches = self.between(0, 40) if self.chance(0.1) else self.pick(None, None, 0)
        return {"input_tokens": fresh, "cache_create_5m_tokens": short, "cache_create_1h_tokens": long, "cache_read_tokens": reads, "output_tokens": output,
                "web_search_requests": searches}

    def count(self):
        size = self.dice.random()
        return None if size < 0.1 else 0 if size < 0.25 else self.between(1, 9) if size < 0.4 else self.between(1, 9_000) if size < 0.7 \
            else self.between(1, 400_000) if size < 0.98 else self.between(1, 500_000_000)

    def ending(self, call):
        """How it ended: mostly well; else refused, failed or given up, with and without usage."""
        way = self.dice.random()
        if way < 0.08:
            category = {"stop_reason": "refusal", "refusal_category": self.pick(None, "cyber", "bio", "frontier_llm", "reasoning_extraction")}
            if self.chance(0.6):  # the rule's own dates, wherever the row's are
                category["occurred_at"] = max(call["occurred_at"], self.pick(midnight("2026-06-02"), midnight("2026-09-24")) + self.pick(-1, 0, 1, 40 * DAY))
            return category | self.pick({"outcome": "refused"}, {"outcome": "refused"}, {"outcome": "refused_mid_stream"}, {})
        if way < 0.14:
            failure = self.pick({"outcome": "errored"}, {"outcome": "canceled"}, {"outcome": "expired"}, {"status_code": self.pick(400, 429, 500, 529)})
            nothing = dict.fromkeys(["input_tokens", "cache_create_5m_tokens", "cache_create_1h_tokens", "cache_read_tokens", "output_tokens",
                                     "web_search_requests"], self.pick(None, 0))
            return failure | self.pick(nothing, {})
        return self.pick({}, {}, {"status_code": 200}, {"stop_reason": "end_turn", "status_code": 200}, {"outcome": "succeeded"})


def flat(call):
    """The same call in the names that `pricing_oracle` reads: one count of writes, those of one hour included."""
    short, long = call.get("cache_create_5m_tokens"), call.get("cache_create_1h_tokens")
    return call | {"cache_create_tokens": None if short is long is None else (short or 0) + (long or 0),
                   "content_empty": {"refused": True, "refused_mid_stream": False}.get(call.get("outcome"))}


def verdict(prices, call):
    if is_free(call):
        return "free"
    try:
        return prices.picodollars(call)
    except Unpriced as reason:
        return str(reason)


def write(prices, count, seed, path):
    """Writes the calls, and fails if a row of the list or a reason does not occur."""
    source, seen, used = RandomCalls(prices, seed), Counter(), set()
    lines = ["\t".join(COLUMNS)]
    for number in range(count):
        call = source.call(number)
        expected = verdict(prices, flat(call))
        seen["priced" if isinstance(expected, int) else expected] += 1
        if isinstance(expected, int):
            used.add(id(prices.row(flat(call))))
        line = call | {"request_id": f"r{number + 1}", "expected": expected}
        lines.append("\t".join("" if line.get(name) is None else str(line[name]) for name in COLUMNS))
    text = "".join(line + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text, 9, mtime=0) if path.suffix == ".gz" else text)
    print(f"{count} calls in {path}: " + ", ".join(f"{number} {name}" for name, number in seen.most_common()))
    unused = [row for row in prices.rows if id(row) not in used]
    if unused or REASONS - seen.keys():
        raise SystemExit(f"not covered: {[(row['provider'], row['model'], row['valid_from']) for row in unused]} {REASONS - seen.keys()}")
