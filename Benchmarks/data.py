"""The logs, stores and tables that sections measure: made once, kept in the work folder, made anew when what
they were made by has changed."""
import contextlib
import csv
import gzip
import hashlib
import shutil
import sqlite3
import subprocess
import sys
from itertools import count, islice
from pathlib import Path

from measure import Failed, remove, run

HERE = Path(__file__).parent


def digest(path):
    """Read in pieces, for the reason given in run.py."""
    hash = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 16):
            hash.update(piece)
    return hash.hexdigest()


class Data:
    def __init__(self, forensics, work, calls):
        self.forensics, self.work, self.calls = forensics, work, calls
        self.generator = digest(HERE / "generate.py")
        self.binary = digest(forensics)
        self.duck = digest(HERE / "duck.py")

    def kept(self, name, made_by, make):
        """The file or folder of this name; `make` writes it unless it was made by the same before."""
        path, stamp = self.work / name, self.work / (name + ".made-by")
        if not stamp.exists() or stamp.read_text() != made_by:
            print(f"  making {name} …", file=sys.stderr, flush=True)
            stamp.unlink(missing_ok=True)
            if path.is_dir():
                shutil.rmtree(path)
            remove(path)
            make(path)
            stamp.write_text(made_by)
        return path

    # Logs

    def log(self, *options, calls=None):
        """A generated log; `options` are generate.py's."""
        words = [str(calls or self.calls), *options]
        name = "-".join(["calls"] + [word.lstrip("-") for word in words]) + (".csv" if "csv" in words else ".jsonl")

        def make(path):
            with open(path, "wb") as file:
                subprocess.run([sys.executable, HERE / "generate.py", *words], stdout=file, check=True)

        return self.kept(name, self.generator, make)

    def gzipped(self, log):
        def make(path):
            with open(log, "rb") as plain, gzip.open(path, "wb", compresslevel=6) as packed:
                shutil.copyfileobj(plain, packed, 1 << 20)

        return self.kept(log.name + ".gz", self.generator, make)

    def beginning(self, log, calls):
        def make(path):
            with open(log, "rb") as whole, open(path, "wb") as part:
                part.writelines(islice(whole, calls))

        return self.kept(f"{log.stem}-first-{calls}.jsonl", self.generator, make)

    def split(self, log, calls):
        """The log's lines in order, in files of so many calls."""
        def make(path):
            path.mkdir()
            with open(log, "rb") as whole:
                for number in count():
                    lines = b"".join(islice(whole, calls))
                    if not lines:
                        break
                    (path / f"{number:06}.jsonl").write_bytes(lines)

        return self.kept(f"{log.stem}-in-files-of-{calls}", self.generator, make)

    def next_day(self, number, calls=100_000, after=15):
        """The log of a later day, the more so the higher its number."""
        return self.log("--days", "1", "--start-day", str(after + number), "--seed", str(100 + number), calls=calls)

    # Databases

    def store(self, log):
        """The log imported by the binary under test."""
        return self.kept(log.name + ".db", self.generator + self.binary,
                         lambda path: run([self.forensics, "import", log, "--db", path]))

    def table(self, log):
        """The log in DuckDB's own format, with the costs that our store has for it."""
        def make(path):
            costs = self.work / "costs.csv"
            with contextlib.closing(sqlite3.connect(self.store(log))) as db, open(costs, "w") as file:
                csv.writer(file).writerows(db.execute("SELECT request_id, cost_usd_nanos FROM llm_call"))
            run([sys.executable, HERE / "duck.py", "table", log, costs, path])
            costs.unlink()

        return self.kept(log.name + ".duckdb", self.generator + self.binary + self.duck, make)

    def tenfold(self, log, days):
        """The log's store with nine copies of its calls behind it, each so many days later."""
        base = self.store(log)

        def make(path):
            if "--rebuild" not in run([self.forensics, "help", "doctor"]).output:
                raise Failed("--tenfold needs `forensics doctor --rebuild`, which fills the tables beside the calls; "
                             "this forensics does not have it")
            shutil.copyfile(base, path)
            with contextlib.closing(sqlite3.connect(path)) as db:
                # Nothing is lost with a store that can be made again.
                db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; ATTACH '{base}' AS base")
                columns = [name for _, name, *_ in db.execute("PRAGMA table_info(call)")]
                later = {"hour": f"hour + ? * {days * 24}", "occurred_at": f"occurred_at + ? * {days * 86_400_000}"}
                values = [later.get(column, column) for column in columns]
                for copy in range(1, 10):
                    # As in the base, in the order of hour and identity.
                    db.execute(f"INSERT INTO call ({', '.join(columns)}) SELECT {', '.join(values)} FROM base.call "
                               "ORDER BY hour, identity", (copy, copy))
                    db.commit()
                db.execute("PRAGMA journal_mode = WAL")
            run([self.forensics, "doctor", "--rebuild", "--db", path])

        return self.kept(f"{base.stem}-tenfold.db", self.generator + self.binary, make)

    def copy(self, database, name):
        """A copy to be changed."""
        path = self.work / name
        remove(path)
        if shutil.disk_usage(self.work).free < 1.2 * database.stat().st_size:
            raise Failed(f"not enough room in {self.work} for a copy of {database.name}")
        shutil.copyfile(database, path)
        return path
