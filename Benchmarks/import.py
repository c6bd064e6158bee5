"""Runs each importer on the same log in turn and prints wall time, CPU, peak memory and file size (medians)."""
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time

forensics, log, room, calls, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])

COLUMNS = """occurred_at TIMESTAMP, request_id VARCHAR, tenant_id VARCHAR, feature VARCHAR, deploy_sha VARCHAR,
model VARCHAR, prompt_hash VARCHAR, input_tokens BIGINT, cache_create_tokens BIGINT, cache_read_tokens BIGINT,
output_tokens BIGINT, status_code INTEGER, latency_ms INTEGER, service_tier VARCHAR"""
NAMED = ", ".join("%s: '%s'" % tuple(c.split()) for c in COLUMNS.replace("\n", " ").split(", "))
DUCKDB = f"""
import duckdb
db = duckdb.connect({room + '/peer.duckdb'!r})
db.execute("SET threads = 2")
db.execute(\"\"\"CREATE TABLE llm_call ({COLUMNS.replace('request_id VARCHAR', 'request_id VARCHAR PRIMARY KEY')})\"\"\")
db.execute(\"\"\"INSERT OR IGNORE INTO llm_call SELECT * FROM read_json({log!r}, columns = {{{NAMED}}},
format = 'newline_delimited')\"\"\")
db.close()
"""
PEERS = {
    "forensics": ([forensics, "import", log, "--db", room + "/peer.db"], "peer.db"),
    "DuckDB, keyed table": ([sys.executable, "-c", DUCKDB], "peer.duckdb"),
    "sqlite-utils insert --nl": (
        [sys.executable, "-m", "sqlite_utils", "insert", room + "/peer-utils.db", "llm_call", log, "--nl",
         "--pk", "request_id", "--ignore"], "peer-utils.db"),
}


def clean():
    for name in os.listdir(room):
        if name.startswith("peer"):
            os.remove(os.path.join(room, name))


def measure(command, file):
    clean()
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status:
        sys.exit("failed: " + " ".join(command)[:200])
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.path.getsize(os.path.join(room, file)) / 1e6


results = {name: [] for name in PEERS}
for run in range(runs):
    for name, (command, file) in PEERS.items():
        if name.startswith("sqlite-utils") and run > 0:
            continue  # Slow and steady: once is enough.
        results[name].append(measure(command, file))
clean()

import duckdb  # noqa: E402  (only for its version)

print(f"{calls:,} flat JSONL calls, {os.path.getsize(log) / 1e6:.0f} MB; {os.cpu_count()} cores, {platform.system()}, "
      f"SQLite {sqlite3.sqlite_version}, DuckDB {duckdb.__version__}; medians of {runs} alternating runs\n")
print(f"{'':26} {'wall s':>8} {'CPU s':>8} {'peak MiB':>9} {'file MB':>8} {'calls/s':>9} {'wall / DuckDB':>14}")
base = statistics.median(r[0] for r in results["DuckDB, keyed table"])
for name, rows in results.items():
    wall, cpu, memory, size = (statistics.median(column) for column in zip(*rows))
    print(f"{name:26} {wall:8.2f} {cpu:8.2f} {memory:9.0f} {size:8.0f} {calls / wall:9,.0f} {wall / base:14.2f}")
