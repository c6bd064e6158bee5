"""A tenth of the calls, all of them and, with --tenfold, ten times as many, equally dense: what lies in the
database must not slow down the next import, nor what lies outside a window its answer."""
from functools import partial

import peers
from compare import ask_forensics, rows_of
from generate import DAY, START
from measure import Failed, alternate, race, remove, run as run_command
from questions import cache_hit_ratio, tenant_trend, top_prompts
from report import Report, ms, number

DAYS = 15


def run(data, options):
    log = data.log()
    tenth = data.beginning(log, data.calls // 10)
    stores = {data.calls // 10: (data.store(tenth), DAYS / 10), data.calls: (data.store(log), DAYS)}
    if options.tenfold:
        stores[data.calls * 10] = (data.tenfold(log, DAYS), DAYS * 10)
    report = Report(f"Growth, {data.calls:,} calls")
    whole_imports(data, options, report, {data.calls // 10: tenth, data.calls: log})
    next_imports(data, options, report, stores)
    windows(data, options, report, {calls: store for calls, (store, _) in stores.items()})
    return report


def whole_imports(data, options, report, logs):
    costs = race({calls: peers.forensics(data, log) for calls, log in logs.items()}, options.runs)
    rates = {calls: calls / cost.wall for calls, cost in costs.items()}
    report.note("Into an empty database: " + "; ".join(
        f"{calls:,} calls at {rate:,.0f} a second" for calls, rate in rates.items()) + ".")
    falls(report, "a whole import", list(rates.values()))


def next_imports(data, options, report, stores):
    """Each run imports a day of its own, so that a store is copied only once."""
    actions = {}
    for calls, (store, days) in stores.items():
        logs = iter([data.next_day(number, after=days) for number in range(options.runs)])
        copy = data.copy(store, f"growth-{calls}.db")
        actions[calls] = lambda copy=copy, logs=logs: run_command(
            [data.forensics, "import", next(logs), "--db", copy])
    costs = alternate(actions, options.runs)
    for calls in stores:
        remove(data.work / f"growth-{calls}.db")
    report.table(["100,000 calls more, behind", "wall ms", "CPU ms", "peak MiB", "calls/s"],
                 [[f"{calls:,}", ms(c.wall), ms(c.cpu), number(c.peak), f"{100_000 / c.wall:,.0f}"]
                  for calls, c in costs.items()])
    falls(report, "the next 100,000", [100_000 / cost.wall for cost in costs.values()])


def falls(report, what, rates):
    report.target(f"{what}: rate falls by", max(0, 100 * (1 - rates[-1] / rates[0])), 30, 0, " %")


def windows(data, options, report, stores):
    """The same window, which the smallest store holds too, must get the same answer from all."""
    until = START + DAY + 26_000_500
    tenant = ("--tenant", "tenant_id", "tenant-003")
    questions = [
        tenant_trend("12 h", "ragged", until - DAY // 2, until),
        cache_hit_ratio("24 h", "ragged", until - DAY, until),
        cache_hit_ratio("24 h", "ragged", until - DAY, until, [tenant]),
        top_prompts("24 h", "ragged", until - DAY, until),
    ]
    rows = []
    for question in questions:
        ask = {calls: partial(ask_forensics, data, store, question) for calls, store in stores.items()}
        first, *others = [rows_of(action().output) for action in ask.values()]
        if any(other != first for other in others):
            raise Failed(f"{question.name}: the stores do not agree")
        walls = [cost.wall for cost in alternate(ask, options.recipe_runs).values()]
        rows.append([question.name, *map(ms, walls)])
        report.target(question.name, walls[-1] / walls[0], 1.25, 1.0)
    report.table(["wall ms, in a store of", *(f"{calls:,}" for calls in stores)], rows)
