"""What a run has done so far, kept on disk while it lasts, so that after a kill the same command goes on.

A database in the output folder holds the lines of the manifest to come. It is filled from the manifest of the run
before; each output is noted after it stands under its name. At the end the manifest is written from it in one step and
the database removed. Only one run at a time can hold it.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from annotator import files
from annotator.batch import manifest
from annotator.errors import OutputError

NAME = ".annotator.state"
WAIT = 30.0
"""Seconds to wait for another run in the same folder."""
MANY = 100
"""Outputs from which on a run has them all put on the disk at its end, instead of each by itself."""

TABLES = """
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
BEGIN EXCLUSIVE;
CREATE TABLE IF NOT EXISTS entry (output TEXT PRIMARY KEY, line BLOB NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS filled (folder TEXT);
CREATE TABLE IF NOT EXISTS taken (name TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
UPDATE entry SET seen = 0 WHERE seen;
DELETE FROM taken;
COMMIT;
"""


class State:
    """The entries of one output folder, old and new."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, making it; raise OutputError when that fails, or another run is at work there."""
        self.folder = folder
        self.path = folder / NAME
        self.made = _make(folder)
        left_over = self.path.exists()
        self.database = self._open()
        if left_over:
            self.sweep()
        self._fill()

    def _open(self) -> sqlite3.Connection:
        while True:
            try:
                database = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
                database.executescript(TABLES)
            except sqlite3.OperationalError as error:
                if "locked" in str(error):
                    problem = "another run is writing here; wait for its end, or choose another folder with -o"
                    raise OutputError(f"{self.folder}: {problem}") from error
                raise OutputError(f"{self.folder}: cannot be written: {error}") from error
            except sqlite3.DatabaseError:  # cut off by a loss of power: all outputs are looked at anew
                self.path.unlink()
                continue
            if self.path.exists():
                return database
            database.close()  # the run that we waited for has removed it

    def sweep(self) -> None:
        """Remove what an interrupted run, or a worker that died, had not finished writing."""
        for path in self.folder.rglob(f".*{files.TEMPORARY}"):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    def _fill(self) -> None:
        """Take over the entries of the last run, once."""
        if self.database.execute("SELECT 1 FROM filled").fetchone():
            return
        with self._transaction():
            rows = ((entry.output, manifest.encode(entry)) for entry in manifest.read(self.folder))
            self.database.executemany("INSERT OR IGNORE INTO entry VALUES (?, ?, 0)", rows)
            self.database.execute("INSERT INTO filled VALUES ('')")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self.database.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def old(self, output: str) -> manifest.Entry | None:
        """Return what is known of an output, None where nothing is."""
        row = self.database.execute("SELECT line FROM entry WHERE output = ?", (output,)).fetchone()
        return None if row is None else manifest.decode(row[0])

    def take(self, name: str, place: str) -> str | None:
        """Note that a document of that name was read at a place; return the place where one was before, else None."""
        try:
            self.database.execute("INSERT INTO taken VALUES (?, ?)", (name, place))
        except sqlite3.IntegrityError:
            row = self.database.execute("SELECT place FROM taken WHERE name = ?", (name,)).fetchone()
            return str(row[0])
        return None

    def taken(self, name: str) -> bool:
        """Say whether a document of that name was read in this run."""
        return self.database.execute("SELECT 1 FROM taken WHERE name = ?", (name,)).fetchone() is not None

    def put(self, entry: manifest.Entry) -> None:
        """Note an output that stands under its name, written now or before."""
        self.database.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, 1)", (entry.output, manifest.encode(entry)))

    def mark(self, output: str) -> None:
        """Note that an output still has its input, though that gives nothing now."""
        self.database.execute("UPDATE entry SET seen = 1 WHERE output = ?", (output,))

    def unseen(self) -> Iterator[manifest.Entry]:
        """Yield the entries of outputs that this run has not come by."""
        for (line,) in self.database.execute("SELECT line FROM entry WHERE NOT seen ORDER BY output"):
            yield manifest.decode(line)

    def drop(self, output: str) -> None:
        """Forget an output."""
        self.database.execute("DELETE FROM entry WHERE output = ?", (output,))

    def finish(self) -> None:
        """Write the manifest, and leave nothing else behind."""
        count = self.database.execute("SELECT count(*) FROM entry").fetchone()[0]
        path = self.folder / manifest.NAME
        if count:
            if count >= MANY:
                os.sync()
            with files.writing(path) as file:
                for (line,) in self.database.execute("SELECT line FROM entry ORDER BY output"):
                    file.write(line + b"\n")
        else:
            path.unlink(missing_ok=True)
        self.database.close()
        self.path.unlink(missing_ok=True)
        if not count:
            for folder in self.made:
                with contextlib.suppress(OSError):
                    folder.rmdir()

    def leave(self) -> None:
        """Close the database as it stands, for a later run to go on."""
        self.database.close()


def _make(folder: Path) -> list[Path]:
    """Make a folder; return those made, the innermost first."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    return made
