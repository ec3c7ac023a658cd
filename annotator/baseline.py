"""Gaps that people know of and accept: a file of JSON lines, so that only new ones fail.

Each line has the finding's `id`, what it is about, `why` it is accepted, by whom (`owner`), and, if it is not for
good, until when (`expires`, an ISO day).
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotator import files
from annotator.errors import FormatError
from annotator.model import Finding

NAME = "baseline.jsonl"
"""The file's name in a project's annotations/."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One accepted gap."""

    id: str
    doc: str
    kind: str
    label: str
    text: str
    why: str
    owner: str
    expires: date | None = None


class Sorted(NamedTuple):
    """Findings by what a baseline says of them, and the entries that no finding answers to any more."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    expired: tuple[Finding, ...]
    fixed: tuple[Accepted, ...]

    @property
    def failing(self) -> tuple[Finding, ...]:
        """What must be mended: new gaps and those accepted only until a day that has passed."""
        return tuple(f for f in (*self.new, *self.expired) if f.severity == "error")


def read(path: Path) -> tuple[Accepted, ...]:
    """Return the entries of the baseline at `path`; raise FormatError with file and line for what is none."""
    decoder = msgspec.json.Decoder(Accepted)
    entries: dict[str, Accepted] = {}
    for number, line in enumerate(files.read_bytes(path).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            entry = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            allowed = ", ".join(Accepted.__struct_fields__)
            raise FormatError(path, number, f"{error}; allowed keys: {allowed}".replace("`", '"')) from error
        if entry.id in entries:
            raise FormatError(path, number, f'a second entry for "{entry.id}"')
        entries[entry.id] = entry
    return tuple(entries.values())


def encode(entries: Iterable[Accepted]) -> bytes:
    """Return the bytes of a baseline file, one entry a line, sorted by document and id."""
    ordered = sorted(entries, key=lambda entry: (entry.doc, entry.id))
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in ordered)


def accept(finding: Finding, *, why: str, owner: str, expires: date | None = None) -> Accepted:
    """Return the entry that accepts a finding."""
    record = finding.gold or finding.found
    return Accepted(
        id=finding.id, doc=finding.doc, kind=finding.kind, label=finding.label, text=record.text if record else "",
        why=why, owner=owner, expires=expires,
    )  # fmt: skip


def sort(findings: Iterable[Finding], entries: Iterable[Accepted], *, today: date) -> Sorted:
    """Return which findings are new, known or accepted only until a day before `today`, and which entries are fixed."""
    accepted = {entry.id: entry for entry in entries}
    new, known, expired, seen = [], [], [], set()
    for finding in findings:
        entry = accepted.get(finding.id)
        seen.add(finding.id)
        if entry is None:
            new.append(finding)
        elif entry.expires is not None and entry.expires < today:
            expired.append(finding)
        else:
            known.append(finding)
    fixed = tuple(entry for entry in accepted.values() if entry.id not in seen)
    return Sorted(tuple(new), tuple(known), tuple(expired), fixed)
