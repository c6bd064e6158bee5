"""What goes wrong at Lumen Desk, and what the same calls are where it does not; see generate.py."""
from company import *

LONG_ANSWERS, CREEP_STARTS, CACHE_BREAKS, STORM_DEPLOY = (DEPLOYS[n][0] for n in (2, 3, 4, 5))

# ---------------------------------------------------------------- what goes wrong, feature by feature


def draft_reply(faulty):
    """Input creep: from 20 July on each day's prompts carry a little more of the ticket's history, +60 % after six days."""
    for call in queue("draft-reply", SONNET_5, 7, 3, 5_000, (1_700, 2_300), (200, 320), shared=None, max_tokens=800):
        if call.at >= CREEP_STARTS:
            call.fault = "input-creep"
            if faulty:
                days_since = (call.at - CREEP_STARTS) // DAY + 1
                call.fresh += 4_200 * min(days_since, 6) // 6
        yield call


def summarise(faulty):
    """Broken cache: since the deploy of 29 July no request marks its prefix."""
    for call in queue("summarise", SONNET_5, 3, 5, 14_000, (800, 1_200), (220, 360), max_tokens=600):
        if call.at >= CACHE_BREAKS:
            call.fault = "broken-cache"
            if faulty:
                call.ttl = None
        yield call


def translate(faulty):
    """Writes that nobody reads: the time of day stands in front of the prefix."""
    for n, call in enumerate(queue("translate", SONNET_4_6, 1, 6, 8_000, (300, 600), (250, 450), max_tokens=800)):
        yield replace(call, fault="unread-writes", prefix_name=f"translate {n}" if faulty else "translate")


def knowledge_sync(faulty):
    """Too short a time to live: two calls every 20 to 40 minutes, and the cache forgets after five."""
    chance = chance_of("knowledge-sync")
    for day in days():
        when = day + 8 * HOUR
        while not is_weekend(day) and when < day + 12 * HOUR:
            for n in range(2):
                yield Call(when + n * between(chance, (6_000, 15_000)), "knowledge-sync", HAIKU, "lumen-desk", 26_000, "knowledge",
                           "5m" if faulty else "1h", between(chance, (500, 800)), between(chance, (90, 160)), 400, fault="short-ttl")
            when += between(chance, (20 * MINUTE, 40 * MINUTE))


def answer_email(faulty):
    """A bad deploy: since 14 July answers are four times as long, and calls cost 80 % more."""
    for call in queue("answer-email", SONNET_4_6, 5, 3, 8_000, (600, 800), (300, 400), shared=None, max_tokens=1_024):
        if call.at >= LONG_ANSWERS:
            call.fault = "bad-deploy"
            if faulty:
                call.output, call.max_tokens = call.output * 4 - 34, 2_048
        yield call


def agent_desk(faulty):
    """Tool recursion: in four sessions every tool's result stays in the prompt, which grows tenfold."""
    chance = chance_of("agent-desk")
    bad = {at(7, 8), at(7, 16), at(7, 27), at(8, 6)}
    for start in moments(chance, 1, OFFICE, weekend=0, grows=False):
        for call in session(chance, start, "agent-desk", SONNET_5, 8, (8_000, 20_000), 3_000, (1_000, 2_000), (120, 240),
                            grows=False, shared=None, tenant="ember-energy", agent="ticket-agent", max_tokens=600, tool="own"):
            yield call
        if start // DAY * DAY in bad:
            bad.remove(start // DAY * DAY)
            turns = session(chance, start + 30 * MINUTE, "agent-desk", SONNET_5, 16, (8_000, 20_000), 3_000, (1_000, 1_400), (120, 240),
                            grows=False, shared=None, tenant="ember-energy", agent="ticket-agent", max_tokens=600, tool="own")
            for turn, call in enumerate(turns):
                yield replace(call, fault="tool-recursion", fresh=call.fresh + 2_500 * turn if faulty else call.fresh)


def refunds(faulty):
    """An agent that seldom succeeds: two thirds of its sessions fail, where one in twelve is usual."""
    chance = chance_of("refunds")
    for n, start in enumerate(moments(chance, 1, OFFICE, weekend=0, grows=False)):
        is_failure = n % 3 != 1 if faulty else n % 12 == 5
        yield from session(chance, start, "refunds", SONNET_5, 6, (8_000, 20_000), 4_000, (500, 900), (120, 240), grows=False,
                           tenant="dune-hotels", agent="refund-agent", max_tokens=600, tool="own",
                           outcome="errored" if is_failure else "succeeded", fault="low-success")


def tagging(faulty):
    """Far too much head-room: 32,000 tokens allowed, forty needed."""
    yield from queue("tagging", HAIKU, 1, 6, 4_500, (300, 500), (15, 40), tenant="lumen-desk", max_tokens=32_000 if faulty else 64, fault="headroom")


def release_notes(faulty):
    """Too little room: every answer above 800 tokens is cut."""
    for call in queue("release-notes", SONNET_5, 1, 5, 4_000, (600, 1_200), (500, 900), max_tokens=1_200, tenant="lumen-desk"):
        if faulty:
            call.max_tokens = 800
            if call.output >= 800:
                call.output, call.stop = 800, "max_tokens"
        yield replace(call, fault="truncation")


def sentiment(faulty):
    """A dear model for a cheap task: one word out of a few hundred."""
    yield from queue("sentiment", OPUS if faulty else HAIKU, 1, 8, 4_500, (250, 400), (5, 9), tenant="lumen-desk",
                     max_tokens=16, fault="dear-model")


def backfill_labels(faulty):
    """Work of the night that nobody waits for, at the price of the day."""
    chance = chance_of("backfill-labels")
    for day in days():
        start = day + HOUR + between(chance, (15, 25)) * MINUTE
        yield from session(chance, start, "backfill-labels", SONNET_4_6, 8, (3_000, 9_000), 5_000, (500, 800), (300, 500), grows=False,
                           shared="labels", max_tokens=800, tier="standard" if faulty else "batch", fault="no-batch")


def voice_notes(faulty):
    """A source that falls silent: nothing after 11 August."""
    chance = chance_of("voice-notes")
    for day in days():
        start = day + 9 * HOUR + between(chance, (0, 300)) * MINUTE
        for call in session(chance, start, "voice-notes", HAIKU, 4, (10_000, 30_000), 5_000, (400, 900), (100, 200), grows=False,
                            tenant="cobalt-air", max_tokens=400):
            if not faulty or call.at < at(8, 12):
                yield replace(call, fault="silent-source")


def code_migration(faulty):
    """A session that nobody ended: fourteen calls a day for a working week, above five dollars."""
    chance = chance_of("code-migration")
    if faulty:
        for day in range(at(7, 27), at(8, 1), DAY):
            for start in (day + 9 * HOUR + 12 * MINUTE, day + 13 * HOUR + 40 * MINUTE):
                for call in session(chance, start, "code-migration", OPUS, 7, (60_000, 150_000), 20_000, (900, 1_800), (1_800, 2_400), grows=False,
                                    agent="migrator", max_tokens=4_096, tool="own", shared="migration"):
                    yield replace(call, session="s-migration", fault="runaway-session", ttl="5m")


# ---------------------------------------------------------------- what goes wrong, moment by moment


def retry_storm(faulty):
    """25 minutes after a deploy a chat gives up after a second and a half, and asks again, and again."""
    chance = chance_of("retry-storm")
    when = STORM_DEPLOY + 25 * MINUTE
    for n in range(130 if faulty else 0):
        failed = n % 16 == 9
        yield Call(when, "support-chat", OPUS, "cobalt-air", 4_400, "storm", "5m", 300, 0 if failed else between(chance, (40, 60)),
                   session="s-c0ba17a1", user="u-141", prompt=digest("storm"), status=408 if failed else 200, fault="retry-storm")
        when += between(chance, (1_780, 1_900))


def tool_storm(faulty):
    """An agent asks the same tool the same thing, in ever other words."""
    chance = chance_of("tool-storm")
    when = at(8, 13, 14, 20)
    for _ in range(140 if faulty else 0):
        yield Call(when, "order-lookup", SONNET_5, "dune-hotels", 3_500, "tool storm", "5m", between(chance, (900, 1_300)), between(chance, (60, 90)),
                   400, "s-0d1e0e75", agent="order-agent", tool=digest("get_order", 4711), fault="tool-storm")
        when += between(chance, (1_850, 1_950))


def night_spike(faulty):
    """Five times a night's usual spend, or more, for two hours, spread over prompts and sessions."""
    chance = chance_of("night-spike")
    for n in range(20 if faulty else 0):
        yield Call(at(8, 6, 3, 2) + n * 340_000 + between(chance, (0, 240_000)), "search-answers", OPUS, "fern-market", 14_000,
                   "search fern", "1h", between(chance, (10_000, 14_000)), between(chance, (1_100, 1_600)), user=f"u-{between(chance, (100, 180))}",
                   fault="night-spike")


def tenant_growth(faulty):
    """In the last seven days Brisk Parcel sends more than twice what it sent before."""
    chance = chance_of("tenant-growth")
    if faulty:
        for when in moments(chance, 20, OFFICE, weekend=0, grows=False):
            if when >= at(8, 8):
                yield Call(when, "search-answers", OPUS, "brisk-parcel", 14_000, "search brisk", "1h", between(chance, (10_000, 14_000)),
                           between(chance, (1_100, 1_600)), user=f"u-{between(chance, (200, 280))}", fault="tenant-growth")


def strike_single_calls(calls, faults):
    """Faults that strike calls which are otherwise as ever: each is told on which, and on which only."""

    def pick(fault, condition):
        chosen = [call for call in calls if call.fault is None and condition(call)]
        for call in chosen:
            call.fault = fault
        return chosen if fault in faults else []

    def on(month, day, hour=0, hours=24):
        return lambda call: at(month, day, hour) <= call.at < at(month, day, hour) + hours * HOUR

    july_8, july_16, july_17, episode = on(7, 8, 8, 10), on(7, 16), on(7, 17, 12, 5), on(8, 11, 13, 3)
    for call in pick("missing-labels", lambda c: c.feature == "search-answers" and july_8(c)):
        call.tenant = call.feature = None
    for call in pick("residency", lambda c: c.tenant == "alder-bank" and c.feature == "search-answers" and july_16(c)):
        call.geo = "global"
    for call in pick("unpriced", lambda c: c.feature == "search-answers" and july_17(c)):
        call.model = PREVIEW
    late = lambda c: c.at >= at(7, 27) and c.at < at(8, 1) and c.tenant == "dune-hotels" and c.feature == "support-chat"
    for call in pick("billed-errors", late):
        call.status, call.is_partial, call.stop = 499, True, None
    reviews = {}
    for call in calls:
        if call.feature == "code-review" and at(7, 21) <= call.at < at(7, 25):
            reviews.setdefault(call.session, []).append(call)
    compacted = {id(turns[4]) for turns in list(reviews.values())[:5]}
    refused = [c for c in calls if c.feature == "support-chat" and c.tenant == "cobalt-air" and on(8, 3)(c)][1:4]
    for call in pick("hidden-costs", lambda c: id(c) in compacted or any(c is r for r in refused)):
        if id(call) in compacted:
            call.compaction = (58_000 + call.fresh, 1_900 + call.output)
        else:
            call.stop = "refusal"
            call.output = 60 + call.output // 5
    hit = pick("rate-limited", lambda c: c.feature == "search-answers" and episode(c))
    refusals = []
    for n, call in enumerate(hit):
        for attempt in range(1, [3, 2, 2, 1][n % 4]):
            refusals.append(refused_attempt(call, attempt, 429, 2_000 * 2 ** attempt))
    honest = [("search-answers", at(7, 7), 429), ("support-chat", at(7, 22), 529), ("triage", at(8, 5), 529)]
    for feature, since, status in honest:
        call = next(c for c in calls if c.feature == feature and c.fault is None and c.at >= since)
        refusals.append(refused_attempt(call, 1, status, 3_000))
    return calls + refusals


def refused_attempt(call, attempt, status, wait):
    """An attempt that was turned away before the one that went through, which comes later for it."""
    turned_away = replace(call, at=call.at + call.wait, attempt=attempt, status=status, name=f"{call.name}.{attempt}", wait=0)
    call.wait += 180 + 13 * attempt + wait
    call.attempt = attempt + 1
    return turned_away


# Which fault changes what which teller tells.
FAULT_OF = {draft_reply: "input-creep", summarise: "broken-cache", translate: "unread-writes", knowledge_sync: "short-ttl",
            answer_email: "bad-deploy", agent_desk: "tool-recursion", refunds: "low-success", tagging: "headroom",
            release_notes: "truncation", sentiment: "dear-model", backfill_labels: "no-batch", voice_notes: "silent-source",
            code_migration: "runaway-session", retry_storm: "retry-storm", tool_storm: "tool-storm", night_spike: "night-spike",
            tenant_growth: "tenant-growth"}

# Those that strike single calls of what goes well.
SINGLE = ["missing-labels", "residency", "unpriced", "billed-errors", "hidden-costs", "rate-limited"]
FAULTS = [*FAULT_OF.values(), *SINGLE]
