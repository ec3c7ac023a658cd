"""Names what has changed between paired records; what only follows from an edit of the article is counted, not listed.

`added`, `removed` · `boundary`: other words of the same article, or words that were edited · `type`: label, type, kind,
event, modality · `value`: value, modifier, bounds, a mark's number · `entity`: entity, name, parties · `anchor`: how a
date was resolved · `reference`: the agreement or date of an event · `notes` · `comment` · `rule`: another rule
finds the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import msgspec

from annotator.comparison.pairing import Pair, pair
from annotator.model import Annotations, AnyRecord, Citation, Document

Kind = Literal[
    "added", "removed", "boundary", "type", "value", "entity", "anchor", "reference", "notes", "rule", "comment"
]

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "label": "type", "text": "boundary", "start": "boundary", "end": "boundary", "type": "type", "kind": "type",
        "event": "type", "modality": "type", "value": "value", "mod": "value", "timex": "value", "earliest": "value",
        "latest": "value", "entity": "entity", "name": "entity", "parties": "entity", "anchor": "anchor",
        "relation": "anchor", "agreement": "reference", "date": "reference", "notes": "notes", "note_start": "notes",
        "note_end": "notes", "rule": "rule", "comment": "comment",
    }
)  # fmt: skip
"""What kind of change it is when a key's value has changed; keys that only locate a record are no change."""

REFERENCES = ("anchor", "agreement", "date")
"""Keys that hold the id of another record."""

MADE_WITH = ("annotator", "pipeline")
"""Keys of a DOCUMENT that say what made the records, not what they are."""


class Key(msgspec.Struct, frozen=True):
    """One key of a record with its older and its newer value, in words; None where there is none."""

    key: str
    old: str | None
    new: str | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A record that came, went or changed: in which ways, which keys, and both sides as far as there are two."""

    kinds: tuple[Kind, ...]
    label: str
    rule: str | None
    keys: tuple[Key, ...] = ()
    old: AnyRecord | None = None
    new: AnyRecord | None = None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in one document.

    `changes` are in the order of the newer article. `moved` counts the records that only stand elsewhere since the
    article was edited, `renumbered` those of them whose footnotes have other numbers, `unchanged` all others. `head`
    are the changed keys of the DOCUMENT line, `made_with` those of them that tell what made the records.
    """

    old: Document
    new: Document
    changes: tuple[Change, ...]
    moved: int = 0
    renumbered: int = 0
    unchanged: int = 0
    head: tuple[Key, ...] = ()
    made_with: tuple[Key, ...] = ()

    @property
    def doc(self) -> str:
        """The document's name."""
        return self.new.doc

    @property
    def edited(self) -> bool:
        """Whether the article itself was edited between the two."""
        return self.old.sha256 != self.new.sha256

    @property
    def differs(self) -> bool:
        """Whether anything differs but what the records were made with."""
        return bool(self.changes or self.head or self.edited)

    def counts(self) -> Counter[tuple[str, Kind, str]]:
        """Return how many changes there are of each label, kind and rule (empty without one)."""
        return Counter((change.label, kind, change.rule or "") for change in self.changes for kind in change.kinds)


def compare(old: Annotations, new: Annotations) -> Comparison:
    """Return what changed from `old` to `new`, two sets of records of one document."""
    pairs = pair(old, new)
    edited = old.document.sha256 != new.document.sha256
    context = _Context(pairs, edited=edited)
    changes: list[Change] = []
    tally = {"moved": 0, "renumbered": 0, "unchanged": 0}
    for both in pairs:
        if both.old == both.new:
            tally["unchanged"] += 1
            continue
        change = context.change(both)
        if change is not None:
            changes.append(change)
        else:
            tally["moved" if edited and context.elsewhere(both) else "unchanged"] += 1
            tally["renumbered"] += context.renumbered(both)
    head = list(_head(old.document, new.document))
    return Comparison(
        old=old.document, new=new.document, changes=tuple(changes), **tally,
        head=tuple(key for key in head if key.key not in MADE_WITH),
        made_with=tuple(key for key in head if key.key in MADE_WITH),
    )  # fmt: skip


def _head(old: Document, new: Document) -> Iterator[Key]:
    for key in ("doc", "title", "date", "part", "comment", *MADE_WITH):
        said, says = getattr(old, key), getattr(new, key)
        if said != says:
            yield Key(key, _words(said), _words(says))


class _Context:
    """What decides whether two values are the same: who is paired with whom, and which mark has which number now."""

    def __init__(self, pairs: Sequence[Pair], *, edited: bool) -> None:
        self.edited = edited
        self.words = (
            {old.id: f"“{old.text}”" for old, _ in pairs if old is not None},
            {new.id: f"“{new.text}”" for _, new in pairs if new is not None},
        )
        self.new_of = {old.id: new.id for old, new in pairs if old is not None and new is not None}
        self.marks: dict[str, str] = {}
        if edited:
            marks = ((o, n) for o, n in pairs if isinstance(o, Citation) and isinstance(n, Citation))
            self.marks = {old.value: new.value for old, new in marks}

    def change(self, both: Pair) -> Change | None:
        """Return how the sides of a pair differ; None where they do not, but for what follows from an edit."""
        old, new = both
        record = new or old
        assert record is not None
        if old is None or new is None:
            kind: Kind = "added" if old is None else "removed"
            return Change(kinds=(kind,), label=record.label, rule=record.rule, old=old, new=new)
        keys = tuple(sorted(self.keys(old, new), key=lambda key: key.key == "rule"))
        kinds = tuple(dict.fromkeys(KINDS[key.key] for key in keys if key.key != "rule")) or tuple(
            KINDS[key.key] for key in keys
        )
        if not kinds:
            return None
        return Change(kinds=kinds, label=new.label, rule=new.rule or old.rule, keys=keys, old=old, new=new)

    def keys(self, old: AnyRecord, new: AnyRecord) -> Iterator[Key]:
        """Yield the keys that differ."""
        if type(old) is not type(new):
            yield Key("label", old.label, new.label)
        fields = dict.fromkeys((*type(old).__struct_fields__, *type(new).__struct_fields__))
        for key in fields:
            said, says = getattr(old, key, None), getattr(new, key, None)
            if said == says or key not in KINDS or self.follows(key, said, says, old, new):
                continue
            words = self.told(key, said, 0), self.told(key, says, 1)
            if words[0] != words[1]:
                yield Key(key, *words)

    def told(self, key: str, value: object, side: int) -> str | None:
        """Return a value in words, of a reference those of the record that is meant."""
        return self.words[side].get(str(value), str(value)) if key in REFERENCES and value else _words(value)

    def follows(self, key: str, said: object, says: object, old: AnyRecord, new: AnyRecord) -> bool:
        """Say whether a difference only follows from another: from a record's new id, or from an edit."""
        if key in REFERENCES and isinstance(said, str):
            return self.new_of.get(said) == says
        if not self.edited:
            return False
        if key == "notes" and isinstance(said, tuple):
            return tuple(self.marks.get(mark, mark) for mark in said) == says
        return key in ("start", "end", "note_start", "note_end") or (
            isinstance(old, Citation) and isinstance(new, Citation) and key in ("text", "value")
        )

    def elsewhere(self, both: Pair) -> bool:
        """Say whether a pair stands at another place."""
        return both.old is not None and both.new is not None and both.old.start != both.new.start

    def renumbered(self, both: Pair) -> bool:
        """Say whether the footnotes of a pair have other numbers."""
        old, new = both
        if isinstance(old, Citation) and isinstance(new, Citation):
            return old.value != new.value
        return old is not None and new is not None and old.notes != new.notes


def _words(value: object) -> str | None:
    """Return a value as one reads it.

    >>> _words(("14", "15")), _words(((1, 3),)), _words(None)
    ('14, 15', '1–3', None)
    """
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return ", ".join("–".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in value)
    return str(value)
