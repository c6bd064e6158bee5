"""The billing rules, written a second time: what a call costs in whole picodollars (1e-12 USD), or why it has no price.

It shares nothing with the Swift code but the price list, and of that only the published rates: who pays for US residency
and for web searches is decided here by rule. A model is looked up by the ids that its vendor publishes, not by taking
names apart. Amounts are exact fractions.
"""
import csv
import re
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from fractions import Fraction

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
TOKENS = ("input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens", "output_tokens")

US_RESIDENCY = Fraction(11, 10)
US_RESIDENCY_SINCE = "2026-02-05"  # the first model of the 4.6 generation; earlier ones reject a geography
WEB_SEARCH = Fraction(10, 1000)
REFUSALS_FREE_SINCE = "2026-06-02"
REFUSALS_BY_CATEGORY_SINCE = "2026-09-24"
BILLED_REFUSALS = {"bio", "frontier_llm", "reasoning_extraction"}

GEOGRAPHY = {"global": "global", "us-gov": "government"} | dict.fromkeys(["us", "eu", "jp", "au", "apac"], "regional")
AWS_REGION = r"[a-z]+(?:-[a-z]+)+-\d"
# How logs wrap a model's id, and the channel this tells of.
WRAPPINGS = [
    (rf"arn:aws:bedrock:{AWS_REGION}:\d*:(?:inference-profile|foundation-model)/(?P<id>[^/]+)", "bedrock"),
    (rf"arn:aws-us-gov:bedrock:(?P<region>{AWS_REGION}):\d*:(?:inference-profile|foundation-model)/(?P<id>[^/]+)", "bedrock"),
    (rf"bedrock/(?P<region>{AWS_REGION})/(?P<id>[^/]+)", "bedrock"),
    (r"bedrock/(?P<id>[^/]+)", "bedrock"),
    (r"projects/[^/]+/locations/(?P<location>[^/]+)/publishers/anthropic/models/(?P<id>[^/]+)", "vertex"),
    (r"(?:publishers/anthropic/models|vertex_ai)/(?P<id>[^/]+)", "vertex"),
    (r"azure_ai/(?P<id>[^/]+)", "foundry"),
    (r"openrouter/.+/(?P<id>[^/]+)|google/(?P<other>[^/]+)", "openrouter"),
    (r"anthropic/(?P<id>[^/]*(?:\.|:thinking|:beta|claude-[4-9]-[a-z]+-\d{8})[^/]*)", "openrouter"),
    (r"(?P<channel>anthropic|openai|gemini)/(?P<id>[^/]+)", None),
    (r"(?:claude|models)/(?P<id>[^/]+)", None),
    (rf"(?P<id>(?:(?:{'|'.join(GEOGRAPHY)})\.)?anthropic\.[^/]+)", "bedrock"),
    (r"(?P<id>[^/]+@\w+)", "vertex"),
]


class Unpriced(Exception):
    """Why there is no price; the message is a reason's stable name."""


def day_of(ms):
    return (EPOCH + timedelta(milliseconds=ms)).date().isoformat()


class Place:
    """Where a call ran: a channel (None: a maker's own API), how far its endpoint routes, and the id that it was called by."""

    def __init__(self, raw, channel, region):
        raw = re.sub(r"\[1m\]$", "", raw)
        self.id, self.channel, self.scope = raw, channel or None, "unknown"
        self.is_opaque = bool(re.match(r"(?:bedrock/)?arn:", raw))
        for form, told in WRAPPINGS:
            if match := re.fullmatch(form, raw):
                said = match.groupdict()
                self.id, self.is_opaque = said.get("id") or said.get("other"), False
                self.channel = channel or told or said.get("channel")
                self.read(said, region or "")
                break
        else:
            self.read({}, region or "")

    def read(self, said, region):
        if self.channel == "bedrock":
            # `us-east-1` is the caller's region and tells nothing; a geography is the profile's.
            self.scope = GEOGRAPHY.get(region, "unknown")
            if match := re.fullmatch(rf"(?:({'|'.join(GEOGRAPHY)})\.)?(anthropic\.[^:]+(?::\d+(?=$|:))?)(?::\d+k)?", self.id):
                self.scope, self.id = GEOGRAPHY[match[1] or "us"], match[2]
            if (said.get("region") or "").startswith("us-gov") or region.startswith("us-gov"):
                self.scope = "government"
        elif self.channel == "vertex":
            location = said.get("location") or region
            self.scope = "unknown" if not location else "global" if location == "global" else "regional"
            self.id = re.sub(r"@(default|latest)$", "", self.id)

    def providers(self, ending):
        """The price list's names for this place; those with an open endpoint stay out."""
        if self.channel is None:
            return [name + ending for name in ("anthropic", "openai", "gemini")]
        if self.scope == "government":
            return []
        channel = "anthropic" if self.channel == "foundry" else self.channel
        return [channel + ending] + ([f"{channel}-{self.scope}{ending}"] if self.scope != "unknown" else [])


class Prices:
    def __init__(self, path):
        with open(path, encoding="utf-8-sig", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.by_id = defaultdict(list)
        for row in self.rows:
            names = {row["model"].removeprefix("global.")}
            if row["alias_of"] and not row["provider"].startswith("anthropic"):
                names.add(row["alias_of"])
            for name in names:
                self.by_id[row["provider"], name].append(row)

    def picodollars(self, call):
        """The exact price, 0 if it was not billed; raises `Unpriced` where none is known."""
        amount = self.dollars(call) * 10**12
        if amount.denominator != 1:
            raise SystemExit(f"not a whole number of picodollars: {call}")
        return amount.numerator

    def dollars(self, call):
        if is_free(call):
            return Fraction(0)
        row = self.row(call)
        dollars = self.charge(call, row)
        if call.get("service_tier") == "priority":
            raise Unpriced("covered-by-commitment")  # with a list price beside it, or it is not known to be covered
        return dollars

    def charge(self, call, row):
        """What a call that is billed costs by this row: tokens at their rates, searches by the piece."""
        dollars = self.for_tokens(call, row)
        searches = call.get("web_search_requests") or 0
        if searches and not row["provider"].startswith("anthropic"):
            raise Unpriced("no-search-price")
        return dollars + searches * WEB_SEARCH

    def exact(self, call):
        """Dollars as a fraction; None where no price is known."""
        try:
            return self.dollars(call)
        except Unpriced:
            return None

    def nanos(self, call):
        dollars = self.exact(call)
        return None if dollars is None else round(dollars * 10**9)  # a Fraction rounds half to even

    def row(self, call):
        """The row that holds the price. What is missing is asked in this order: usage, speed, model, tier, geography, batch, day."""
        if all(call.get(name) is None for name in TOKENS):
            raise Unpriced("no-usage")
        if call.get("speed") not in (None, "", "standard", "normal", "fast"):
            raise Unpriced("unknown-speed")
        rows = self.dated_rows(call)
        tier = call.get("service_tier") or "standard"
        is_prepaid = tier == "priority" and rows[0]["provider"].startswith("anthropic")
        if tier not in ("standard", "default", "batch") and not is_prepaid:
            raise Unpriced("unknown-tier")
        if call.get("inference_geo") not in (None, "", "global", "not_available", "us"):
            raise Unpriced("unknown-geography")
        if tier == "batch" and not any(row["batch_multiplier"] for row in rows):
            raise Unpriced("no-batch-price")
        day = day_of(call["occurred_at"])
        fits = [row for row in rows if (row["valid_from"] or "0") <= day and (not row["valid_to"] or day < row["valid_to"])]
        if len(fits) > 1:
            raise SystemExit(f"two prices for {call['model']} on {day}")
        if not fits:
            raise Unpriced("no-price-then")
        return fits[0]

    def dated_rows(self, call):
        place = Place(call.get("model") or "", call.get("channel"), call.get("region"))
        is_fast = call.get("speed") == "fast"
        if found := self.first(place.providers("-fast" if is_fast else ""), place.id):
            return found
        if place.id == "<synthetic>":
            raise Unpriced("not-a-model")
        if place.is_opaque:
            raise Unpriced("unnamed-model")
        if is_fast and self.first(place.providers(""), place.id):
            raise Unpriced("no-fast-price")
        if place.scope == "government":
            raise Unpriced("no-govcloud-price")
        if place.channel in ("bedrock", "vertex"):
            is_open = place.scope == "unknown" and self.first([place.channel + "-global", place.channel + "-regional"], place.id)
            raise Unpriced("unknown-endpoint" if is_open else "unknown-model")
        raise Unpriced("unknown-model" if place.channel in (None, "anthropic", "foundry", "openai", "gemini") else "unknown-channel")

    def first(self, providers, name):
        return next((rows for provider in providers if (rows := self.by_id.get((provider, name)))), None)

    def for_tokens(self, call, row):
        """Every class at its own rate; a prompt above the threshold stretches all of them."""
        fresh, create, one_hour, reads, output = (call.get(name) or 0 for name in TOKENS)
        written = max(create, one_hour)
        stretch = stretch_out = Fraction(1)
        if row["long_context_threshold"] and fresh + written + reads > int(row["long_context_threshold"]):
            stretch = Fraction(row["long_input"]) / Fraction(row["input"])
            stretch_out = Fraction(row["long_output"]) / Fraction(row["output"])
        dollars = Fraction(0)
        for column, tokens, factor in [("input", fresh, stretch), ("cache_write_5m", written - one_hour, stretch),
                                       ("cache_write_1h", one_hour, stretch), ("cache_read", reads, stretch), ("output", output, stretch_out)]:
            if tokens and not row[column]:
                raise Unpriced("no-token-rate")
            if tokens:
                dollars += tokens * Fraction(row[column]) * factor / 1_000_000
        if call.get("service_tier") == "batch":
            dollars *= Fraction(row["batch_multiplier"])
        if call.get("inference_geo") == "us" and self.has_us_residency(row):
            dollars *= US_RESIDENCY
        return dollars

    def has_us_residency(self, row):
        return row["provider"] in ("anthropic", "anthropic-fast") and \
            min(r["valid_from"] for r in self.by_id["anthropic", row["model"]]) >= US_RESIDENCY_SINCE


def is_free(call):
    """What nobody is billed for: failures without usage, batch items that did not succeed, refusals before any output."""
    used_nothing = not any(call.get(name) for name in (*TOKENS, "web_search_requests"))
    failed = call.get("outcome") in ("errored", "canceled", "expired") or (call.get("status_code") or 0) >= 400
    if failed and (used_nothing or call.get("service_tier") == "batch"):
        return True
    # The answer's content tells whether anything came out; a free refusal may report an output token. Without it, none tells, too.
    is_empty = call.get("content_empty")
    if call.get("stop_reason") != "refusal" or not (is_empty if is_empty is not None else not call.get("output_tokens")):
        return False
    day = day_of(call["occurred_at"])
    if day < REFUSALS_FREE_SINCE:
        return False
    return day < REFUSALS_BY_CATEGORY_SINCE or call.get("refusal_category") not in BILLED_REFUSALS
