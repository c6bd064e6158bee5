"""What a command costs: wall time, CPU and peak memory of its process, and the size of the file it leaves."""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MiB
    output: str = ""
    size: float = 0  # MB
    low: float = 0  # of several walls
    high: float = 0


@dataclass
class Contender:
    """Somebody who fills a database, which is removed before and after each run."""

    command: list
    database: Path
    once: bool = False  # too slow to be run again and again
    prints: str = ""  # what its output must be, such as the number of calls it stored


class Failed(Exception):
    """The benchmark cannot go on, or its contenders disagree."""


def run(command):
    # What others left to be written must not be paid by this one.
    os.sync()
    with tempfile.TemporaryFile() as complaints:
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=complaints)
        output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            complaints.seek(0)
            raise Failed(f"{' '.join(map(str, command))[:200]} ended with {process.returncode}: "
                         + complaints.read().decode()[-500:])
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * RSS_UNIT / 2**20, output)


def median(costs):
    """Of each measure by itself."""
    wall, cpu, peak, size = (statistics.median(getattr(c, m) for c in costs) for m in ("wall", "cpu", "peak", "size"))
    return Cost(wall, cpu, peak, costs[0].output, size, min(c.wall for c in costs), max(c.wall for c in costs))


def alternate(actions, runs):
    """Median cost of each named action; they take turns, so that all of them see the same noise."""
    costs = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            costs[name].append(action())
    return {name: median(of_one) for name, of_one in costs.items()}


def race(contenders, runs):
    """Median cost of each named contender, each time into a fresh database."""
    costs = {name: [] for name in contenders}
    for turn in range(runs):
        for name, contender in contenders.items():
            if contender.once and turn > 0:
                continue
            remove(contender.database)
            cost = run(contender.command)
            if contender.prints and cost.output.strip() != contender.prints:
                raise Failed(f"{name} stored {cost.output.strip()} calls instead of {contender.prints}")
            cost.size = contender.database.stat().st_size / 1e6
            costs[name].append(cost)
            remove(contender.database)
    return {name: median(of_one) for name, of_one in costs.items()}


def remove(database):
    """With its journal, log and lock."""
    for suffix in ("", "-journal", "-wal", "-shm", "-import.lock", ".wal"):
        Path(str(database) + suffix).unlink(missing_ok=True)
