"""Gold as lines that people write, by a key each, and the checks that a changed line must pass at once.

Everything is checked again, and proved, before gold is written; the checks here are those that need no other line's
computed parts, so that they are done between two keys.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args

import msgspec

from annotator import temporal
from annotator.errors import UsageError
from annotator.model import (
    ActorType,
    AgreementKind,
    AnyRecord,
    DateType,
    EventKind,
    Mod,
    Modality,
)
from annotator.verification.consistency import PREFIXES

Row = dict[str, Any]
Rows = dict[str, Row]

FIELDS: dict[str, tuple[str, ...]] = {
    "DATE": ("type", "value", "mod", "comment"),
    "ACTOR": ("type", "entity", "comment"),
    "AGREEMENT": ("kind", "entity", "parties", "comment"),
    "CITATION": ("comment",),
    "EVENT": ("event", "modality", "entity", "comment"),
}
"""What people may say of a record of each label, besides its place."""

NEEDED = {"DATE": ("type",), "ACTOR": ("type", "entity"), "AGREEMENT": ("kind", "entity"), "EVENT": ("event", "entity")}

ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    ("DATE", "type"): get_args(DateType),
    ("DATE", "mod"): get_args(Mod),
    ("ACTOR", "type"): get_args(ActorType),
    ("AGREEMENT", "kind"): get_args(AgreementKind),
    ("EVENT", "event"): get_args(EventKind),
    ("EVENT", "modality"): get_args(Modality),
}

WRITTEN = ("type", "value", "mod", "entity", "kind", "parties", "event", "modality", "agreement", "date", "comment")
"""The keys of a whole record that people write; the others are computed."""


class Edit(NamedTuple):
    """One line of gold before and after; None where there is none."""

    key: str
    before: Row | None
    after: Row | None


def row_of(record: AnyRecord) -> Row:
    """Return the line that a person would have written for a record."""
    row: Row = {"label": record.label, "id": record.id, "start": record.start, "end": record.end, "text": record.text}
    for key in WRITTEN:
        value = getattr(record, key, None)
        if value is not None and not (key == "value" and record.label in ("CITATION", "EVENT")):
            row[key] = list(value) if isinstance(value, tuple) else value
    return row


def rows_of(records: Iterable[AnyRecord]) -> Rows:
    """Return the lines of records by their ids; an event’s parties are those that a mention of its agreement has."""
    rows = {record.id: row_of(record) for record in records}
    mentioned = {row["entity"] for row in rows.values() if row["label"] == "AGREEMENT"}
    for row in rows.values():
        if row["label"] == "EVENT" and row["entity"] in mentioned:
            row.pop("parties", None)
    return rows


def apply(rows: Rows, edits: Iterable[Edit]) -> None:
    """Make the edits."""
    for edit in edits:
        if edit.after is None:
            rows.pop(edit.key, None)
        else:
            rows[edit.key] = edit.after


def inverse(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits that take others back.

    >>> inverse([Edit("a", None, {"label": "DATE"})])
    [Edit(key='a', before={'label': 'DATE'}, after=None)]
    """
    return [Edit(edit.key, edit.after, edit.before) for edit in reversed(list(edits))]


def check(rows: Mapping[str, Row], edits: Iterable[Edit], text: str) -> None:
    """Raise UsageError, with what to do, where an edit makes a line that no gold file can hold.

    `rows` are the lines with the edits made.
    """
    for edit in edits:
        if edit.after is not None:
            _check_row(edit.after, text)
            if edit.after["label"] != "EVENT":
                _check_apart(rows, edit.key, edit.after)
        elif edit.before is not None:
            _check_unused(rows, edit)


def _check_row(row: Row, text: str) -> None:
    start, end = row["start"], row["end"]
    words = text[start:end]
    if not words.strip() or words != row["text"] or words != words.strip():
        raise UsageError("a span must hold words, and neither begin nor end with white space")
    if "\n" in words:
        raise UsageError("a span must not cross a paragraph’s end")
    label = row["label"]
    for key in NEEDED.get(label, ()):
        if not row.get(key):
            raise UsageError(f"{label} needs {key}=…{_allowed(label, key)}")
    for (wanted, key), allowed in ALLOWED.items():
        if wanted == label and row.get(key) is not None and row[key] not in allowed:
            raise UsageError(f"{key}={row[key]} is not known{_allowed(label, key)}")
    if label == "DATE" and row.get("value") is not None and not temporal.is_value(row["value"]):
        raise UsageError(f"“{row['value']}” is no EDTF date, time or ISO 8601 duration")
    if label == "ACTOR" and not row["entity"].startswith(PREFIXES[row["type"]]):
        raise UsageError(f"the entity of a {row['type']} starts with {PREFIXES[row['type']]}")


def _allowed(label: str, key: str) -> str:
    return f"; one of {', '.join(ALLOWED[label, key])}" if (label, key) in ALLOWED else ""


def _check_apart(rows: Mapping[str, Row], key: str, row: Row) -> None:
    start, end = row["start"], row["end"]
    for other_key, other in rows.items():
        if other["start"] < end and start < other["end"] and other["label"] != "EVENT" and other_key != key:
            raise UsageError(f"“{row['text']}” would overlap “{other['text']}” ({other['label']}) in gold")


def _check_unused(rows: Mapping[str, Row], edit: Edit) -> None:
    for row in rows.values():
        if row["label"] == "EVENT" and edit.key in (row.get("date"), row.get("agreement")):
            raise UsageError(
                f"the event “{row['text'][:50]}” refers to “{(edit.before or row)['text']}”: decide that event first"
            )


def fields(row: Row) -> str:
    """Return what a line says, as one edits it.

    >>> fields({"label": "DATE", "type": "date", "value": "2014"})
    'type=date value=2014 mod='
    """
    said = []
    for key in FIELDS[row["label"]]:
        value = row.get(key)
        if key != "comment" or value:
            words = ",".join(value) if isinstance(value, list) else value or ""
            said.append(f'{key}="{words}"' if " " in words else f"{key}={words}")
    return " ".join(said)


def parse(words: str, label: str) -> dict[str, Any]:
    """Return the keys and values that a person typed; an empty value is None. Raise UsageError for what is none.

    >>> parse("type=date value= parties", "DATE")
    Traceback (most recent call last):
    annotator.errors.UsageError: “parties” is no key=value; keys of DATE: type, value, mod, comment
    """
    import shlex

    try:
        tokens = shlex.split(words)
    except ValueError as error:
        raise UsageError(f"a quotation mark is not closed in: {words}") from error
    said: dict[str, Any] = {}
    for token in tokens:
        key, equals, value = token.partition("=")
        if not equals or key not in FIELDS[label]:
            raise UsageError(f"“{token}” is no key=value; keys of {label}: {', '.join(FIELDS[label])}")
        said[key] = (sorted(filter(None, value.split(","))) if key == "parties" else value) or None
    return said


def encode(head: Row, rows: Mapping[str, Row]) -> bytes:
    """Return the lines as the bytes of a file that a person has written."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in (head, *rows.values()))
