"""Decisions are kept when they are taken: a journal beside the gold, one JSON line each, on the disk before shown.

The journal stands for one version of the gold, whose digest its first line has. It is removed once gold is written; so
that a kill between these two is harmless, its last line then has the digest of what was about to be written.
"""

import fcntl
import hashlib
import os
from pathlib import Path
from typing import Literal

import msgspec

from annotator.baseline import Accepted
from annotator.errors import FormatError, OutputError
from annotator.project import doc_of
from annotator.review.rows import Edit

Verdict = Literal["accept", "reject", "known", "edit", "add", "skip"]


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line: a verdict on a finding, with its edits of gold lines or its entry in the baseline.

    `begin` opens a journal and `saving` closes it, both with a digest of the gold file; `undo` takes the last verdict
    back that has not been taken back.
    """

    verdict: Verdict | Literal["begin", "undo", "saving"]
    finding: str | None = None
    edits: tuple[Edit, ...] = ()
    known: Accepted | None = None
    sha256: str | None = None


def digest(content: bytes) -> str:
    """Return the hexadecimal SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


class Journal:
    """The journal of one gold file, locked while it is open."""

    def __init__(self, gold: Path) -> None:
        """Lock the gold file for this review; raise OutputError where another process reviews it."""
        self.gold = gold
        self.path = gold.with_name(f".{doc_of(gold)}.review")
        self._lock_path = gold.with_name(f".{doc_of(gold)}.review.lock")
        self._lock = self._locked()
        self._file: int | None = None

    def _locked(self) -> int:
        while True:
            try:
                lock = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            except OSError as error:
                raise OutputError(f"{self._lock_path}: cannot be written: {error.strerror}") from error
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = os.read(lock, 32).decode(errors="replace").strip() or "unknown"
                os.close(lock)
                words = f"{self.gold} is being reviewed by another process (pid {holder}); finish that review first"
                raise OutputError(words) from error
            if self._lock_path.exists() and os.fstat(lock).st_ino == self._lock_path.stat().st_ino:
                break
            os.close(lock)
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())
        return lock

    def entries(self) -> list[Entry]:
        """Return what was decided before and not saved; a line that a kill has cut off was never shown, and is cut.

        Raise FormatError for a line that is none.
        """
        if not self.path.is_file():
            return []
        content = self.path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            os.truncate(self.path, len(whole))
        decoder = msgspec.json.Decoder(Entry)
        entries = []
        for number, line in enumerate(whole.splitlines(), 1):
            try:
                entries.append(decoder.decode(line))
            except msgspec.MsgspecError as error:
                raise FormatError(self.path, number, f"{error}; move the file away to begin anew") from error
        return entries

    def append(self, entry: Entry) -> None:
        """Write an entry and wait until it is on the disk; raise OutputError where it cannot be."""
        try:
            if self._file is None:
                self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
                _sync_folder(self.path.parent)
            os.write(self._file, msgspec.json.encode(entry) + b"\n")
            os.fsync(self._file)
        except OSError as error:
            raise OutputError(f"{self.path}: the decision cannot be kept: {error.strerror}") from error

    def remove(self) -> None:
        """Take the journal away, once all is in gold."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let others review the file; the journal stays if there is one."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self._lock_path.unlink(missing_ok=True)
        os.close(self._lock)


def _sync_folder(folder: Path) -> None:
    """Put a folder's list of names onto the disk, so that a new file in it outlives a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
