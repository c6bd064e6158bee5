"""Where the bytes of a call are: every structure of the file, from SQLite's own dbstat."""
import contextlib
import sqlite3

from measure import run as run_command
from report import Report

SQL = "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"


def structures(database):
    """By the `sqlite3` shell where Python's SQLite has no dbstat."""
    try:
        with contextlib.closing(sqlite3.connect(database)) as db:
            return db.execute(SQL).fetchall()
    except sqlite3.OperationalError:
        lines = run_command(["sqlite3", "-separator", "\t", database, SQL]).output.splitlines()
        return [(name, int(size)) for name, size in (line.split("\t") for line in lines)]


def run(data, options):
    report = Report(f"Size, {data.calls:,} calls")
    logs = {"Zipf prompts": data.log(), "prompts used once": data.log("--unique-prompts")}
    sizes = {name: dict(structures(data.store(log))) for name, log in logs.items()}
    report.note("Bytes a call.")

    def row(name, of):
        return [name, *(f"{of(size) / data.calls:.1f}" for size in sizes.values())]

    large = [n for n in sizes["Zipf prompts"] if max(s.get(n, 0) for s in sizes.values()) >= data.calls / 2]
    report.table(["structure", *sizes], [
        *(row(f"`{name}`", lambda size: size.get(name, 0)) for name in large),
        row("others", lambda size: sum(b for n, b in size.items() if n not in large)),
        row("all", lambda size: sum(size.values()))])
    for name, size in sizes.items():
        report.target(f"bytes a call, {name}", sum(size.values()) / data.calls, 200, 120, "")
    return report
