"""What goes well at Lumen Desk: who calls what, when, how often and how large; see generate.py."""
import hashlib
import random
from dataclasses import dataclass, replace
from datetime import datetime, timezone

MINUTE = 60_000
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE


def at(month, day, hour=0, minute=0, second=0):
    """An instant of 2026 in UTC milliseconds."""
    return int(datetime(2026, month, day, hour, minute, second, tzinfo=timezone.utc).timestamp()) * 1000


FIRST, END = at(7, 1), at(8, 15)
DEPLOYS = [(FIRST, "5b21e0c4"), (at(7, 7, 9, 40), "91d7a3f0"), (at(7, 14, 11, 5), "2fa96d17"), (at(7, 20, 9, 15), "74c0be83"),
           (at(7, 29, 9, 35), "0d9b72c6"), (at(8, 4, 10, 10), "a4187efd"), (at(8, 10, 9, 25), "38cd06b5")]

HAIKU, SONNET_4_6, SONNET_5 = "claude-haiku-4-5", "claude-sonnet-4-6", "claude-sonnet-5"
OPUS, PREVIEW = "claude-opus-4-8", "claude-opus-6-preview"
PRODUCT, ENGINEERING = "wrkspc_01LumenProduct", "wrkspc_01LumenEngineering"

# Shares of the customers' calls, and since when.
TENANTS = [("alder-bank", 4, FIRST), ("brisk-parcel", 5, FIRST), ("cobalt-air", 6, FIRST), ("dune-hotels", 4, FIRST),
           ("ember-energy", 4, FIRST), ("fern-market", 4, at(7, 13))]

# Everybody but Alder Bank, whose calls must stay in the US: the models that serve it say where they ran.
AT_HOME_ANYWHERE = ["brisk-parcel", "cobalt-air", "dune-hotels", "ember-energy"]


def digest(*words, length=12):
    return hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()[:length]


def chance_of(*words):
    """A source of chance of its own, so that one feature never disturbs another."""
    return random.Random(int(digest(*words, length=16), 16))


def between(chance, span):
    return chance.randint(*span)


def is_weekend(when):
    return (when // DAY + 3) % 7 >= 5


def growth(when):
    """One per cent a day."""
    return 1.01 ** ((when - FIRST) / DAY)


@dataclass
class Call:
    at: int
    feature: str
    model: str
    tenant: str = "lumen-desk"
    prefix: int = 0         # tokens of the part worth caching
    prefix_name: str = ""   # calls of one name share it
    ttl: str = None         # "5m", "1h" or not cached
    fresh: int = 0
    output: int = 0
    max_tokens: int = 2048
    session: str = None
    user: str = None
    agent: str = None
    tool: str = None
    prompt: str = None      # its hash, where it is not a prompt of its own
    tier: str = "standard"
    stop: str = "end_turn"
    outcome: str = None
    status: int = 200
    attempt: int = 1
    wait: int = 0           # what refused attempts before this one took
    is_partial: bool = False  # an error after the answer had begun: the tokens are billed
    compaction: tuple = None  # hidden input and output tokens
    geo: str = None
    fault: str = None       # which fault's file it stands in
    name: str = ""          # makes its ids
    read: int = 0
    write: int = 0

    @property
    def operation(self):
        """What all attempts of a call have in common."""
        return self.name.split(".")[0]

    @property
    def is_refused(self):
        """Turned away, or given up on, before a token was used."""
        return self.status >= 400 and not self.is_partial

    @property
    def deploy(self):
        return [sha for since, sha in DEPLOYS if since <= self.at][-1]


# ---------------------------------------------------------------- when calls come

DAYTIME = [4, 4, 4, 4, 4, 6, 30, 80, 100, 100, 100, 100, 90, 100, 100, 100, 100, 90, 70, 55, 40, 25, 12, 4]
OFFICE = [0] * 8 + [10, 12, 12, 12, 8, 11, 12, 12, 8, 3] + [0] * 6


def days():
    return range(FIRST, END, DAY)


def moments(chance, a_day, hours=DAYTIME, weekend=0.25, grows=True):
    """Evenly spread by the hours' weights, with some jitter."""
    for day in days():
        expected = a_day * (weekend if is_weekend(day) else 1) * (growth(day) if grows else 1)
        count = int(expected + chance.random())
        for n in range(count):
            left, hour = (n + 0.15 + 0.7 * chance.random()) / count * sum(hours), 0
            while left > hours[hour]:
                left, hour = left - hours[hour], hour + 1
            yield day + int((hour + left / hours[hour]) * HOUR)


def tenants_at(chance, moments):
    """Deals the tenants out by their shares: as even as a shuffled deck of cards."""
    deck = []
    for when in moments:
        if not deck:
            deck = [name for name, share, since in TENANTS if since <= when for _ in range(share)]
            chance.shuffle(deck)
        yield when, deck.pop()


def session(chance, start, feature, model, turns, gap, prefix, fresh, output, *, shared=None, grows=True, **more):
    """Calls one after the other that share a prefix; a conversation's prefix grows by each turn."""
    name = f"s-{digest(feature, start, length=8)}"
    when, said = start, 0
    for turn in range(turns):
        call = Call(when, feature, model, prefix=prefix + said, prefix_name=shared or name, fresh=between(chance, fresh),
                    output=between(chance, output), session=name, ttl="5m")
        yield replace(call, **more)
        if grows:
            said += call.fresh + call.output
        when += between(chance, gap) + call.output * 10


# ---------------------------------------------------------------- what goes well


def support_chat():
    chance = chance_of("support-chat")
    for start, tenant in tenants_at(chance, moments(chance, 5.5, weekend=0)):
        yield from session(chance, start, "support-chat", OPUS, between(chance, (4, 7)), (40_000, 130_000), 18_000, (400, 1_200),
                           (350, 900), tenant=tenant, user=f"u-{between(chance, (100, 180))}")


def search_answers():
    chance = chance_of("search-answers")
    for start, tenant in tenants_at(chance, moments(chance, 30, weekend=0.15)):
        yield Call(start, "search-answers", OPUS, tenant, 14_000, "search", "1h", between(chance, (10_000, 14_000)),
                   between(chance, (1_100, 1_600)), user=f"u-{between(chance, (100, 180))}")


def triage():
    """An inbox that is looked at every half hour, night and weekend included: the quiet hum below everything."""
    chance = chance_of("triage")
    for when in range(FIRST + 20 * MINUTE, END, 30 * MINUTE):
        much = 0.6 if is_weekend(when) else 1
        yield Call(when + between(chance, (0, 20_000)), "triage", SONNET_4_6, "lumen-desk", 10_000, "triage", "1h",
                   int(between(chance, (10_000, 13_000)) * much), int(between(chance, (1_300, 1_600)) * much))


def code_review():
    chance = chance_of("code-review")
    for start in moments(chance, 2.6, OFFICE, weekend=0):
        yield from session(chance, start, "code-review", OPUS, between(chance, (6, 9)), (20_000, 70_000), 14_000, (700, 1_900), (400, 900),
                           agent="reviewer", outcome="succeeded", tool="own")


def nightly_digest():
    """Honest batch work: one prompt hundreds of times, 120 times within minutes every Monday."""
    chance = chance_of("nightly-digest")
    for day in days():
        runs = [(day + 2 * HOUR + 10 * MINUTE, 6)] + ([(day + 7 * HOUR + 5 * MINUTE, 120)] if (day // DAY + 3) % 7 == 0 else [])
        for start, count in runs:
            for n in range(count):
                tenant = AT_HOME_ANYWHERE[n % 4]
                yield Call(start + n * 1_900 + between(chance, (0, 900)), "nightly-digest", HAIKU, tenant, 5_200, "digest", "5m",
                           between(chance, (900, 1_400)), between(chance, (150, 260)), 512, prompt=digest("nightly-digest"), tier="batch")


def queue(feature, model, a_day, count, prefix, fresh, output, **more):
    """A run through a queue, some times a working day: the first call fills the cache that all share."""
    chance = chance_of(feature)
    for start, tenant in tenants_at(chance, moments(chance, a_day, OFFICE, weekend=0, grows=False)):
        yield from session(chance, start, feature, model, count, (4_000, 20_000), prefix, fresh, output,
                           **{"shared": feature, "grows": False, "tenant": tenant} | more)


def order_lookup():
    yield from queue("order-lookup", SONNET_5, 1, 5, 3_500, (400, 700), (80, 160), shared=None, tenant="dune-hotels",
                     agent="order-agent", max_tokens=400, tool="own")


WELL = [support_chat, search_answers, triage, code_review, nightly_digest, order_lookup]
