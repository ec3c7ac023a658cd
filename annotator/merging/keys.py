"""Which keys of a record belong together, which follow from others, and what several records share."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from annotator.model import Actor, Agreement, AnyRecord, Date, Event

PLACE = ("id", "start", "end", "text", "prefix", "suffix", "notes")
GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "DATE": (PLACE, ("type", "value", "mod", "timex", "earliest", "latest", "anchor", "relation")),
    "ACTOR": (PLACE, ("type", "entity", "name")),
    "AGREEMENT": (PLACE, ("kind",), ("entity", "name"), ("parties",)),
    "CITATION": ((*PLACE, "value", "note_start", "note_end"),),
    "EVENT": ((*PLACE, "event", "modality", "entity", "agreement", "date", "value", "parties"),),
}
"""Keys that are taken from one side together; an event's id follows from most of its keys, so that it is one group."""

FOLLOWING = {
    "DATE": ("timex", "earliest", "latest"), "ACTOR": ("name",), "AGREEMENT": ("name",), "EVENT": ("value", "parties"),
}  # fmt: skip
"""Keys that follow from other keys or records, so that a change of them alone is none."""

REFERENCES = ("anchor", "agreement", "date")
SHARED = ("type", "name", "kind", "parties")
"""Keys that all mentions of an entity have in common."""


def groups_of(record: AnyRecord) -> tuple[tuple[str, ...], ...]:
    """Return the groups of keys of a record."""
    return GROUPS[record.label]


def identity(record: AnyRecord) -> tuple[object, ...]:
    """Return what makes two added records the same: place and label, of an event also what it tells."""
    more = (record.event, record.entity) if isinstance(record, Event) else ()
    return record.start, record.end, record.label, *more


def order(record: AnyRecord | None) -> tuple[int, int, str]:
    """Return where a record stands in its file."""
    assert record is not None
    return record.start, record.end, record.label


def free_keys(base: AnyRecord | None, ours: AnyRecord, theirs: AnyRecord) -> dict[str, Any]:
    """Return rule and comment: the changed one, ours before theirs; both comments where both were changed."""
    taken: dict[str, Any] = {}
    for key in ("rule", "comment"):
        said, mine, other = getattr(base, key, None), getattr(ours, key), getattr(theirs, key)
        if mine == said:
            taken[key] = other
        elif key == "comment" and mine and other and other not in (said, mine):
            taken[key] = f"{mine}; {other}"
    return taken


def said_of_entities(records: Iterable[AnyRecord | None]) -> dict[tuple[str, str], Any]:
    """Return what is said of each entity on one side, by entity and key."""
    said: dict[tuple[str, str], Any] = {}
    for record in records:
        if isinstance(record, Actor | Agreement):
            for key in SHARED:
                if hasattr(record, key):
                    said.setdefault((record.entity, key), getattr(record, key))
    return said


def dated(records: Sequence[AnyRecord]) -> list[AnyRecord]:
    """Return the records, events with the value of the date that dates them and the entity of their agreement."""
    by_id = {record.id: record for record in records}
    made: list[AnyRecord] = []
    for record in records:
        if isinstance(record, Event):
            date, agreement = by_id.get(record.date or ""), by_id.get(record.agreement or "")
            changes: dict[str, Any] = {"value": date.value} if isinstance(date, Date) else {}
            if isinstance(agreement, Agreement):
                changes["parties"] = agreement.parties
            record = msgspec.structs.replace(record, **changes)
        made.append(record)
    return made
