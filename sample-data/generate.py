#!/usr/bin/env python3
"""Tell fifteen days of an invented company once, in every log format a team might have.

Lumen Desk sells a help desk. Its customers' tickets are answered, sorted, summarised and searched by
Claude; its own engineers let an agent review their code. Between 1 and 15 November 2026 that makes about
2,000 calls, and some of what happens is worth finding:

  * 6 and 9 November: triage and search-answers move to newer models.
  * 9 November: a pilot flag sends Brisk Parcel's chats and searches to the dearest model, and stays on.
  * 7 and 10 November: Ember Energy leaves, Fern Market joins.
  * 12 November: a deploy puts the time of day into summarise's system prompt; its cache never hits again.
  * 15 November: a Sunday hotfix gives up on a chat after a second and a half and asks again. And again.

    python3 generate.py [FOLDER]        (the folder of this script by default)

The same Python writes the same bytes every time: the only source of chance is one seeded generator.
"""
import csv
import gzip
import hashlib
import io
import json
import random
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

chance = random.Random(20261101).random
MINUTE = 60_000
DAY = 24 * 60 * MINUTE


def at(day, hour=0, minute=0, second=0):
    """An instant of November 2026 in milliseconds."""
    return int(datetime(2026, 11, day, hour, minute, second, tzinfo=timezone.utc).timestamp()) * 1000


def between(low, high):
    return low + int(chance() * (high - low + 1))


def pick(options):
    return options[int(chance() * len(options))]


def invented_id(prefix, length):
    base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return prefix + "".join(pick(base62) for _ in range(length))


# ---------------------------------------------------------------- the company

DEPLOYS = [(at(1), "3f9a1c7e"), (at(4, 10, 12), "b70d52e4"), (at(6, 9, 41), "0c4e88fa"),
           (at(9, 11, 5), "e21b6d93"), (at(12, 15, 30), "57ac09d1"), (at(15, 13, 58), "d8f3402b")]
TRIAGE_MOVES, SEARCH_MOVES, CACHE_BREAKS = at(6, 9, 41), at(9, 11, 5), at(12, 15, 30)
PILOT_STARTS = SEARCH_MOVES

HAIKU_4_5, HAIKU_5_5 = "claude-haiku-4-5", "claude-haiku-5-5"
SONNET_4_6, SONNET_5_5 = "claude-sonnet-4-6", "claude-sonnet-5-5"
OPUS_5_5, PREVIEW = "claude-opus-5-5", "claude-opus-6-preview"
DATED = {HAIKU_4_5: "claude-haiku-4-5-20251001"}  # a response names the snapshot behind the alias

# Picodollars a token: input, output, 5-minute write, 1-hour write, read. Nobody bills the preview yet.
PRICES = {
    HAIKU_4_5: (1_000_000, 5_000_000, 1_250_000, 2_000_000, 100_000),
    HAIKU_5_5: (100_000, 500_000, 125_000, 200_000, 10_000),
    SONNET_4_6: (3_000_000, 15_000_000, 3_750_000, 6_000_000, 300_000),
    SONNET_5_5: (2_000_000, 10_000_000, 2_500_000, 4_000_000, 100_000),
    OPUS_5_5: (4_000_000, 20_000_000, 5_000_000, 8_000_000, 200_000),
}


@dataclass(frozen=True)
class Feature:
    prefix: int    # tokens of system prompt and tools, the part worth caching
    fresh: tuple   # new tokens a call
    output: tuple
    turns: tuple   # calls a session
    grows: bool    # a conversation: each turn adds the one before to the cached part
    workspace: str


PRODUCT, ENGINEERING, DATA_TEAM = "wrkspc_01LumenProduct", "wrkspc_01LumenEngineering", "wrkspc_01LumenDataTeam"
FEATURES = {
    "support-chat": Feature(12_400, (250, 900), (300, 700), (4, 8), True, PRODUCT),
    "triage": Feature(5_300, (350, 900), (20, 60), (6, 11), False, PRODUCT),
    "summarise": Feature(9_200, (500, 1_300), (180, 420), (5, 8), False, PRODUCT),
    "search-answers": Feature(7_600, (500, 1_500), (250, 600), (4, 6), True, PRODUCT),
    "code-review": Feature(21_000, (300, 1_800), (500, 1_600), (6, 10), True, ENGINEERING),
    "nightly-digest": Feature(5_200, (900, 1_600), (500, 900), (1, 1), False, PRODUCT),
}
ROUND = ["support-chat", "triage", "search-answers", "support-chat", "summarise"]

# Sessions on a working day, first and last day.
TENANTS = {"alder-bank": (4, 1, 15), "brisk-parcel": (3, 1, 15), "cobalt-air": (7, 1, 15), "dune-hotels": (3, 1, 15),
           "ember-energy": (3, 1, 7), "fern-market": (3, 10, 15), "lumen-desk": (2, 1, 15)}

# How the day goes: sessions an hour, as weights (Europe is at work).
HOURS = [1, 1, 0, 0, 1, 2, 4, 7, 10, 12, 12, 11, 9, 11, 12, 11, 9, 7, 5, 4, 3, 3, 2, 1]

OPENINGS = {
    "support-chat": ["How do I reset my password?", "Wo finde ich die Rechnung für Oktober?", "Où est mon colis nº {n} ?",
                     "My booking {n} was charged twice.", "予約番号{n}を変更したいです。", "¿Puedo cambiar la dirección del envío {n}?",
                     "The app says \"token expired\" 🤔 what now?", "Cancel order {n}, please."],
    "triage": ["Ticket {n}: parcel arrived damaged", "Ticket {n}: Zugang gesperrt, bitte dringend!", "Ticket {n}: refund missing since 3/11",
               "Ticket {n}: zgubiłem hasło", "Ticket {n}: question about the ‘Pro’ plan"],
    "summarise": ["Summarise thread {n} for the next shift.", "Fasse Vorgang {n} in drei Sätzen zusammen.", "TL;DR of case {n} & next steps"],
    "search-answers": ["What is the baggage allowance on short flights?", "Delivery times to Réunion?", "Is breakfast included at the Dünenhof?",
                       "Which documents open account type {n}?", "SEPA vs. SWIFT: which fee applies?"],
    "code-review": ["Review pull request #{n}: retries in the chat client", "Review pull request #{n}: naïve cache key\n\n- key = f\"{user}\"\n+ key = user.id"],
    "nightly-digest": ["Write tonight's digest of open tickets."],
}
FOLLOW_UPS = ["And after that?", "That did not work, error {n}.", "Danke! Noch eine Frage zu {n}.", "Can you check again?", "Yes, number {n}. ✅", "D'accord, merci."]
REPLIES = ["Here is what I found.", "Das habe ich gefunden.", "Done, with two remarks.", "One moment: I looked this up.", "Voici la réponse."]


@dataclass
class Call:
    at: int
    tenant: str
    feature: str
    model: str
    messages: list
    input: int
    output: int
    read: int = 0
    write_5m: int = 0
    write_1h: int = 0
    session: str = None
    user: str = None
    tier: str = "standard"
    geo: str = "global"
    searches: int = 0
    stop: str = "end_turn"
    category: str = None  # why a refusal refused
    empty: bool = False   # a refusal before any output
    compaction: tuple = None  # hidden input and output tokens of a conversation being shortened
    status: int = 200
    latency: int = 0
    id: str = None
    http_id: str = None

    @property
    def ok(self):
        return self.status == 200

    @property
    def request_id(self):
        return self.id if self.ok else self.http_id

    @property
    def sha(self):
        return [sha for since, sha in DEPLOYS if since <= self.at][-1]

    @property
    def answered_by(self):
        return DATED.get(self.model, self.model)

    @property
    def prompt_hash(self):
        return hashlib.sha256(json.dumps(self.messages, sort_keys=True).encode()).hexdigest()[:16]


# ---------------------------------------------------------------- the story


def model_for(feature, tenant, when):
    if tenant == "brisk-parcel" and when >= PILOT_STARTS and feature in ("support-chat", "search-answers"):
        return OPUS_5_5
    if feature == "triage":
        return HAIKU_4_5 if when < TRIAGE_MOVES else HAIKU_5_5
    if feature == "search-answers":
        return SONNET_4_6 if when < SEARCH_MOVES else SONNET_5_5
    return {"support-chat": SONNET_5_5, "summarise": HAIKU_4_5, "code-review": OPUS_5_5, "nightly-digest": SONNET_4_6}[feature]


def opening(feature):
    text = pick(OPENINGS[feature]).replace("{n}", str(between(1000, 9999)))
    block = {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}
    return [{"role": "user", "content": [block] if feature == "code-review" else text}]


def session(start, tenant, name, turns=None, model=None):
    """The calls of one conversation, or of one run through a queue: the first fills the cache, the others read it."""
    feature = FEATURES[name]
    model = model or model_for(name, tenant, start)
    talkative = 4 if model == OPUS_5_5 and name != "code-review" else 1
    broken = name == "summarise" and start >= CACHE_BREAKS
    own = {} if name == "triage" else {"session": invented_id("s-", 10), "user": f"u-{between(100, 180)}"}
    cached, unread = 0, feature.prefix
    if chance() < 0.4:  # someone else has just used it
        cached, unread = feature.prefix, 0
    messages, when = opening(name), start
    for _ in range(turns or between(*feature.turns)):
        fresh, output = between(*feature.fresh), between(*feature.output)
        read, write = (0, cached + unread) if broken else (cached, unread)
        call = Call(when, tenant, name, model, messages, fresh, output * talkative, read, **own)
        if name == "code-review":
            call.write_1h, call.stop = write, "tool_use"
        else:
            call.write_5m = write
        if name == "search-answers" and chance() < 0.12:
            call.searches = 0 if model == PREVIEW else between(1, 3)
        if name == "search-answers" and tenant == "alder-bank" and model != PREVIEW:
            call.geo = "us"  # the bank's contract
        yield call
        cached += unread
        unread = fresh + output if feature.grows else 0
        if feature.grows:
            messages = messages + [{"role": "assistant", "content": pick(REPLIES)},
                                   {"role": "user", "content": pick(FOLLOW_UPS).replace("{n}", str(between(10, 99)))}]
        else:
            messages = opening(name)
        when += between(12_000, 95_000)
    if name == "code-review":
        call.stop = "end_turn"


def ordinary_days():
    rounds = defaultdict(int)
    for day in range(1, 16):
        weekend = day % 7 in (0, 1)
        for tenant, (sessions, first, last) in TENANTS.items():
            if not first <= day <= last:
                continue
            for _ in range(max(1, sessions - 1) if weekend else sessions):
                hour = pick([h for h, weight in enumerate(HOURS) for _ in range(weight)])
                start = at(day, hour, between(0, 39), between(0, 59)) + between(0, 999)
                name = "code-review" if tenant == "lumen-desk" else ROUND[rounds[tenant] % len(ROUND)]
                rounds[tenant] += 1
                yield from session(start, tenant, name)


def nightly_digests():
    """One batch a night; its first call fills the cache for the others."""
    feature = FEATURES["nightly-digest"]
    for day in range(1, 16):
        customers = [t for t, (_, first, last) in TENANTS.items() if first <= day <= last and t != "lumen-desk"]
        for n, tenant in enumerate(customers):
            cache = {"read": feature.prefix} if n else {"write_5m": feature.prefix}
            yield Call(at(day, 1, 10) + n * between(2_000, 9_000), tenant, "nightly-digest", SONNET_4_6,
                       opening("nightly-digest"), between(*feature.fresh), between(*feature.output), tier="batch", **cache)


STORM = [{"role": "user", "content": "Flug CA 2281 fällt aus: alle Umbuchungen für Gruppe 4417 prüfen, bitte."}]


def retry_storm():
    """Each answer takes three seconds, the client waits one and a half."""
    own = {"session": invented_id("s-", 10), "user": "u-117"}
    when = at(15, 14, 21, 8)
    for n in range(140):
        when += between(1_450, 1_620)
        cache = {"read": 9_800} if n else {"write_5m": 9_800}
        yield Call(when, "cobalt-air", "support-chat", SONNET_5_5, STORM, 1_500, between(200, 240), **cache, **own)


def planned():
    """Sessions that must be there: a look at an unreleased model, work around the hotfix, the last chat."""
    yield from session(at(13, 16, 4, 11), "lumen-desk", "search-answers", turns=3, model=PREVIEW)
    yield from session(at(15, 10, 31, 52), "lumen-desk", "search-answers", turns=2, model=PREVIEW)
    yield from session(at(15, 11, 17, 35), "dune-hotels", "search-answers", turns=6)
    yield from session(at(15, 12, 44, 3), "alder-bank", "triage", turns=9)
    yield from session(at(15, 17, 2, 40), "fern-market", "summarise", turns=6)
    yield from session(at(15, 23, 42, 19), "dune-hotels", "support-chat", turns=7)


def with_oddities(calls):
    """The rare things: errors, refusals, hidden work, a prompt beyond Haiku's threshold, calls nobody owns."""
    for call in calls:
        if call.model != PREVIEW and chance() < (0.05 if call.messages is STORM else 0.006):
            call.status = pick([429, 429, 529, 400])

    def nth(feature, day, n=2):
        return [c for c in calls if c.feature == feature and c.at >= at(day) and c.ok and c.tier == "standard"][n]

    for call, category in [(nth("support-chat", 3), "cyber"), (nth("search-answers", 8), "bio"), (nth("support-chat", 13), None)]:
        call.stop, call.category = "refusal", category
        if category:  # refused before the first word; otherwise in the middle of the answer
            call.empty, call.output = True, 1
    for call, tokens in [(nth("code-review", 5, 7), (148_300, 3_120)), (nth("code-review", 11, 7), (151_906, 2_874))]:
        call.compaction = tokens
    nth("triage", 11).input = 104_882  # somebody attached a whole log file
    for call in nth("search-answers", 4, 1), nth("search-answers", 12, 1):
        call.tenant = call.session = call.user = None


def tell():
    calls = sorted([*ordinary_days(), *nightly_digests(), *retry_storm(), *planned()], key=lambda c: c.at)
    with_oddities(calls)
    for call in calls:
        if call.model == HAIKU_4_5:
            call.geo = "not_available"
        call.id, call.http_id = invented_id("msg_01", 22), invented_id("req_011C", 20)
        if call.ok:
            call.latency = 380 + call.output * between(8, 14) + (call.input + call.write_5m + call.write_1h) // 25
        else:
            call.latency = between(60, 900)
            call.input = call.output = call.read = call.write_5m = call.write_1h = call.searches = 0
    return calls


def tell_data_team():
    """A batch script with the simplest tracker: no ids, no tenants, local clock without a zone (it runs in UTC)."""
    for day in range(1, 16):
        for task, model, runs in [("classification", HAIKU_5_5, 8), ("tagging", SONNET_5_5, 5)]:
            when = at(day, 3 if task == "tagging" else 2, between(0, 40)) + between(0, 999)
            for n in range(runs + day % 2):
                call = Call(when, None, task, model, [], between(120, 900), between(8, 90), **({"read": 4_600} if n else {"write_5m": 4_600}))
                yield call
                if day == 8 and n == 3 and task == "tagging":
                    yield replace(call)  # two workers, the same row in the same millisecond: two calls
                when += between(400, 9_000)


# ---------------------------------------------------------------- the same calls in each format


def rfc3339(ms, hours=0):
    zone = timezone(timedelta(hours=hours))
    text = datetime.fromtimestamp(ms // 1000, zone).replace(microsecond=ms % 1000 * 1000).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def json_line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def flat(call):
    """A call in the column names of llm_call; what does not apply is left out."""
    row = {"occurred_at": rfc3339(call.at), "request_id": call.request_id, "tenant_id": call.tenant, "feature": call.feature,
           "deploy_sha": call.sha, "model": call.model, "prompt_hash": call.prompt_hash}
    if call.ok:
        row |= {"input_tokens": call.input, "cache_create_tokens": call.write_5m + call.write_1h,
                "cache_create_1h_tokens": call.write_1h or None, "cache_read_tokens": call.read, "output_tokens": call.output}
    row |= {"status_code": call.status, "latency_ms": call.latency, "session_id": call.session, "user_id": call.user}
    if call.ok:
        row |= {"service_tier": "batch" if call.tier == "batch" else None, "inference_geo": "us" if call.geo == "us" else None,
                "web_search_requests": call.searches or None, "stop_reason": call.stop}
    return {name: value for name, value in row.items() if value is not None}


def usage(call):
    counted = {"input_tokens": call.input, "cache_creation_input_tokens": call.write_5m + call.write_1h, "cache_read_input_tokens": call.read,
               "cache_creation": {"ephemeral_5m_input_tokens": call.write_5m, "ephemeral_1h_input_tokens": call.write_1h},
               "output_tokens": call.output}
    body = counted | {"server_tool_use": {"web_search_requests": call.searches, "web_fetch_requests": 0} if call.searches else None,
                      "service_tier": call.tier, "inference_geo": call.geo}
    if call.compaction:
        hidden = {"input_tokens": call.compaction[0], "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
                  "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0}, "output_tokens": call.compaction[1]}
        body["iterations"] = [{"type": "compaction"} | hidden, {"type": "message", "model": call.answered_by} | counted]
    return body


def message(call):
    """The API's answer."""
    content = [] if call.empty else [{"type": "text", "text": REPLIES[call.output % len(REPLIES)]}]
    if call.stop == "tool_use":
        content.append({"type": "tool_use", "id": "toolu_01" + call.id[6:], "name": "read_file", "input": {"path": "src/client.ts"}})
    refusal = {"type": "refusal", "category": call.category, "explanation": None} if call.stop == "refusal" else None
    return {"id": call.id, "type": "message", "role": "assistant", "model": call.answered_by, "content": content,
            "stop_reason": call.stop, "stop_sequence": None, "stop_details": refusal, "usage": usage(call)}


def error(call):
    kind, text = {400: ("invalid_request_error", "messages.0.content: must not be empty"), 429: ("rate_limit_error", "Too many requests."),
                  529: ("overloaded_error", "Overloaded")}[call.status]
    return {"type": "error", "error": {"type": kind, "message": text}, "request_id": call.http_id}


def wrapped(call):
    """As a gateway in Berlin logs it."""
    return {"ts": rfc3339(call.at, hours=1), "tenant": call.tenant, "route": call.feature, "git_sha": call.sha, "duration_ms": call.latency,
            "status": call.status, "request": {"model": call.model, "max_tokens": 4096, "messages": call.messages},
            "response": message(call) if call.ok else error(call), "headers": {"request-id": call.http_id}}


def sdk_dump(call):
    """As an SDK prints a response: every optional field, most of them null."""
    dump = message(call) | {"container": None, "context_management": None}
    dump["usage"] = {"iterations": None, "output_tokens_details": None, "speed": None} | dump["usage"]
    return dump


def table_row(number, call):
    """As MySQL's SELECT ... INTO OUTFILE writes the articles' table, with the cost their wrapper computed."""
    rates = {HAIKU_4_5: (1.0, 1.25, 0.10, 5.0), SONNET_4_6: (3.0, 3.75, 0.30, 15.0)}.get(call.model, (0, 0, 0, 0))
    tokens = (call.input, call.write_5m + call.write_1h, call.read, call.output)
    cost = int(sum(count * rate for count, rate in zip(tokens, rates)))
    values = [number, rfc3339(call.at)[:-1].replace("T", " "), call.request_id, call.tenant, call.feature, call.sha, call.model,
              call.prompt_hash, *tokens, cost, call.status, call.latency]
    return "\t".join("\\N" if value is None else str(value) for value in values) + "\n"


COLUMNS = ["model", "feature", "tenant_id", "occurred_at", "status_code", "output_tokens", "input_tokens", "cache_read_tokens",
           "cache_create_tokens", "cache_create_1h_tokens", "note", "prompt_hash", "latency_ms", "deploy_sha", "request_id", "session_id",
           "user_id", "service_tier", "inference_geo", "web_search_requests", "stop_reason"]


def spreadsheet(calls):
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    sheet.writeheader()
    for n, call in enumerate(calls):
        note = {3: "checked, twice", 8: 'customer wrote "urgent"\r\nsee ticket, too'}.get(n % 250)
        sheet.writerow(flat(call) | {"note": note})
    return "\ufeff" + text.getvalue()


def tracker_row(call):
    stamp = datetime.fromtimestamp(call.at // 1000, timezone.utc).replace(tzinfo=None, microsecond=call.at % 1000 * 1000)
    return {"timestamp": stamp.isoformat(timespec="microseconds"), "model": call.model, "input_tokens": call.input,
            "output_tokens": call.output, "cache_read": call.read, "cache_write": call.write_5m, "task": call.feature}


# ---------------------------------------------------------------- what the vendor's reports say about it


def billed_runs(calls):
    """Every run of a model: the calls that were answered, and the hidden compactions."""
    for call in calls:
        if call.ok:
            yield call
            if call.compaction:
                yield replace(call, input=call.compaction[0], output=call.compaction[1], read=0, write_5m=0, write_1h=0)


def workspace(call):
    return FEATURES[call.feature].workspace if call.feature in FEATURES else DATA_TEAM


def report_pages(rows_by_day):
    """Two pages of daily buckets, printed one after the other as a download loop leaves them."""
    days = [{"starting_at": rfc3339(day)[:-5] + "Z", "ending_at": rfc3339(day + DAY)[:-5] + "Z", "results": rows}
            for day, rows in sorted(rows_by_day.items())]
    pages = [{"data": days[:8], "has_more": True, "next_page": "page_bHVtZW4tMg=="}, {"data": days[8:], "has_more": False, "next_page": None}]
    return "".join(json.dumps(page, indent=2) + "\n" for page in pages)


def usage_report(calls):
    sums = defaultdict(lambda: [0] * 6)
    for call in billed_runs(calls):
        key = call.at - call.at % DAY, call.answered_by, workspace(call), call.tier
        counts = call.input, call.write_5m, call.write_1h, call.read, call.output, call.searches
        sums[key] = [a + b for a, b in zip(sums[key], counts)]
    days = defaultdict(list)
    for (day, model, space, tier), (fresh, write_5m, write_1h, read, output, searches) in sorted(sums.items()):
        days[day].append({
            "uncached_input_tokens": fresh, "cache_creation": {"ephemeral_1h_input_tokens": write_1h, "ephemeral_5m_input_tokens": write_5m},
            "cache_read_input_tokens": read, "output_tokens": output, "server_tool_use": {"web_search_requests": searches}, "account_id": None,
            "api_key_id": None, "context_window": None, "inference_geo": None, "model": model, "service_account_id": None,
            "service_tier": tier, "workspace_id": space})
    return report_pages(days)


KINDS = [("uncached_input_tokens", "Input Tokens"), ("output_tokens", "Output Tokens"),
         ("cache_creation.ephemeral_5m_input_tokens", "Input Tokens, Cache Write 5m"),
         ("cache_creation.ephemeral_1h_input_tokens", "Input Tokens, Cache Write 1h"), ("cache_read_input_tokens", "Input Tokens, Cache Hit")]


def cost_lines(call):
    """What one run of a model adds to which lines of the bill, in picodollars."""
    day, space = call.at - call.at % DAY, workspace(call)
    if call.searches:
        yield (day, space, "Web Search Usage", "web_search", "", "", "", "", ""), call.searches * 10_000_000_000
    free = call.empty and call.category not in ("bio", "frontier_llm", "reasoning_extraction")
    if free or call.model not in PRICES:
        return
    long_prompt = call.model == HAIKU_5_5 and call.input + call.write_5m + call.write_1h + call.read > 100_000
    name = " ".join(word.title() for word in call.model.split("-")[:2]) + " " + ".".join(call.model.split("-")[2:])
    batch, us = call.tier == "batch", call.geo == "us"
    suffix = (", Batch" if batch else "") + (", US" if us else "")
    counts = call.input, call.output, call.write_5m, call.write_1h, call.read
    for (kind, label), count, rate in zip(KINDS, counts, PRICES[call.model]):
        amount = count * rate * (5 if long_prompt else 1) * (11 if us else 10) * (1 if batch else 2) // 20
        if amount:
            yield (day, space, f"{name} Usage - {label}{suffix}", "tokens", kind, call.answered_by, call.tier, "0-200k", call.geo), amount


def cost_report(calls):
    sums = defaultdict(int)
    for call in billed_runs(calls):
        for line, amount in cost_lines(call):
            sums[line] += amount
    sums[at(12), ENGINEERING, "Code Execution Usage", "code_execution", "", "", "", "", ""] = 41_250_000_000  # no log sees this
    days = defaultdict(list)
    for (day, space, description, cost_type, *details), amount in sorted(sums.items()):
        kind, model, tier, window, geo = (detail or None for detail in details)
        days[day].append({"amount": f"{(Decimal(amount) / 10**10).normalize():f}", "currency": "USD", "cost_type": cost_type,
                          "token_type": kind, "description": description, "model": model, "service_tier": tier,
                          "context_window": window, "inference_geo": geo, "workspace_id": space})
    return report_pages(days)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)

    def write(name, text):
        (folder / name).write_bytes(text.encode())

    calls, data_team = tell(), list(tell_data_team())
    write("app-calls.jsonl", "".join(json_line(flat(c)) for c in calls))
    write("calls.csv", spreadsheet(calls))
    write("llm_call.tsv", "".join(table_row(n, c) for n, c in enumerate(calls, 1)))
    write("messages.jsonl", "".join(json_line(sdk_dump(c)) for c in [c for c in calls if c.ok][20::50]))
    write("tracker.jsonl", "".join(json_line(tracker_row(c)) for c in data_team))
    write("admin-usage-report.json", usage_report(calls + data_team))
    write("admin-cost-report.json", cost_report(calls + data_team))
    with open(folder / "wrapped-responses.jsonl.gz", "wb") as file:
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
            packed.write("".join(json_line(wrapped(c)) for c in calls).encode())
    print(f"{len(calls)} calls of the story, {len(data_team)} of the data team, in {folder}")


if __name__ == "__main__":
    main()
