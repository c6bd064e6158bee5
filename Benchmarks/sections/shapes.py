"""The same calls told in other formats, beside DuckDB extracting the same fields; and records of 8 MiB."""
import contextlib
import sqlite3

import peers
from measure import Failed, race
from report import Report, number, spread

LARGE = 8 << 20


def totals(data, log):
    """What the log comes to, however it was told."""
    with contextlib.closing(sqlite3.connect(data.store(log))) as db:
        return db.execute("SELECT COUNT(*), SUM(cost_usd_nanos) FROM llm_call").fetchone()


def run(data, options):
    flat = data.log()
    wrapped = data.log("--format", "wrapped")
    shapes = {
        "CSV": (data.log("--format", "csv"), "csv"),
        "Messages API responses in wrappers": (wrapped, "wrapped"),
        "gzip of flat JSONL": (data.gzipped(flat), "jsonl"),
        "gzip of wrappers": (data.gzipped(wrapped), "wrapped"),
    }
    report = Report(f"Other shapes of the same calls, {data.calls:,} calls")
    report.note("DuckDB: `INSERT OR IGNORE` of the same fields into a keyed table.")
    rows = []
    for name, (log, shape) in shapes.items():
        if totals(data, log) != totals(data, flat):
            raise Failed(f"{name} comes to {totals(data, log)}, flat JSONL to {totals(data, flat)}")
        contenders = {"forensics": peers.forensics(data, log), "DuckDB": peers.duckdb(data, log, shape)}
        if shape == "csv" and peers.sqlite_shell(data, log, shape):
            contenders["`sqlite3` shell"] = peers.sqlite_shell(data, log, shape)
        costs = race(contenders, options.runs)
        ours, duck = costs["forensics"], costs["DuckDB"]
        rows += [[name, who, number(log.stat().st_size / 1e6), spread(c), number(c.cpu), number(c.peak),
                  number(c.size), number(c.wall / duck.wall)] for who, c in costs.items()]
        report.target(f"{name}: wall against DuckDB", ours.wall / duck.wall, 1.5, 1.0)
        report.target(f"{name}: peak memory", ours.peak, 96, 48, " MiB")

    large = data.log("--format", "wrapped", "--prompt-bytes", str(LARGE - 4096), calls=64)
    cost = race({"forensics": peers.forensics(data, large)}, options.runs)["forensics"]
    rows.append(["64 records of 8 MiB", "forensics", number(large.stat().st_size / 1e6), spread(cost),
                 number(cost.cpu), number(cost.peak), number(cost.size), "–"])
    report.target("records of 8 MiB: peak memory", cost.peak, 96, 48, " MiB")
    report.table(["", "", "log MB", "wall s", "CPU s", "peak MiB", "file MB", "wall / DuckDB"], rows)
    return report
