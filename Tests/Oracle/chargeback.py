#!/usr/bin/env python3
"""A second implementation of chargeback, in fractions.

    Tests/Oracle/chargeback.py > Tests/Oracle/chargeback.expected.json

Random calls of one made-up company, random rules, cards and rates; what each tenant costs and is charged.
"""
import calendar
import datetime
import json
import random
from fractions import Fraction as F

TENANTS = ["alder-bank", "brisk-parcel", "cobalt-air", "dune-hotels", "ember-energy", "fern-market"]
FEATURES = ["support-chat", "summarise", "triage", "nightly-digest", "code-review"]
MODELS = ["claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5"]
CLASSES = ["input", "output", "cache_read"]
CENT = 10_000_000


def half_even(x):
    return round(x)  # of a Fraction: half to even, exact


def shares(amount, weights):
    """Largest remainders; of equal ones the tenant whose name comes first."""
    whole = sum(weights.values())
    if whole == 0:
        return {}
    sign = -1 if amount < 0 else 1
    exact = {t: F(abs(amount)) * w / whole for t, w in weights.items()}
    given = {t: x.numerator // x.denominator for t, x in exact.items()}
    left = abs(amount) - sum(given.values())
    for t in sorted(exact, key=lambda t: (-(exact[t] - given[t]), t))[:left]:
        given[t] += 1
    return {t: sign * n for t, n in given.items()}


def factor(terms):
    kind, share = terms.get("plus", ("cost", 0))
    share = F(share, 1_000_000)
    return {"cost": F(1), "markup": 1 + share, "margin": 1 / (1 - share) if kind == "margin" else 0}[kind]


def terms_on(card, tenant, day):
    for terms in [card["tenants"].get(tenant), card["default"]]:
        holding = [t for t in terms or [] if t["from"] is None or t["from"] <= day]
        if holding:
            return max(holding, key=lambda t: t["from"] or "")
    return {"from": None, "minimum": 0}


def price(terms, item):
    rates = terms.get("rates", {})
    fitting = [k for k in rates if k == item["model"] or k in item["model"].split("-")]
    rate = rates[max(fitting, key=len)] if fitting else rates.get("all")
    if rate is None:
        return factor(terms) * item["nanos"]
    return sum(F(item[c] * rate[c], 1000) for c in CLASSES)


def chargeback(case):
    own, unallocated, pools = {}, 0, {}
    for item in case["items"]:
        for place, rule in enumerate(case["rules"]):
            if all((item[d] or "(none)") in values for d, values in rule["calls"].items()):
                key = (place, item["about"] or "")
                pools[key] = pools.get(key, 0) + item["nanos"]
                break
        else:
            if item["tenant"] is None:
                unallocated += item["nanos"]
            else:
                own.setdefault(item["tenant"], []).append(item)
    costs = {t: sum(i["nanos"] for i in items) for t, items in own.items()}
    lines = {}
    for tenant, items in own.items():
        for item in items:
            terms = terms_on(case["card"], tenant, item["day"])
            key = (item["about"], item["feature"], item["model"], json.dumps(terms, sort_keys=True))
            lines.setdefault(tenant, {}).setdefault(key, F(0))
            lines[tenant][key] += price(terms, item)
    kept = unallocated
    for (place, about), amount in sorted(pools.items()):
        rule = case["rules"][place]
        now = {t: [i for i in items if not i["about"]] for t, items in own.items()}
        measure = {
            "usage": lambda items: sum(i["nanos"] for i in items),
            "calls": lambda items: sum(i["calls"] for i in items),
            "tokens": lambda items: sum(i[c] for i in items for c in CLASSES),
            "equal": lambda items: 1,
        }
        weights = rule["weights"] or {t: measure[rule["by"]](i) for t, i in now.items() if i}
        spread = shares(amount, weights)
        kept += amount - sum(spread.values())
        for tenant, share in spread.items():
            costs[tenant] = costs.get(tenant, 0) + share
            terms = terms_on(case["card"], tenant, case["last"])
            if share:
                lines.setdefault(tenant, {})[(about or None, "pool", place, "")] = factor(terms) * share
    rate = F(case["fx"])
    tenants = {}
    for tenant in set(costs) | {t for t, terms in case["card"]["tenants"].items() if any(x["minimum"] for x in terms)}:
        def rounded(amounts):
            return (sum(half_even(x / CENT) * CENT for x in amounts),
                    sum(half_even(x * rate / CENT) * CENT for x in amounts))
        mine = lines.get(tenant, {})
        now = rounded([x for k, x in mine.items() if k[0] is None])
        then = rounded([x for k, x in mine.items() if k[0] is not None])
        minimum = F(0)
        for day in case["days"]:
            year, month, _ = map(int, day.split("-"))
            minimum += F(terms_on(case["card"], tenant, day)["minimum"], calendar.monthrange(year, month)[1])
        fee = rounded([minimum])
        if fee[0] > now[0]:
            now = (fee[0], max(now[1], fee[1]))
        tenants[tenant] = {"cost": costs.get(tenant, 0), "usd": now[0] + then[0], "local": now[1] + then[1]}
    return {"tenants": {t: x for t, x in sorted(tenants.items()) if mine_counts(case, t, lines, x)}, "kept": kept}


def mine_counts(case, tenant, lines, amounts):
    return bool(lines.get(tenant)) or amounts["usd"] != 0


def random_case(r):
    first = datetime.date(2026, r.randint(1, 12), r.randint(1, 28))
    days = [(first + datetime.timedelta(d)).isoformat() for d in range(r.choice([1, 7, 30, 31, 45]))]

    def terms(start):
        result = {"from": start, "minimum": r.choice([0, 0, r.randint(1, 10**11)])}
        result["plus"] = r.choice([("cost", 0), ("markup", r.randint(0, 2_000_000)), ("margin", r.randint(0, 900_000))])
        if r.random() < 0.3:
            names = r.sample(["sonnet", "claude-haiku-5-5", "all", "opus"], r.randint(1, 2))
            result["rates"] = {n: {c: r.randint(0, 30_000_000) for c in CLASSES} for n in names}
        return result

    def list_of_terms():
        return [terms(None)] + ([terms(r.choice(days))] if r.random() < 0.5 else [])

    items = []
    for _ in range(r.randint(5, 45)):
        about = r.choice([None] * 9 + ["2025-12"])
        items.append({
            "tenant": r.choice(TENANTS + [None]), "feature": r.choice(FEATURES + [None]),
            "workspace": r.choice(["wrk_1", "wrk_2", None]), "model": r.choice(MODELS),
            "day": "2025-12-01" if about else r.choice(days), "about": about,
            "calls": r.randint(1, 500),
            "nanos": r.choice([0, r.randint(0, 10**6), r.randint(0, 10**12)]) * (-1 if about and r.random() < .5 else 1),
            **{c: r.randint(0, 10**7) for c in CLASSES}})
    rules = []
    for calls in r.sample([{"feature": ["nightly-digest"]}, {"tenant": ["fern-market"]}, {"workspace": ["wrk_2"], "feature": ["triage", "(none)"]},
                           {"tenant": ["(none)"]}], r.randint(0, 4)):
        by = r.choice(["usage", "equal", "calls", "tokens", "weights"])
        weights = {t: r.randint(0, 10**6) for t in r.sample(TENANTS, 3)} if by == "weights" else {}
        rules.append({"calls": calls, "by": by, "weights": weights})
    return {"days": days, "last": days[-1], "items": items, "rules": rules,
            "fx": r.choice(["0.92", "1", "148.25", "0.000001", "7.123456"]),
            "card": {"default": list_of_terms() if r.random() < .8 else [],
                     "tenants": {t: list_of_terms() for t in r.sample(TENANTS, r.randint(0, 3))}}}


if __name__ == "__main__":
    r = random.Random(17)
    cases = []
    for _ in range(40):
        case = random_case(r)
        case["expected"] = chargeback(case)
        case["first"], case["count"] = case["days"][0], len(case.pop("days"))
        cases.append(case)
    print("[" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "]")
