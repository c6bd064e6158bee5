"""What comes every night: the same files again, one more day, many small files."""
import peers
from measure import alternate, race, remove, run as run_command
from report import Report, ms, number, spread


def run(data, options):
    report = Report(f"Night after night, {data.calls:,} calls")
    unchanged(data, options, report)
    one_more_day(data, options, report)
    many_files(data, options, report)
    return report


def unchanged(data, options, report):
    log = data.log()
    store = data.copy(data.store(log), "repeat.db")
    again = alternate({"again": lambda: run_command([data.forensics, "import", log, "--db", store])}, 9)["again"]
    remove(store)
    report.note(f"- The same log again, unchanged, {log.stat().st_size / 1e9:.2g} GB: {ms(again.wall)} ms.")
    report.target("unchanged log again", again.wall * 1000, 50, 10, " ms")


def one_more_day(data, options, report):
    """Each run imports a day of its own, so that the large database is copied only once."""
    large = data.copy(data.store(data.log()), "repeat.db")
    empty = data.work / "repeat-empty.db"
    days = iter([data.next_day(turn // 2) for turn in range(2 * options.runs)])

    def into_empty():
        remove(empty)
        return run_command([data.forensics, "import", next(days), "--db", empty])

    costs = alternate(
        {"empty": into_empty, "large": lambda: run_command([data.forensics, "import", next(days), "--db", large])},
        options.runs)
    remove(large)
    remove(empty)
    report.note(f"- One more day, 100,000 calls: {ms(costs['empty'].wall)} ms into an empty database, "
                f"{ms(costs['large'].wall)} ms behind {data.calls:,} calls ({number(costs['large'].peak)} MiB).")
    report.target("one more day against the same into an empty database",
                  costs["large"].wall / costs["empty"].wall, 1.5, 1.1)
    report.target("one more day: peak memory", costs["large"].peak, 96, 48, " MiB")


def many_files(data, options, report):
    calls = min(data.calls, 1_000_000)
    log = data.log(calls=calls)
    folder = data.split(log, 100)
    costs = race({"one": peers.forensics(data, log), "many": peers.forensics(data, folder)}, options.runs)
    report.note(f"- {calls // 100:,} files of 100 calls: {spread(costs['many'])} s "
                f"({number(costs['many'].peak)} MiB); one file of them all: {spread(costs['one'])} s.")
    report.target("files of 100 calls against one file", costs["many"].wall / costs["one"].wall, 1.5, 1.1)
    report.target("files of 100 calls: peak memory", costs["many"].peak, 96, 48, " MiB")
