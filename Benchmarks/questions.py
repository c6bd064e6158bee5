"""The same question to both: a recipe as a user runs it, and what DuckDB is asked for the same rows."""
import os
from dataclasses import dataclass

from generate import DAY, START, instant

HOUR = 3_600_000
END = START + 15 * DAY
# Where a window may end: at midnight, on the hour, anywhere.
ENDS = {"whole days": END, "whole hours": END - 17 * HOUR, "ragged": END - 17 * HOUR + 800_500}


@dataclass
class Question:
    name: str
    words: list  # forensics' arguments
    sql: str  # DuckDB's statement
    sql_without_storms: str = ""


def window(since, until):
    return ["--since", instant(since), "--until", instant(until), "--as-of", instant(until)]


def where(since, until, filters):
    """`filters` are (option, column, value)."""
    terms = [f"occurred_at >= TIMESTAMP '{instant(since)[:-1]}'", f"occurred_at < TIMESTAMP '{instant(until)[:-1]}'"]
    return " AND ".join(terms + [f"{column} = '{value}'" for _, column, value in filters])


def options(filters):
    return [word for option, _, value in filters for word in (option, value)]


def title(recipe, filters, span, end):
    return " ".join([recipe, *options(filters)]) + f", {span}, {end}"


def cache_hit_ratio(span, end, since, until, filters=()):
    sql = f"""
        WITH cached AS (
          SELECT feature, sum(cache_read_tokens) AS reads, sum(cache_create_tokens) AS writes,
            sum(input_tokens) AS fresh
          FROM llm_call WHERE {where(since, until, filters)} GROUP BY feature)
        SELECT feature, reads, writes, fresh,
          CAST(reads * 100 AS DOUBLE) / nullif(reads + writes + fresh, 0) AS cache_hit_pct
        FROM cached ORDER BY cache_hit_pct NULLS LAST, feature NULLS FIRST"""
    return Question(title("cache-hit-ratio", filters, span, end),
                    ["cache-hit-ratio", *window(since, until), *options(filters)], sql)


def tenant_trend(span, end, since, until, filters=()):
    """The window beside the one before it."""
    this = f"occurred_at >= TIMESTAMP '{instant(since)[:-1]}'"
    sql = f"""
        WITH spent AS (
          SELECT tenant_id, coalesce(sum(cost_usd_nanos) FILTER ({this}), 0) AS this_nanos,
            coalesce(sum(cost_usd_nanos) FILTER (NOT {this}), 0) AS last_nanos
          FROM llm_call WHERE {where(2 * since - until, until, filters)} GROUP BY tenant_id)
        SELECT tenant_id, this_nanos, last_nanos,
          CAST((this_nanos - last_nanos) * 100 AS DOUBLE) / nullif(last_nanos, 0) AS pct_change
        FROM spent ORDER BY pct_change DESC NULLS LAST, tenant_id NULLS FIRST"""
    return Question(title("tenant-trend", filters, f"{span} + {span}", end),
                    ["tenant-trend", *window(since, until), *options(filters)], sql)


def top_prompts(span, end, since, until, filters=()):
    chosen = where(since, until, filters)
    ranked = f"""
        WITH ranked AS (
          SELECT prompt_hash, count(*) AS n_calls, sum(cost_usd_nanos) AS total, avg(latency_ms) AS avg_ms,
            epoch_ms(min(occurred_at)) AS first_seen, epoch_ms(max(occurred_at)) AS last_seen
          FROM llm_call WHERE {chosen} AND prompt_hash IS NOT NULL
          GROUP BY prompt_hash ORDER BY total DESC, prompt_hash LIMIT 10)"""
    storms = f""",
        paced AS (
          SELECT prompt_hash, occurred_at,
            lag(occurred_at, 100) OVER (PARTITION BY prompt_hash ORDER BY occurred_at) AS hundred_before
          FROM llm_call WHERE {chosen} AND prompt_hash IN (SELECT prompt_hash FROM ranked WHERE n_calls > 100)),
        stormy AS (
          SELECT DISTINCT prompt_hash FROM paced WHERE occurred_at - hundred_before < INTERVAL 5 MINUTE)
        SELECT ranked.*, stormy.prompt_hash IS NOT NULL AS retry_storm
        FROM ranked LEFT JOIN stormy USING (prompt_hash) ORDER BY total DESC, ranked.prompt_hash"""
    return Question(title("top-prompts", filters, span, end),
                    ["top-prompts", *window(since, until), *options(filters)], ranked + storms,
                    ranked + " SELECT * FROM ranked ORDER BY total DESC, prompt_hash")


def hourly_spend(span, end, since, until):
    """There is no recipe for it; the sums of each hour are one SELECT away."""
    ours = f"""
        SELECT bucket * {HOUR} AS started_at, cost_usd_nanos AS spent_usd_nanos FROM usage_sum
        WHERE dimension = 0 AND grain = 1 AND bucket >= {since // HOUR} AND bucket < {until // HOUR}
        ORDER BY bucket"""
    sql = f"""
        SELECT epoch_ms(date_trunc('hour', occurred_at)) AS started_at, sum(cost_usd_nanos) AS spent_usd_nanos
        FROM llm_call WHERE {where(since, until, ())} GROUP BY started_at ORDER BY started_at"""
    return Question(f"hourly spend (`forensics sql`), {span}, {end}", ["sql", ours], sql)


# Recipes of the benchmark's own, for what several built-in ones are made of.
RECIPES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recipes")


def own(name, span, end, since, until, sql):
    return Question(f"{name}, {span}, {end}", ["run", os.path.join(RECIPES, name + ".sql"), *window(since, until)], sql)


def percentiles(span, end, since, until):
    return own("percentiles", span, end, since, until, f"""
        SELECT greatest(epoch_ms(date_trunc('day', occurred_at)), {since}) AS started_at, feature,
          quantile_disc(latency_ms, 0.5), quantile_disc(latency_ms, 0.99),
          quantile_disc(input_tokens + cache_create_tokens + cache_read_tokens, 0.95), count(*)
        FROM llm_call WHERE {where(since, until, ())} GROUP BY ALL ORDER BY 1, 2 NULLS FIRST""")


def cube(span, end, since, until):
    return own("cube", span, end, since, until, f"""
        SELECT tenant_id, feature, model, sum(cost_usd_nanos), count(*)
        FROM llm_call WHERE {where(since, until, ())} GROUP BY ALL
        ORDER BY tenant_id NULLS FIRST, feature NULLS FIRST, model NULLS FIRST""")


def minutes(span, end, since, until):
    return own("minutes", span, end, since, until, f"""
        WITH minutes AS (
          SELECT model, date_trunc('minute', occurred_at), count(*) AS n_calls, sum(input_tokens) AS fresh
          FROM llm_call WHERE {where(since, until, ())} GROUP BY ALL)
        SELECT model, max(n_calls), max(fresh) FROM minutes GROUP BY model ORDER BY model NULLS FIRST""")


def storms(span, end, since, until):
    return own("storms", span, end, since, until, f"""
        WITH paced AS (
          SELECT prompt_hash, feature, cost_usd_nanos, occurred_at, count(*) OVER (
            PARTITION BY prompt_hash ORDER BY occurred_at
            RANGE BETWEEN INTERVAL 299999 MILLISECONDS PRECEDING AND CURRENT ROW) AS pace
          FROM llm_call WHERE {where(since, until, ())}),
        flagged AS (
          SELECT feature, cost_usd_nanos, CASE WHEN prompt_hash IS NOT NULL AND max(pace) OVER (
            PARTITION BY prompt_hash ORDER BY occurred_at
            RANGE BETWEEN CURRENT ROW AND INTERVAL 299999 MILLISECONDS FOLLOWING) > 100 THEN 1 ELSE 0 END AS storm
          FROM paced)
        SELECT feature, storm, count(*), sum(cost_usd_nanos) FROM flagged GROUP BY ALL
        ORDER BY feature NULLS FIRST, storm NULLS FIRST""")
