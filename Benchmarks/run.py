#!/usr/bin/env python3
"""Measures forensics beside its peers, on the same machine and data, and keeps the tables in RESULTS.md.

    run.py --forensics BINARY [SECTION …] [--calls 1000000] [--runs 3] [--work FOLDER] [--tenfold]

Without sections all of them run. Logs, databases and a Python with the peers are kept in the work folder, so that a
second run is quick. Ends with status 1 if the contenders disagree; a missed target is a finding, not a failure.
"""
import argparse
import datetime
import importlib.util
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SECTIONS = ["imports", "shapes", "ids", "repeat", "recipes", "raw", "order", "size", "growth", "startup"]
CORES = 2


def with_peers(work):
    """Goes on in a Python that has the peers; the first time it is set up in the work folder."""
    # Looked for, not loaded: what this process holds counts as the peak of those it starts.
    if importlib.util.find_spec("duckdb") and importlib.util.find_spec("sqlite_utils"):
        return
    python = work / "python" / "bin" / "python"
    if Path(sys.prefix) == work / "python":
        sys.exit(f"the peers in {work / 'python'} are broken; remove that folder and try again")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", work / "python"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "duckdb", "sqlite-utils"], check=True)
    os.execv(python, [python, *sys.argv])


def with_sqlite_shell():
    if shutil.which("sqlite3"):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-q", "sqlite3"], check=False, stdout=subprocess.DEVNULL)
    if not shutil.which("sqlite3"):
        print("no sqlite3 shell here: measured without it (package sqlite3)", file=sys.stderr)


def machine(forensics):
    """What the figures depend on besides the program."""
    from importlib.metadata import version

    cpu = re.search(r"model name\s*: (.*)", read("/proc/cpuinfo"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = re.search(r'PRETTY_NAME="(.*)"', read("/etc/os-release"))
    ours = subprocess.run([forensics, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return (
        f"{datetime.date.today()}; {CORES} cores of {cpu.group(1) if cpu else platform.machine()}, {memory:.0f} GiB, "
        f"{system.group(1) if system else platform.platform()}, load {os.getloadavg()[0]:.1f} at the start; "
        f"forensics {ours}, DuckDB {version('duckdb')}, sqlite-utils {version('sqlite-utils')}, "
        f"SQLite {sqlite3.sqlite_version}, Python {platform.python_version()}")


def read(path):
    return Path(path).read_text() if os.path.exists(path) else ""


def keep(heading, text):
    """Replaces this section's part of RESULTS.md, or adds it."""
    file = HERE / "RESULTS.md"
    parts = re.split(r"^(?=## )", file.read_text() if file.exists() else PREAMBLE, flags=re.M)
    part = f"## {heading}\n\n{text.rstrip()}\n\n"
    same = [i for i, p in enumerate(parts) if p.startswith(f"## {heading}\n")]
    if same:
        parts[same[0]] = part
    else:
        parts.append(part)
    file.write_text("".join(parts).rstrip() + "\n")


PREAMBLE = """# Results

Written by `run.py`, each part by the last run of its section. Medians of alternating runs, in brackets the fastest and
the slowest; only ratios within one table compare, machines do not. Peak memory is what the kernel saw of the process,
and no less than the benchmark's own 25 MiB.

"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    arguments.add_argument("--forensics", type=Path, required=True, help="the release binary to measure")
    arguments.add_argument("--calls", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=3, help="of imports; recipes are run three times as often")
    arguments.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "forensics-benchmark")
    arguments.add_argument("--tenfold", action="store_true", help="growth: also ten times as many calls")
    options = arguments.parse_args()
    options.recipe_runs = 3 * options.runs  # short, and so the more easily disturbed
    for section in options.sections:
        if section not in SECTIONS:
            arguments.error(f"no section '{section}'; there are {', '.join(SECTIONS)}")
    forensics, work = options.forensics.resolve(), options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    with_peers(work)
    with_sqlite_shell()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])

    from data import Data
    from measure import Failed

    here = machine(forensics)
    data = Data(forensics, work, options.calls)
    failed, missed = [], []
    for name in options.sections or SECTIONS:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            report = importlib.import_module(f"sections.{name}").run(data, options)
        except Failed as failure:
            failed.append(name)
            print(f"{name} failed: {failure}\n", file=sys.stderr)
            continue
        text = f"{here}; {options.runs} runs, {options.recipe_runs} of recipes.\n\n{report.text()}"
        keep(report.title, text)
        missed += [f"{name}: {what}" for what in report.missed]
        print(f"## {report.title}\n\n{text}", flush=True)
    print("\n".join(["missed:", *missed]) if missed else "no target missed")
    if failed:
        sys.exit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
