"""Who imports the same log: forensics and the tools one would otherwise take."""
import shutil
import sys

from data import HERE
from measure import Contender

FIELDS = ["occurred_at", "request_id", "tenant_id", "feature", "deploy_sha", "model", "prompt_hash", "input_tokens",
          "cache_create_tokens", "cache_read_tokens", "output_tokens", "status_code", "latency_ms", "service_tier"]
SQLITE_TABLE = "CREATE TABLE llm_call (%s, PRIMARY KEY (request_id))" % ", ".join(
    f"{field} {'INTEGER' if field.endswith(('_tokens', '_ms', '_code')) else 'TEXT'}" for field in FIELDS)


def forensics(data, log):
    path = data.work / "race-forensics.db"
    return Contender([data.forensics, "import", log, "--db", path], path)


def duckdb(data, log, shape):
    """INSERT OR IGNORE of what the same fields hold, into a table with a primary key."""
    path = data.work / "race.duckdb"
    return Contender([sys.executable, HERE / "duck.py", "import", shape, log, path], path, prints=str(data.calls))


def sqlite_utils(data, log):
    path = data.work / "race-sqlite-utils.db"
    return Contender(
        [sys.executable, "-m", "sqlite_utils", "insert", path, "llm_call", log, "--nl", "--pk", "request_id",
         "--ignore"], path, once=True)


def sqlite_shell(data, log, shape):
    """`.import` into a temporary table, then INSERT … SELECT; None where there is no shell."""
    shell = shutil.which("sqlite3")
    if shell is None:
        return None
    path = data.work / "race-sqlite-shell.db"
    if shape == "csv":
        load = [f"CREATE TEMP TABLE raw ({', '.join(FIELDS)})", f".import --csv --skip 1 --schema temp '{log}' raw"]
        values = ", ".join(FIELDS)
    else:
        # A line a row: a separator of columns that no line holds.
        load = ["CREATE TEMP TABLE raw (line)", ".mode ascii", '.separator "\\037" "\\n"',
                f".import --schema temp '{log}' raw"]
        values = ", ".join(f"json_extract(line, '$.{field}')" for field in FIELDS)
    return Contender(
        [shell, path, SQLITE_TABLE, *load, f"INSERT OR IGNORE INTO llm_call SELECT {values} FROM temp.raw",
         ".mode list", "SELECT COUNT(*) FROM llm_call"],
        path, once=True, prints=str(data.calls))
