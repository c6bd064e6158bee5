"""Asks forensics and DuckDB the same questions, holds the answers against each other, and then times them."""
import json
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import zip_longest

from data import HERE
from measure import Cost, Failed, alternate, run
from report import ms, number


class Duck:
    """A warm connection to DuckDB's own table."""

    def __init__(self, table):
        self.process = subprocess.Popen([sys.executable, HERE / "duck.py", "answer", table],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate()

    def ask(self, sql):
        self.process.stdin.write(json.dumps(sql) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or "null")
        if answer is None:
            raise Failed("DuckDB gave no answer to: " + sql)
        return Cost(answer["wall"], answer["cpu"], 0, answer["rows"])


def ask_forensics(data, store, question):
    return run([data.forensics, *question.words, "--format", "json", "--db", store])


def rows_of(output):
    """forensics' answer in DuckDB's terms: whole nanos and milliseconds."""
    answer = json.loads(output, parse_float=Decimal)

    def plain(value, unit):
        if value is None:
            return None
        if unit == "usd":
            return int(Decimal(value).scaleb(9))
        if unit == "instant":
            return round(datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp() * 1000)
        return float(value) if isinstance(value, Decimal) else value

    return [[plain(row[column["name"]], column["unit"]) for column in answer["columns"]] for row in answer["rows"]]


def difference(ours, theirs):
    """The first rows that differ: integers and texts in the last digit, quotients as far as a double goes."""
    def same(a, b):
        return abs(a - b) <= 1e-12 * abs(b) if isinstance(a, float) and isinstance(b, (int, float)) else a == b

    for our, their in zip_longest(ours, theirs, fillvalue=[]):
        if len(our) != len(their) or not all(map(same, our, their)):
            return our, their
    return None


def compare(data, log, questions, runs, report, most, goal, at_least=0):
    """Asks both in turn. `most` and `goal` are times DuckDB's wall time; up to `at_least` seconds are always fine."""
    store, table = data.store(log), data.table(log)
    rows = []
    with Duck(table) as duck:
        for question in questions:
            ours, theirs = rows_of(ask_forensics(data, store, question).output), duck.ask(question.sql).output
            if rows_that_differ := difference(ours, theirs):
                raise Failed(question.name + ": forensics says %s, DuckDB says %s" % rows_that_differ)
            actions = {"ours": partial(ask_forensics, data, store, question), "duck": partial(duck.ask, question.sql)}
            if question.sql_without_storms:
                actions["calm"] = partial(duck.ask, question.sql_without_storms)
            costs = alternate(actions, runs)
            our, peer = costs["ours"], costs["duck"]
            limit = max(most * peer.wall, at_least)
            rows.append([
                question.name, len(ours), ms(our.wall), ms(our.cpu), number(our.peak), ms(peer.wall), ms(peer.cpu),
                ms(costs["calm"].wall) if "calm" in costs else "", number(our.wall / peer.wall), ms(limit),
                report.verdict(question.name, our.wall, limit)])
    report.note(
        "forensics: the whole command, from the start of its process to the JSON in a pipe. DuckDB: the statement "
        "alone, in a warm connection to its own table, which favours it. The rows are the same, amounts to the "
        f"nano-dollar. *Calm* is DuckDB without the retry storms. At most {most:g} times DuckDB"
        + (f", or {ms(at_least)} ms" if at_least else "") + f"; goal {goal:g}.")
    report.table(["recipe", "rows", "wall ms", "CPU ms", "peak MiB", "DuckDB ms", "its CPU ms", "calm ms",
                  "wall / DuckDB", "at most ms", ""], rows)
