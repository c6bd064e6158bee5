"""How long an answer takes when there is nothing to do."""
from measure import alternate, remove, run as run_command
from report import Report, ms

RUNS = 31


def run(data, options):
    store = data.work / "tiny.db"
    remove(store)
    run_command([data.forensics, "import", data.log(calls=1000), "--db", store])
    recipes = ["top-prompts", "tenant-trend", "cache-hit-ratio"]
    commands = {"`true`": ["true"], "`forensics --version`": [data.forensics, "--version"]} | {
        f"`forensics {name}`": [data.forensics, name, "--as-of", "latest", "--format", "json", "--db", store]
        for name in recipes}
    costs = alternate({name: lambda words=words: run_command(words) for name, words in commands.items()}, RUNS)
    remove(store)
    report = Report("Start-up")
    report.note(f"The whole process, median of {RUNS} runs; recipes on a database of 1,000 calls. `true` is what "
                "starting any process takes here.")
    report.table(["", "wall ms", "CPU ms", "peak MiB"],
                 [[name, ms(c.wall), ms(c.cpu), f"{c.peak:.0f}"] for name, c in costs.items()])
    report.target("`forensics --version`", costs["`forensics --version`"].wall * 1000, 15, 5, " ms")
    report.target("slowest recipe", max(costs[f"`forensics {name}`"].wall for name in recipes) * 1000, 40, 15, " ms")
    return report
