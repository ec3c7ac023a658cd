"""Decisions about findings become edits of gold lines: what the extracted side says goes into gold, or what was typed.

What all mentions of an entity share is changed in all of them: the kind and the parties of an agreement.
"""

from collections.abc import Mapping
from typing import Any

from annotator.errors import UsageError
from annotator.model import Agreement, AnyRecord, Event, Finding
from annotator.reconciliation.entities import Alignment
from annotator.review.rows import Edit, Row, Rows, row_of
from annotator.verification.consistency import PREFIXES

CONFLICT = "merge"
"""The reason of a finding that a merge has left: gold is our side, found theirs."""


class Sides:
    """What is what on both sides: extracted entities and records as gold calls them."""

    def __init__(self, alignment: Alignment, twins: Mapping[str, str]) -> None:
        self.alignment = alignment
        self.twins = twins

    def row(self, record: AnyRecord, rows: Mapping[str, Row]) -> Row:
        """Return an extracted record as a gold line, entities and references as gold has them."""
        row = row_of(record)
        for key in ("entity", "parties"):
            if key in row:
                row[key] = self.entities(row[key])
        if row["label"] == "ACTOR" and not row["entity"].startswith(PREFIXES[row["type"]]):
            row["entity"] = row_of(record)["entity"]
        mentioned = (r for r in rows.values() if r["label"] == "AGREEMENT" and r["entity"] == row.get("entity"))
        if row["label"] == "EVENT" and next(mentioned, None) is not None:
            row.pop("parties", None)
        for key in ("agreement", "date"):
            if key in row:
                row[key] = self.reference(row[key], rows, record)
        return row

    def entities(self, value: Any) -> Any:
        """Return extracted entity ids as gold has them."""
        if isinstance(value, list):
            return sorted({self.alignment.gold(each) for each in value})
        return self.alignment.gold(value)

    def reference(self, found_id: str, rows: Mapping[str, Row], record: AnyRecord) -> str:
        """Return the key of the gold line that an extracted record's id stands for."""
        for key in (self.twins.get(found_id), found_id):
            if key is not None and key in rows:
                return key
        raise UsageError(f"“{record.text[:50]}” refers to what is not in gold yet: accept that first")


def accepted(finding: Finding, rows: Rows, sides: Sides) -> list[Edit]:
    """Return the edits that take the extracted side of a finding into gold; raise UsageError where there is none."""
    gold, found = finding.gold, finding.found
    if finding.reason == CONFLICT:
        return _replaced(gold, found, rows, sides)
    if finding.kind == "missing" and gold is not None:
        return _removed(gold, rows)
    if finding.kind == "spurious" and found is not None:
        return _added(found, rows, sides)
    if gold is None or found is None:
        raise UsageError(f"this is no difference that can be accepted into gold ({finding.cause}): edit it, or mend it")
    row = _row(gold, rows)
    said = sides.row(found, rows)
    if finding.label != said["label"]:
        return [Edit(gold.id, row, said | {"id": gold.id})]
    return changed(gold.id, row, _taken(finding, said), rows)


def _taken(finding: Finding, said: Row) -> Row:
    """Return the keys of the extracted side that a finding is about."""
    if finding.kind == "boundary":
        keys: tuple[str, ...] = ("start", "end", "text")
    elif isinstance(finding.found, Event):
        keys = ("event", "modality", "entity", "agreement", "date")
    elif isinstance(finding.found, Agreement):
        keys = (finding.reason,) if finding.reason in ("kind", "parties") else ("entity",)
    else:
        keys = {"type": ("type", "entity"), "value": ("value", "mod"), "entity": ("entity",)}.get(finding.kind, ())
    if not keys:
        raise UsageError(f"a {finding.kind} cannot be accepted into gold: {finding.cause}")
    return {
        key: said.get(key) for key in keys if key in said or key in ("value", "mod", "agreement", "date", "parties")
    }


def _row(record: AnyRecord, rows: Mapping[str, Row]) -> Row:
    if record.id not in rows:
        raise UsageError(f"“{record.text}” is not in gold any more")
    return rows[record.id]


def _removed(gold: AnyRecord, rows: Rows) -> list[Edit]:
    """Return the edits that remove a line; events that refer to it refer to another mention where there is one."""
    row = _row(gold, rows)
    edits = [Edit(gold.id, row, None)]
    mentions = [r for r in rows.values() if r["label"] == "AGREEMENT" and r.get("entity") == row.get("entity")]
    if row["label"] == "AGREEMENT" and len(mentions) > 1:
        told = {k: r for k, r in rows.items() if r["label"] == "EVENT" and r.get("agreement") == gold.id}
        edits += [Edit(k, r, {key: value for key, value in r.items() if key != "agreement"}) for k, r in told.items()]
    return edits


def _added(found: AnyRecord, rows: Rows, sides: Sides) -> list[Edit]:
    row = sides.row(found, rows)
    key = found.id
    while key in rows:
        key += "+"
    return added(key, row, rows)


def added(key: str, row: Row, rows: Rows) -> list[Edit]:
    """Return the edit that adds a line, which says of its agreement what the other mentions say."""
    row = row | {"id": key}
    if row["label"] == "AGREEMENT":
        same = (r for r in rows.values() if r["label"] == "AGREEMENT" and r["entity"] == row.get("entity"))
        mention = next(same, None)
        row = row if mention is None else _without_shared(row) | _shared(mention)
    return [Edit(key, None, row)]


def _shared(row: Row) -> Row:
    return {key: row[key] for key in ("kind", "parties") if key in row}


def _without_shared(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("kind", "parties")}


def _replaced(gold: AnyRecord | None, found: AnyRecord | None, rows: Rows, sides: Sides) -> list[Edit]:
    """Return the edits that take their side of a merge conflict whole."""
    if found is None:
        return _removed(gold, rows) if gold is not None else []
    if gold is None:
        return _added(found, rows, sides)
    return changed(gold.id, _row(gold, rows), {k: v for k, v in row_of(found).items() if k != "id"}, rows)


def changed(key: str, row: Row, changes: Mapping[str, Any], rows: Rows) -> list[Edit]:
    """Return the edits that change keys of a line, and what others must then say too; None removes a key."""
    after = {k: v for k, v in {**row, **changes}.items() if v is not None}
    label, entity = after["label"], after.get("entity")
    if label == "ACTOR" and "entity" in changes and "type" not in changes:
        after["type"] = next(
            (t for t, prefix in PREFIXES.items() if entity and entity.startswith(prefix)), after["type"]
        )
    if label != "AGREEMENT":
        return [Edit(key, row, after)]
    others = {k: r for k, r in rows.items() if k != key and r["label"] == "AGREEMENT" and r.get("entity") == entity}
    if entity != row.get("entity") and others and not {"kind", "parties"} & changes.keys():
        after = _without_shared(after) | _shared(next(iter(others.values())))
    edits = [Edit(key, row, after)]
    edits += [
        Edit(k, r, _without_shared(r) | _shared(after)) for k, r in others.items() if _shared(r) != _shared(after)
    ]
    if entity != row.get("entity"):
        told = {k: r for k, r in rows.items() if r["label"] == "EVENT" and r.get("agreement") == key}
        edits += [Edit(k, r, r | {"entity": entity}) for k, r in told.items()]
    return edits
