"""Two newer sets of records and the one both come from, are merged by content; what cannot be is a conflict.

Each record of the base is followed to both sides by the comparison's pairing. What only one side has changed is taken
from there: a record that came or went, and of a changed one its place, its meaning, its comment each for itself. A
conflict is only what both sides changed in different ways, or what one changed and the other removed; then our side is
kept, so that the result is always a whole file. Where one side was made from an edited article, the other's changes
are carried to the new places.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from annotator.comparison.pairing import Shift, pair
from annotator.evidence import number
from annotator.merging.keys import (
    FOLLOWING,
    PLACE,
    REFERENCES,
    SHARED,
    dated,
    free_keys,
    groups_of,
    identity,
    order,
    said_of_entities,
)
from annotator.model import Actor, Agreement, Annotations, AnyRecord, Document, Event


class Conflict(NamedTuple):
    """What both sides changed in different ways, and the words for it; a side that removed it is None."""

    ours: AnyRecord | None
    theirs: AnyRecord | None
    words: str


class Merge(NamedTuple):
    """The merged records, which are ours where there is a conflict, and the conflicts."""

    annotations: Annotations
    conflicts: tuple[Conflict, ...]


class _Node:
    """One record followed through: in the base, on our side, on theirs, and what has become of it."""

    def __init__(self, base: AnyRecord | None, ours: AnyRecord | None, theirs: AnyRecord | None) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.merged: AnyRecord | None = None


def merge(base: Annotations, ours: Annotations, theirs: Annotations) -> Merge:
    """Return `ours` and `theirs`, which both come from `base`, as one."""
    edited = {side.document.sha256 for side in (ours, theirs)} - {base.document.sha256}
    if len(edited) > 1:
        return Merge(ours, (Conflict(None, None, "both sides were made from different edits of the article"),))
    return _Merging(base, ours, theirs).merge()


class _Merging:
    """Merges one document."""

    def __init__(self, base: Annotations, ours: Annotations, theirs: Annotations) -> None:
        self.documents = base.document, ours.document, theirs.document
        self.conflicts: list[Conflict] = []
        to_ours, to_theirs = pair(base, ours), pair(base, theirs)
        self.edited = ours.document.sha256 != theirs.document.sha256
        self.ours_edited = self.edited and ours.document.sha256 != base.document.sha256
        target = to_ours if self.ours_edited else to_theirs
        self.shift = Shift((old, new) for old, new in target if old is not None and new is not None)
        mine = {old.id: new for old, new in to_ours if old is not None}
        other = {old.id: new for old, new in to_theirs if old is not None}
        self.nodes = [_Node(record, mine[record.id], other[record.id]) for record in base.records]
        self.nodes += self._added(
            [new for old, new in to_ours if old is None and new is not None],
            [new for old, new in to_theirs if old is None and new is not None],
        )
        self.node_of = [
            {record.id: node for node in self.nodes if (record := getattr(node, side)) is not None}
            for side in ("base", "ours", "theirs")
        ]

    def _added(self, ours: Sequence[AnyRecord], theirs: Sequence[AnyRecord]) -> Iterator[_Node]:
        """Yield a node for each record that one side has added, one node for what both have."""
        moved = {identity(self._carried(record, from_ours=False)): record for record in theirs}
        for record in ours:
            yield _Node(None, record, moved.pop(identity(self._carried(record, from_ours=True)), None))
        yield from (_Node(None, None, record) for record in moved.values())

    def _carried(self, record: AnyRecord, *, from_ours: bool) -> AnyRecord:
        """Return a record at its place in the article that the result is about."""
        if not self.edited or from_ours == self.ours_edited:
            return record
        by = self.shift.of(record.start)
        return msgspec.structs.replace(record, start=record.start + by, end=record.end + by)

    def merge(self) -> Merge:
        """Return the merged records."""
        for node in self.nodes:
            node.merged = self._node(node)
        self._part()
        self._revive()
        self._agree()
        kept = sorted((n for n in self.nodes if n.merged is not None), key=lambda n: order(n.merged))
        records = self._referred(kept)
        return Merge(Annotations(self._document(len(records)), records), tuple(self.conflicts))

    def _conflict(self, node: _Node, words: str) -> AnyRecord | None:
        self.conflicts.append(Conflict(node.ours, node.theirs, words))
        return self._taken(node, from_ours=True)

    def _taken(self, node: _Node, *, from_ours: bool) -> AnyRecord | None:
        """Return one side's record whole, at its place in the result; None where that side has none."""
        record = node.ours if from_ours else node.theirs
        if record is None:
            return None
        references = self._values(record, [key for key in REFERENCES if hasattr(record, key)], 1 if from_ours else 2)
        return msgspec.structs.replace(self._carried(record, from_ours=from_ours), **references)

    def _node(self, node: _Node) -> AnyRecord | None:
        """Return what becomes of one record; None where it goes."""
        base, ours, theirs = node.base, node.ours, node.theirs
        if ours is not None and theirs is not None:
            return self._both(node, ours, theirs)
        if base is None:
            return self._taken(node, from_ours=ours is not None)
        left = ours if ours is not None else theirs
        if left is None or not any(
            self._changed(base, left, group, ours=ours is not None) for group in groups_of(base)
        ):
            return None
        who = ("we", "they") if ours is not None else ("they", "we")
        return self._conflict(node, f"{who[0]} changed what {who[1]} removed: “{base.text}”")

    def _both(self, node: _Node, ours: AnyRecord, theirs: AnyRecord) -> AnyRecord | None:
        base = node.base
        if type(ours) is not type(theirs) or (base is not None and type(base) is not type(ours)):
            return self._whole(node, ours, theirs)
        taken: dict[str, Any] = {}
        for group in groups_of(ours):
            changed = [base is None or self._changed(base, side, group, ours=side is ours) for side in (ours, theirs)]
            decisive = [key for key in group if key not in FOLLOWING.get(ours.label, ())]
            if all(changed) and self._values(ours, decisive, 1) != self._values(theirs, decisive, 2):
                keys = [key for key in decisive if key not in PLACE and getattr(ours, key) != getattr(theirs, key)]
                return self._conflict(node, f"both sides changed {', '.join(keys) or 'the place'} of “{ours.text}”")
            from_ours = changed[0] or (not changed[1] and (not self.edited or self.ours_edited))
            if group[0] == "id" and self.edited:
                taken |= self._place(node, group, changed)
            else:
                taken |= self._values(ours if from_ours else theirs, group, 1 if from_ours else 2)
        changes = taken | free_keys(base, ours, theirs)
        return msgspec.structs.replace(ours, **changes)

    def _place(self, node: _Node, group: tuple[str, ...], changed: Sequence[bool]) -> dict[str, Any]:
        """Return the place of a record that one side may have re-bounded while the other's article was edited."""
        assert node.ours is not None
        assert node.theirs is not None
        from_ours = changed[0] or (not changed[1] and self.ours_edited)
        side = node.ours if from_ours else node.theirs
        values = self._values(side, group, 1 if from_ours else 2)
        carried = self._carried(side, from_ours=from_ours)
        return values | {"start": carried.start, "end": carried.end}

    def _whole(self, node: _Node, ours: AnyRecord, theirs: AnyRecord) -> AnyRecord | None:
        """Return a record of which one side changed the label."""
        base = node.base
        for side, other in ((ours, theirs), (theirs, ours)):
            if base is not None and type(other) is type(base):
                groups = groups_of(other)
                if not any(self._changed(base, other, group, ours=other is ours) for group in groups):
                    return self._taken(node, from_ours=side is ours)
        return self._conflict(node, f"both sides changed “{ours.text}”, one of them its label")

    def _changed(self, base: AnyRecord, side: AnyRecord, group: tuple[str, ...], *, ours: bool) -> bool:
        """Say whether a side has changed a group of keys; a new place in an edited article is no change."""
        if type(base) is not type(side):
            return True
        edited = self.edited and ours == self.ours_edited
        place = ("text",) if edited else ("start", "end", "text")
        keys = [key for key in group if key in place or key not in (*PLACE, *FOLLOWING.get(base.label, ()))]
        index = 1 if ours else 2
        return self._values(base, keys, 0) != self._values(side, keys, index)

    def _values(self, record: AnyRecord, keys: Iterable[str], side: int) -> dict[str, Any]:
        """Return some keys of a record, references as the nodes they point to."""
        values = {key: getattr(record, key) for key in keys}
        for key in REFERENCES:
            if key in values and values[key] in self.node_of[side]:
                values[key] = self.node_of[side][values[key]]
        return values

    def _part(self) -> None:
        """Take back what would make two records overlap."""
        again = True
        while again:
            again = False
            spans = [n for n in self.nodes if n.merged is not None and not isinstance(n.merged, Event)]
            spans.sort(key=lambda node: order(node.merged))
            for one, other in pairwise(spans):
                if one.merged is None or other.merged is None or one.merged.end <= other.merged.start:
                    continue
                wrong = one if not self._is_ours(one) else other
                self.conflicts.append(
                    Conflict(wrong.ours, wrong.theirs, f"“{one.merged.text}” and “{other.merged.text}” would overlap")
                )
                wrong.merged = self._taken(wrong, from_ours=True)
                again = True

    def _is_ours(self, node: _Node) -> bool:
        if node.ours is None or node.merged is None:
            return False
        carried = self._carried(node.ours, from_ours=True)
        return (carried.start, carried.end) == (node.merged.start, node.merged.end)

    def _revive(self) -> None:
        """Bring back what one side removed though something on the other still refers to it."""
        for node in [node for node in self.nodes if node.merged is not None]:
            for key in REFERENCES:
                target = getattr(node.merged, key, None)
                if isinstance(target, _Node) and target.merged is None and node.merged is not None:
                    words = f"“{node.merged.text}” refers to what was removed on the other side"
                    self.conflicts.append(Conflict(target.ours, target.theirs, words))
                    target.merged = self._taken(target, from_ours=target.ours is not None)

    def _agree(self) -> None:
        """Let all mentions of an entity say the same again: what one side changed of it holds for all."""
        said = [said_of_entities(getattr(node, side) for node in self.nodes) for side in ("base", "ours", "theirs")]
        for node in self.nodes:
            record = node.merged
            if not isinstance(record, Actor | Agreement | Event):
                continue
            for key in SHARED:
                base, ours, theirs = (side.get((record.entity, key)) for side in said)
                if not hasattr(record, key) or (isinstance(record, Actor) and key == "type"):
                    continue
                value = theirs if ours is None or (ours == base and theirs is not None) else ours
                if key == "name" and ours is not None and theirs is not None and base not in (ours, theirs):
                    value = max(ours, theirs, key=len)
                if value is not None and getattr(record, key) != value:
                    record = msgspec.structs.replace(record, **{key: value})
            node.merged = record

    def _referred(self, kept: Sequence[_Node]) -> list[AnyRecord]:
        """Return the records in order, numbered anew where several have the same id, references with the new ids."""
        merged = [node.merged for node in kept if node.merged is not None]
        ids = number(record.id.partition("-")[0] for record in merged)
        new_id = dict(zip(map(id, kept), ids, strict=True))
        records = []
        for node, record in zip(kept, merged, strict=True):
            changes: dict[str, Any] = {"id": new_id[id(node)]}
            for key in REFERENCES:
                target = getattr(record, key, None)
                if isinstance(target, _Node):
                    changes[key] = new_id[id(target)]
            records.append(msgspec.structs.replace(record, **changes))
        return dated(records)

    def _document(self, count: int) -> Document:
        base, ours, theirs = self.documents
        changes: dict[str, Any] = {"records": count}
        for key in Document.__struct_fields__:
            said, mine, other = (getattr(document, key) for document in (base, ours, theirs))
            if key != "records" and mine == said:
                changes[key] = other
            elif key not in ("records", "pipeline", "annotator") and other not in (said, mine):
                self.conflicts.append(Conflict(None, None, f"both sides changed the document’s {key}"))
        return msgspec.structs.replace(ours, **changes)
