"""What a call costs under a negotiated price, on top of `pricing_oracle`.

A contract is a dict: `since` and `until` (UTC days, half-open, empty is open) and one of
    discount   part of the exact total that is let off, 0 to 1
    rates      USD per million tokens by class; classes that are not named keep their list proportion to the input rate
    covered    nothing is charged by the call; its list price is told beside
"""
import json
from fractions import Fraction

from pricing_oracle import Unpriced, day_of, is_free
from random_calls import COLUMNS, DAY, RandomCalls, flat

CLASSES = ("input", "cache_write_5m", "cache_write_1h", "cache_read", "output")


def holds(contract, call):
    day = day_of(call["occurred_at"])
    return (contract.get("since") or "0") <= day and (not contract.get("until") or day < contract["until"])


def negotiated(row, rates):
    """The row at the contract's rates, each to a picodollar a token (half-even). Long prompts rise by the list's factors."""
    scale = Fraction(rates["input"]) / Fraction(row["input"]) if "input" in rates else Fraction(1)
    changed = {name: str(Fraction(rates[name]) if name in rates else round(Fraction(row[name]) * scale, 6)) for name in CLASSES if name in rates or row[name]}
    if row["long_context_threshold"]:
        for name in ("input", "output"):
            changed["long_" + name] = str(Fraction(row["long_" + name]) / Fraction(row[name]) * Fraction(changed[name]))
    return row | changed


def contract_nanos(prices, call, contract):
    """Nano-dollars, rounded half to even once, after everything else; None where the contract covers the call."""
    if is_free(call):
        return 0
    row = prices.row(call)
    if not holds(contract, call):
        return round(prices.charge(call, row) * 10**9)
    if contract.get("covered"):
        return None
    dollars = prices.charge(call, negotiated(row, contract["rates"]) if "rates" in contract else row)
    return round(dollars * (1 - Fraction(contract.get("discount", 0))) * 10**9)


def verdict(prices, call, contract):
    """Nano-dollars, `free`, `covered` with the list price (or None), or the reason why there is no price."""
    if is_free(call):
        return "free"
    try:
        nanos = contract_nanos(prices, call, contract)
    except Unpriced as reason:
        return str(reason)
    return f"covered {prices.nanos(call)}" if nanos is None else nanos


def random_contract(source, row, at):
    """A contract about a call of this row, often one that begins or ends with the call's own day."""
    day, next_day = day_of(at), day_of(at + DAY)
    dates = source.pick({}, {}, {}, {"since": day}, {"until": next_day}, {"since": next_day}, {"until": day}, {"since": day, "until": next_day})
    kind = source.dice.random()
    if kind < 0.4:
        return dates | {"discount": source.pick("0.05", "0.1", "0.125", "0.15", "0.333")}
    if kind < 0.5:
        return dates | {"covered": True}
    named = [name for name in CLASSES if row[name] and source.chance(0.5)] or ["input"]
    rates = {name: f"{source.between(1, 40)}.{source.between(0, 99):02}" for name in named}
    if "input" in rates and any(Fraction(row[name] or 0) * Fraction(rates["input"]) / Fraction(row["input"]) * 10**4 % 1 for name in CLASSES):
        # A proportion that is no plain decimal would be rounded to a picodollar: name all rates instead.
        rates |= {name: "1.25" for name in CLASSES if row[name] and name not in rates}
    return dates | {"rates": rates}


def write(prices, count, seed, path):
    """Random calls as `random_calls` has them, each under a contract of its own (JSON)."""
    source = RandomCalls(prices, seed)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        print(*COLUMNS[:-1], "contract", "expected", sep="\t", file=file)
        for number in range(count):
            call = source.call(number)
            contract = random_contract(source, prices.rows[number % len(prices.rows)], call["occurred_at"])
            line = call | {"request_id": f"r{number + 1}"}
            fields = ["" if line.get(name) is None else line[name] for name in COLUMNS[:-1]]
            print(*fields, json.dumps(contract, separators=(",", ":")), verdict(prices, flat(call), contract), sep="\t", file=file)


def self_test(prices):
    """Golden amounts in nano-dollars, by hand. 1,001 tokens in and 1 out at Opus 5: 0.005005 + 0.000025 = $0.00503."""
    at = 1_795_132_800_000  # 2026-11-20
    call = {"occurred_at": at, "model": "claude-opus-5", "input_tokens": 1001, "output_tokens": 1}
    long = {"occurred_at": at, "model": "claude-haiku-5-5", "input_tokens": 100_001, "output_tokens": 10, "inference_geo": "us"}
    odd = {"occurred_at": at, "model": "claude-haiku-5-5", "cache_read_tokens": 1, "service_tier": "batch"}  # 5 nanos
    golden = [
        ("list", call, {}, 5_030_000), ("15 % off", call, {"discount": "0.15"}, 4_275_500),
        ("from tomorrow", call, {"discount": "0.15", "since": "2026-11-21"}, 5_030_000),
        ("until today", call, {"discount": "0.15", "until": "2026-11-20"}, 5_030_000),
        ("input alone: output falls with it", call, {"rates": {"input": "4"}}, 4_024_000),
        ("output alone", call, {"rates": {"output": "20"}}, 5_025_000),
        ("both", call, {"rates": {"input": "4", "output": "25"}}, 4_029_000),
        # 100,001 x 0.04 x 5 + 10 x 0.20 x 5 micro-dollars, x 1.1
        ("long prompt in the US", long, {"rates": {"input": "0.04"}}, 22_011_220),
        ("half to even, 2.5", odd, {"discount": "0.5"}, 2), ("half to even, 4.5", odd, {"discount": "0.1"}, 4),
        ("covered", call, {"covered": True}, None),
    ]
    wrong = [(name, got, nanos) for name, one, contract, nanos in golden if (got := contract_nanos(prices, one, contract)) != nanos]
    for name, got, nanos in wrong:
        print(f"{name}: {got}, expected {nanos}")
    print(f"{len(golden)} golden amounts under contracts, {len(wrong)} wrong")
    return len(wrong)
