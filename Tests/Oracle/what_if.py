#!/usr/bin/env python3
"""Planted calls, and what hypotheses make of them: written a second time, in fractions, on `pricing_oracle`.

    what_if.py --prices ../../Sources/UsageLog/Prices/prices.csv CALLS.jsonl.gz EXPECTED.json

The log is the help desk's three days: conversations with growing caches, triage without sessions, a digest with hour-long
entries, calls that never used a cache, errors, a model without a price. Shares of calls are not asked here: which calls are
drawn depends on hashed ids.
"""
import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from datetime import datetime, timezone
from fractions import Fraction

from pricing_oracle import Prices, Unpriced

START = 1_793_491_200_000  # 2026-11-01
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
TENANTS = ["alder-bank", "brisk-parcel", "cobalt-air", "dune-hotels"]
SHORTEST = {"claude-haiku-4-5-20251001": 4096, "claude-haiku-4-5": 4096, "claude-sonnet-4-6": 1024, "claude-sonnet-5-5": 512, "claude-opus-5-5": 512, "gpt-4o": 1024}
NEW_TOKENS = {"claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-5-5"}


class Log:
    def __init__(self, seed):
        self.dice, self.calls, self.times = random.Random(seed), [], set()

    def between(self, low, high):
        return low + int(self.dice.random() * (high - low + 1))

    def add(self, at, **fields):
        while at in self.times:
            at += 1
        self.times.add(at)
        call = {"occurred_at": at, "request_id": f"req_{len(self.calls):05}", "tenant_id": TENANTS[self.between(0, 3)],
                "cache_create_tokens": 0, "cache_create_1h_tokens": 0, "cache_read_tokens": 0, "status_code": 200}
        self.calls.append(call | fields)

    def conversations(self):
        for number in range(60):
            at, cached = START + self.between(0, 3 * DAY), 0
            model = ["claude-sonnet-5-5", "claude-opus-5-5", "claude-sonnet-4-6"][number % 3]
            extra = {"inference_geo": "us"} if number % 7 == 0 else {"speed": "fast"} if number % 11 == 1 and number % 3 == 1 else {}
            for turn in range(self.between(2, 9)):
                grown = 8000 if turn == 0 else self.between(300, 1500)
                is_hit = cached > 0 or self.between(0, 1) == 1
                read = cached if turn else (8000 if is_hit else 0)
                if turn and self.between(0, 9) == 0:
                    read, grown = 0, cached + grown
                write = 0 if turn == 0 and read else grown
                self.add(at, feature="support-chat", model=model, session_id=f"s-{number}", prompt_hash=f"{number:08x}{turn:08x}",
                         input_tokens=self.between(50, 900), cache_create_tokens=write, cache_read_tokens=read,
                         output_tokens=self.between(100, 1400), **extra)
                cached = read + write
                at += self.between(20_000, 400_000)

    def triage(self):
        for number in range(160):
            read = 5000 if self.between(0, 3) else 0
            self.add(START + self.between(0, 3 * DAY), feature="triage", model="claude-haiku-4-5", prefix_hash="triage-rules",
                     prompt_hash=f"{number + 5000:016x}", input_tokens=self.between(80, 700), cache_create_tokens=5000 - read,
                     cache_read_tokens=read, output_tokens=self.between(5, 60))

    def digest(self):
        for day in range(3):
            for number in range(25):
                first = number == 0
                self.add(START + day * DAY + number * 3 * MINUTE, feature="nightly-digest", model="claude-sonnet-4-6", prompt_hash=f"{day:016x}",
                         input_tokens=self.between(500, 2500), cache_create_tokens=6000 if first else 0,
                         cache_create_1h_tokens=6000 if first else 0, cache_read_tokens=0 if first else 6000,
                         output_tokens=self.between(300, 900), **({"service_tier": "batch"} if day == 1 else {}))

    def uncached(self):
        for number in range(90):
            self.add(START + self.between(0, 3 * DAY), feature="search-answers", model="claude-sonnet-5-5", prompt_hash=f"{number % 40 + 9000:016x}",
                     input_tokens=3000 + 100 * (number % 40) + self.between(0, 50), output_tokens=self.between(100, 3000),
                     **({"web_search_requests": 2} if number % 9 == 0 else {}))
        for number in range(12):
            self.add(START + self.between(0, 3 * DAY), feature="code-review", model="claude-haiku-5-5", input_tokens=95_000 + 1000 * number,
                     output_tokens=800)

    def odd(self):
        for number in range(20):
            at = START + self.between(0, 3 * DAY)
            self.add(at, feature="summarise", model="claude-opus-6-preview", input_tokens=900, output_tokens=90)
            self.add(at + 7, feature="summarise", model="claude-sonnet-5-5", input_tokens=0, output_tokens=0, status_code=429)
            self.add(at + 9, feature="summarise", model="claude-sonnet-5-5", input_tokens=1200 + number, output_tokens=number, status_code=529)
            self.add(at + 11, feature="summarise", model="us.anthropic.claude-sonnet-4-6", channel="bedrock", input_tokens=2000,
                     output_tokens=120, cache_read_tokens=4000)


class Total:
    def __init__(self, scenarios):
        self.as_it_was, self.calls, self.affected, self.tokens, self.nanos = 0, 0, 0, 0, 0
        self.scenarios = [0] * scenarios


class Hypotheses:
    def __init__(self, prices, calls):
        self.prices = prices
        self.snapshots = {row["model"]: row["alias_of"] for row in prices.rows if row["provider"] == "anthropic" and row["alias_of"]}
        self.calls = sorted(calls, key=lambda call: call["occurred_at"])

    def run(self, revise, scenarios=1):
        """`revise` returns None, or what the call becomes: a list of usages, and calls beside it with the name of their effect."""
        totals, effects = defaultdict(lambda: Total(scenarios)), Counter()
        for call in self.calls:
            total, was = totals[call["feature"]], self.prices.nanos(call)
            total.calls += 1
            total.as_it_was += was or 0
            after = [was or 0] * scenarios
            if was:
                try:
                    revised = revise(call)
                    if revised:
                        becomes, beside, cheaper = revised
                        after = [self.price(one) for one in becomes]
                        for effect, one in cheaper:
                            effects[effect] += after[0] - self.price(one)
                        for effect, one in beside:
                            after = [amount + self.price(one) for amount in after]
                            effects[effect] += self.price(one)
                        total.affected += 1
                        total.tokens += prompt(call) + call["output_tokens"]
                        total.nanos += was
                except Unpriced:
                    pass
            total.scenarios = [a + b for a, b in zip(total.scenarios, after)]
        return {"groups": {name: vars(total) for name, total in totals.items()}, "effects": dict(effects)}

    def price(self, call):
        return round(self.prices.dollars(call) * 10**9)

    # -- One by one ---------------------------------------------------------------------------------------

    def moved(self, call, target, seen, factor=Fraction(1)):
        """Where nothing is warm yet, the first call of a prefix writes what it read."""
        self.prices.row(target)  # no price, no move
        key = prefix(call)
        state = seen.setdefault(key, {"used": False, "hour": False})
        if cached(call):
            state["hour"] |= bool(call["cache_create_1h_tokens"])
            missed = 0 if state["used"] else call["cache_read_tokens"]
            state["used"] = True
        else:
            missed = 0
        cold = {"cache_read_tokens": call["cache_read_tokens"] - missed,
                "cache_create_tokens": call["cache_create_tokens"] + missed,
                "cache_create_1h_tokens": call["cache_create_1h_tokens"] + (missed if state["hour"] else 0)}
        fitted, warm = self.fit(target | cold, factor), self.fit(dict(target), factor)
        return [fitted], [], [("cold", warm)] if fitted != warm else []

    def fit(self, call, factor):
        short = call["cache_create_tokens"] - call["cache_create_1h_tokens"]
        hour = round(call["cache_create_1h_tokens"] * factor)
        call |= {"input_tokens": round(call["input_tokens"] * factor), "cache_create_tokens": round(short * factor) + hour,
                 "cache_create_1h_tokens": hour, "cache_read_tokens": round(call["cache_read_tokens"] * factor),
                 "output_tokens": round(call["output_tokens"] * factor)}
        row, shortest = self.prices.row(call), SHORTEST.get(call["model"].split("anthropic.")[-1])
        if shortest and 0 < cached(call) < shortest:
            uncache(call)
        if not row["cache_write_1h"]:
            call["cache_create_1h_tokens"] = 0
        if not row["cache_write_5m"]:
            call["input_tokens"] += call["cache_create_tokens"] - call["cache_create_1h_tokens"]
            call["cache_create_tokens"] = call["cache_create_1h_tokens"]
        return call

    def route(self, sources, to, router=None):
        seen = {}

        def revise(call):
            model = call["model"].split("anthropic.")[-1]
            if model not in sources:
                return None
            target = call | {"model": to}
            if call["model"].startswith("us."):
                target |= {"region": "us"}
            if call.get("inference_geo") == "us" and not self.prices.has_us_residency(self.prices.row(target)):
                return None
            factor = Fraction(1)
            if to.startswith("claude") and (model in NEW_TOKENS) != (to in NEW_TOKENS):
                factor = Fraction(13, 10) if to in NEW_TOKENS else Fraction(10, 13)
            usages, beside, cheaper = self.moved(call, target, seen, factor)
            if router:
                question = {key: target.get(key) for key in ("occurred_at", "channel", "region", "inference_geo", "service_tier")}
                beside = [("added", question | router)]
            return usages, beside, cheaper

        return self.run(revise)

    def channel(self, channel, region):
        seen = {}

        def revise(call):
            if call.get("channel") == channel:
                return None  # under its id for the US
            target = call | {"model": call["model"].split("anthropic.")[-1], "channel": channel, "region": region}
            target.pop("inference_geo", None)
            try:
                self.prices.dated_rows(target)
            except Unpriced:  # clouds know the snapshot, the log named the maker's alias
                target["model"] = self.snapshots.get(target["model"], target["model"])
            return self.moved(call, target, seen)

        return self.run(revise)

    def batch(self, features):
        def revise(call):
            if call["feature"] not in features or call.get("service_tier") == "batch":
                return None
            target = call | {"service_tier": "batch"}
            target.pop("speed", None)
            missed = target | {"cache_read_tokens": 0, "cache_create_tokens": call["cache_create_tokens"] + call["cache_read_tokens"]}
            return [target, missed], [], []

        return self.run(revise, 2)

    def trim(self, tokens=None, share=None):
        def revise(call):
            whole = prompt(call)
            cut = min(tokens if tokens is not None else int(whole * share), whole)
            short = call["cache_create_tokens"] - call["cache_create_1h_tokens"]
            classes = [call["cache_read_tokens"], call["cache_create_1h_tokens"], short, call["input_tokens"]]
            edges = [int(Fraction(cut * sum(classes[:place]), whole)) for place in range(5)]
            read, hour, short, fresh = (count - (high - low) for count, low, high in zip(classes, edges, edges[1:]))
            if cut == 0 or [read, hour, short, fresh] == classes:
                return None
            trimmed = call | {"input_tokens": fresh, "cache_read_tokens": read, "cache_create_1h_tokens": hour, "cache_create_tokens": hour + short}
            shortest = SHORTEST.get(call["model"].split("anthropic.")[-1])
            if shortest and cached(call) >= shortest > cached(trimmed):
                uncache(trimmed)
            return [trimmed], [], []

        return self.run(revise)

    def cap(self, most=None, percent=None):
        outputs = defaultdict(list)
        for call in self.calls:
            if self.prices.nanos(call) and call["output_tokens"]:
                outputs[call["feature"]].append(call["output_tokens"])

        def limit(feature):
            if most is not None:
                return most
            values = sorted(outputs[feature])
            return values[-(-len(values) * percent // 100) - 1] if values else 10**9

        return self.run(lambda call: ([call | {"output_tokens": limit(call["feature"])}], [], [])
                        if call["output_tokens"] > limit(call["feature"]) else None)

    def cache(self):
        """Every call's prefix under no cache, five minutes and an hour."""
        surveyed = defaultdict(list)
        for call in self.calls:
            if self.prices.nanos(call):
                surveyed[self.shared_by(call)].append(call)
        used, turns = {}, {}

        def revise(call):
            key = self.shared_by(call)
            group = surveyed[key]
            shared = min((one["cache_read_tokens"] for one in group if one["cache_read_tokens"]), default=None)
            part = cached(call)
            if key is None:
                return None
            if not part:
                part = min([prompt(one) for one in group if not cached(one)] + ([shared] if shared else [])) if len(group) > 1 else 0
                if part < SHORTEST.get(call["model"].split("anthropic.")[-1], 1):
                    return None
            row = self.prices.row(call)
            if not part or not row["cache_write_1h"]:
                return None
            turn = (call["session_id"], key) if call.get("session_id") else None
            splits = []
            for lifetime in (5 * MINUTE, HOUR):
                read = call["cache_read_tokens"]
                if key in used:
                    in_time = call["occurred_at"] - used[key] <= lifetime
                    had_hour = any(one["cache_create_1h_tokens"] for one in group)
                    if read:
                        read = read if in_time or lifetime == HOUR or not had_hour else 0
                    elif in_time:
                        warm = (shared or 0) if cached(call) else part
                        if turn in turns and call["occurred_at"] - turns[turn][0] <= lifetime:
                            warm = max(warm, turns[turn][1])
                        read = min(part, warm)
                splits.append(read)
            used[key] = call["occurred_at"]
            if turn:
                turns[turn] = (call["occurred_at"], part)
            plain = uncache(dict(call))
            rest = plain["input_tokens"] - part
            return [plain] + [plain | {"input_tokens": rest, "cache_read_tokens": read, "cache_create_tokens": part - read,
                                       "cache_create_1h_tokens": (part - read) * hour} for read, hour in zip(splits, (0, 1))], [], []

        return self.run(revise, 3)

    def shared_by(self, call):
        if call.get("prefix_hash") or cached(call):
            return prefix(call)
        return ("prompt", call["prompt_hash"]) + place(call) + (call["feature"],) if call.get("prompt_hash") else None

    def history(self, window=None, summary=None, every=None):
        threads = {}

        def revise(call):
            if not call.get("session_id"):
                return None
            key, whole = (call["session_id"], call["feature"]) + place(call), prompt(call)
            thread = threads.get(key)
            hour = bool(call["cache_create_1h_tokens"])
            if thread is None or whole < thread["prompts"][-1]:
                threads[key] = {"prompts": [whole], "dropped": 0, "cached": cached(call), "hour": hour}
                return None
            is_new = whole > thread["prompts"][-1]
            if is_new:
                thread["prompts"].append(whole)
            prompts = thread["prompts"]
            turn, grown = len(prompts), [b - a for a, b in zip(prompts, prompts[1:])]  # of turns 2, 3, …
            beside = []
            if window:
                kept = prompts[0] + sum(grown[-window:])
            else:
                done = (turn - 1) // every * every
                kept = prompts[0] + summary + sum(grown[done - 1:]) if done else whole
                if is_new and (turn - 1) % every == 0:
                    old = summary if turn - 1 > every else 0
                    block = sum(grown[max(0, turn - 2 - every):turn - 2]) if turn - 1 > every else sum(grown[:turn - 2])
                    beside = [("added", call | {"input_tokens": block + old, "output_tokens": summary, "cache_create_tokens": 0,
                                                "cache_create_1h_tokens": 0, "cache_read_tokens": 0})]
            dropped, has_moved = whole - kept, whole - kept != thread["dropped"]
            thread["dropped"] = dropped
            thread["hour"] |= hour
            becomes, cheaper = dict(call), []
            if dropped or has_moved:
                part = min(max(0, cached(call) - dropped), kept)

                def split(read):
                    read = min(read, part)
                    return call | {"input_tokens": kept - part, "cache_read_tokens": read, "cache_create_tokens": part - read,
                                   "cache_create_1h_tokens": (part - read) if thread["hour"] else 0}
                read = min(call["cache_read_tokens"], prompts[0] if has_moved else thread["cached"])
                becomes, whole_cache = split(read), split(max(read, call["cache_read_tokens"] - dropped))
                if becomes != whole_cache:
                    cheaper = [("moved", whole_cache)]
            thread["cached"] = cached(becomes)
            if all(becomes[name] == call[name] for name in becomes) and not beside:
                return None
            return [becomes], beside, cheaper

        return self.run(revise)


def prompt(call):
    return call["input_tokens"] + call["cache_create_tokens"] + call["cache_read_tokens"]


def cached(call):
    return call["cache_create_tokens"] + call["cache_read_tokens"]


def uncache(call):
    call |= {"input_tokens": prompt(call), "cache_create_tokens": 0, "cache_create_1h_tokens": 0, "cache_read_tokens": 0}
    return call


def place(call):
    return tuple(call.get(name) for name in ("model", "channel", "region", "workspace", "speed"))


def prefix(call):
    return ((call["prefix_hash"],) if call.get("prefix_hash") else (None, call["feature"])) + place(call)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prices", required=True)
    parser.add_argument("calls")
    parser.add_argument("expected")
    args = parser.parse_args()
    log = Log(20261101)
    for part in (log.conversations, log.triage, log.digest, log.uncached, log.odd):
        part()
    with open(args.calls, "wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
        for call in log.calls:
            at = datetime.fromtimestamp(call["occurred_at"] / 1000, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            packed.write((json.dumps(call | {"occurred_at": at}) + "\n").encode())
    asked = Hypotheses(Prices(args.prices), log.calls)
    haiku = {"model": "claude-haiku-4-5-20251001", "input_tokens": 100, "output_tokens": 10}
    answers = {
        "route sonnet-5-5 to haiku-4-5": asked.route({"claude-sonnet-5-5"}, "claude-haiku-4-5-20251001"),
        "route opus-5-5 to sonnet-5-5": asked.route({"claude-opus-5-5"}, "claude-sonnet-5-5"),
        "route opus-5-5 to sonnet-5-5 with a router": asked.route({"claude-opus-5-5"}, "claude-sonnet-5-5", haiku),
        "route sonnet-4-6 to opus-5-5": asked.route({"claude-sonnet-4-6"}, "claude-opus-5-5"),
        "route haiku-4-5 to haiku-5-5": asked.route({"claude-haiku-4-5", "claude-haiku-4-5-20251001"}, "claude-haiku-5-5"),
        "route sonnet-5-5 to gpt-4o": asked.route({"claude-sonnet-5-5"}, "gpt-4o"),
        "batch": asked.batch({"nightly-digest", "summarise", "support-chat"}),
        "cache": asked.cache(),
        "trim 700": asked.trim(700),
        "trim 12.5%": asked.trim(share=Fraction(125, 1000)),
        "cap 500": asked.cap(500),
        "cap p95": asked.cap(percent=95),
        "window 2": asked.history(window=2),
        "summary 250 every 3": asked.history(summary=250, every=3),
        "bedrock us": asked.channel("bedrock", "us"),
    }
    with open(args.expected, "w") as file:
        json.dump(answers, file, indent=1, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
