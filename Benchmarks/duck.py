"""DuckDB's side, in a process of its own so that its memory is its own.

    duck.py import jsonl|csv|wrapped LOG DATABASE     what the import is raced against
    duck.py table LOG COSTS DATABASE                  the calls with our exact costs, to be asked
    duck.py answer DATABASE                           a warm connection: statements in, answers out (JSON lines)
"""
import json
import resource
import sys
import time

import duckdb

COLUMNS = {
    "occurred_at": "TIMESTAMP", "request_id": "VARCHAR", "tenant_id": "VARCHAR", "feature": "VARCHAR",
    "deploy_sha": "VARCHAR", "model": "VARCHAR", "prompt_hash": "VARCHAR", "input_tokens": "BIGINT",
    "cache_create_tokens": "BIGINT", "cache_read_tokens": "BIGINT", "output_tokens": "BIGINT",
    "status_code": "INTEGER", "latency_ms": "INTEGER", "service_tier": "VARCHAR",
}
WRAPPER = {
    "ts": "TIMESTAMP", "tenant": "VARCHAR", "route": "VARCHAR", "git_sha": "VARCHAR", "duration_ms": "INTEGER",
    "status": "INTEGER", "prompt_hash": "VARCHAR", "request": "STRUCT(model VARCHAR)",
    "response": "STRUCT(id VARCHAR, model VARCHAR, usage STRUCT(input_tokens BIGINT, "
                "cache_creation_input_tokens BIGINT, cache_read_input_tokens BIGINT, output_tokens BIGINT, "
                "service_tier VARCHAR))",
    "headers": 'STRUCT("request-id" VARCHAR)',
}


def typed(columns):
    return ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())


SOURCES = {
    "jsonl": f"SELECT * FROM read_json(?, columns = {{{typed(COLUMNS)}}}, format = 'newline_delimited')",
    "csv": f"SELECT * FROM read_csv(?, columns = {{{typed(COLUMNS)}}}, header = true)",
    "wrapped": f"""
        SELECT ts, COALESCE(response.id, headers."request-id"), tenant, route, git_sha,
          COALESCE(response.model, request.model), prompt_hash, response.usage.input_tokens,
          response.usage.cache_creation_input_tokens, response.usage.cache_read_input_tokens,
          response.usage.output_tokens, status, duration_ms, response.usage.service_tier
        FROM read_json(?, columns = {{{typed(WRAPPER)}}}, format = 'newline_delimited')""",
}


def connect(database):
    db = duckdb.connect(database)
    db.execute("SET threads = 2")
    return db


def import_log(shape, log, database):
    db = connect(database)
    columns = ", ".join(f"{n} {k}{' PRIMARY KEY' if n == 'request_id' else ''}" for n, k in COLUMNS.items())
    db.execute(f"CREATE TABLE llm_call ({columns})")
    db.execute("INSERT OR IGNORE INTO llm_call " + SOURCES[shape], [log])
    print(db.execute("SELECT count(*) FROM llm_call").fetchone()[0])
    db.close()


def make_table(log, costs, database):
    """In the order of time, which lets DuckDB skip what lies outside a window."""
    db = connect(database)
    db.execute(
        f"""
        CREATE TABLE llm_call AS
        SELECT log.*, cost_usd_nanos
        FROM ({SOURCES['jsonl']}) AS log
        JOIN read_csv(?, columns = {{request_id: 'VARCHAR', cost_usd_nanos: 'BIGINT'}}, header = false)
          USING (request_id)
        ORDER BY occurred_at
        """, [log, costs])
    db.close()


def answer(database):
    db = connect(database)
    for line in sys.stdin:
        before, start = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
        rows = db.execute(json.loads(line)).fetchall()
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(json.dumps({"wall": wall, "cpu": cpu, "rows": rows}), flush=True)


if __name__ == "__main__":
    {"import": import_log, "table": make_table, "answer": answer}[sys.argv[1]](*sys.argv[2:])
