"""Flat JSONL calls into a fresh database, beside what other tools make of the same log."""
import peers
from measure import race
from report import Report, number, spread

SQLITE_UTILS_MOST = 1_000_000  # above that it would take most of an hour


def run(data, options):
    log = data.log()
    contenders = {
        "forensics: priced, de-duplicated, pre-summed": peers.forensics(data, log),
        "DuckDB `INSERT OR IGNORE … read_json`, keyed": peers.duckdb(data, log, "jsonl"),
        "`sqlite3` shell, `.import` + INSERT SELECT": peers.sqlite_shell(data, log, "jsonl"),
    }
    if data.calls <= SQLITE_UTILS_MOST:
        contenders["`sqlite-utils insert --nl --ignore`"] = peers.sqlite_utils(data, log)
    contenders = {name: contender for name, contender in contenders.items() if contender}
    costs = race(contenders, options.runs)
    ours, duck = list(costs.values())[:2]

    report = Report(f"Import of flat JSONL, {data.calls:,} calls")
    report.note(f"{log.stat().st_size / 1e6:,.0f} MB. The shell and sqlite-utils ran once, the latter up to a million calls.")
    report.table(
        ["", "wall s", "CPU s", "peak MiB", "file MB", "calls/s", "wall / DuckDB"],
        [[name, spread(c), number(c.cpu), number(c.peak), number(c.size), f"{data.calls / c.wall:,.0f}",
          number(c.wall / duck.wall)] for name, c in costs.items()])
    large = data.calls >= 10_000_000
    report.target("wall against DuckDB", ours.wall / duck.wall, 1.0 if large else 1.3, 0.7 if large else 1.0)
    for name, cost in costs.items():
        if "sqlite-utils" in name:
            report.target("wall against sqlite-utils", ours.wall / cost.wall, 1 / 10, 1 / 20)
    report.target("peak memory", ours.peak, 96, 48, " MiB")
    return report
