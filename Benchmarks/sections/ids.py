"""Ids and prompts that never come again: what costs a database most if an index stands in their order."""
import peers
from measure import race
from report import Report, number, spread


def run(data, options):
    logs = {
        "`msg_01…` ids, Zipf prompts": data.log(),
        "UUIDs": data.log("--uuids"),
        "prompts used once, nine in ten": data.log("--unique-prompts"),
    }
    costs = race({name: peers.forensics(data, log) for name, log in logs.items()}, options.runs)
    usual, uuids, unique = costs.values()
    report = Report(f"Ids and prompts that never come again, {data.calls:,} calls")
    report.note("Flat JSONL, into a fresh database.")
    report.table(
        ["", "wall s", "CPU s", "peak MiB", "file MB", "against the first"],
        [[name, spread(c), number(c.cpu), number(c.peak), number(c.size), number(c.wall / usual.wall)]
         for name, c in costs.items()])
    report.target("UUIDs: wall against the usual log", uuids.wall / usual.wall, 1.5, 1.1)
    report.target("UUIDs: peak memory", uuids.peak, 96, 48, " MiB")
    report.target("prompts used once: peak memory", unique.peak, 96, 48, " MiB")
    return report
