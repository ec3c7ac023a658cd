"""Whole records from written lines that have their places: everything that can be computed is computed here."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from annotator import temporal
from annotator.evidence import event_value, number
from annotator.gold.anchors import Anchors
from annotator.gold.written import Placed, Placer
from annotator.lexicons.states import canonical_names
from annotator.model import Actor, Agreement, AnyRecord, Citation, Date, Event


def identified(placer: Placer, placed: Sequence[Placed]) -> list[Placed]:
    """Return the lines with the ids that follow from their content; `placed` is sorted."""
    agreements: dict[str | None, Placed] = {p.row.id: p for p in placed if p.row.label == "AGREEMENT" and p.row.id}

    def base_id(p: Placed) -> str:
        if p.row.label != "EVENT":
            return placer.evidence.base_id(p.row.label, p.start, p.end)
        entity = p.row.entity or _referred(placer, p, agreements).row.entity or ""
        return placer.evidence.base_id("EVENT", p.start, p.end, p.row.event or "", entity)

    ids = number(base_id(p) for p in placed)
    return [msgspec.structs.replace(p, id=record_id) for p, record_id in zip(placed, ids, strict=True)]


def _referred(placer: Placer, p: Placed, agreements: Mapping[str | None, Placed]) -> Placed:
    if p.row.agreement is None:
        raise placer.error(p.line, 'EVENT needs "entity" or "agreement"')
    if p.row.agreement not in agreements:
        raise placer.error(p.line, f'no AGREEMENT line has the id "{p.row.agreement}"')
    return agreements[p.row.agreement]


class Builder:
    """Builds the records of lines that have their places and ids."""

    def __init__(self, placer: Placer, placed: Sequence[Placed]) -> None:
        self.error = placer.error
        self.evidence = placer.evidence
        self.placed = placed
        self.dates = [p for p in placed if p.row.label == "DATE"]
        self.deals = [p for p in placed if p.row.label == "AGREEMENT"]
        self.anchors = Anchors(placer.evidence, self.dates)
        self.marks = {(mark.start, mark.end): mark for mark in placer.evidence.reading.marks}
        self.names = self._names()
        self.parties = self._parties()

    def _names(self) -> dict[str, str]:
        """Return the best known name of each state, and the longest mention of every other entity."""
        names: dict[str, str] = {}
        for p in self.placed:
            if p.row.entity and p.row.label in ("ACTOR", "AGREEMENT"):
                names[p.row.entity] = max(names.get(p.row.entity, ""), self.evidence.words(p.start, p.end), key=len)
        return {entity: canonical_names().get(entity, name) for entity, name in names.items()}

    def _parties(self) -> dict[str, tuple[str, ...]]:
        """Return the parties of each agreement, which one of its mentions may say for all."""
        parties: dict[str, tuple[str, ...]] = {}
        for p in self.deals:
            said = tuple(sorted(set(p.row.parties or ())))
            if said and parties.setdefault(p.row.entity or "", said) != said:
                other = ", ".join(parties[p.row.entity or ""])
                raise self.error(p.line, f"parties of {p.row.entity} are {', '.join(said)} here, {other} before")
        return parties

    def all(self) -> list[AnyRecord]:
        """Return all records, in the order of their lines."""
        build: dict[str, Callable[[Placed], AnyRecord]] = {
            "DATE": self._date, "ACTOR": self._actor, "AGREEMENT": self._agreement, "CITATION": self._citation,
            "EVENT": self._event,
        }  # fmt: skip
        return [build[p.row.label](p) for p in self.placed]

    def _make(self, record: type[AnyRecord], p: Placed, **meaning: object) -> AnyRecord:
        """Build a record, refusing a meaning of the wrong type (an ACTOR with the type of a DATE)."""
        quote = self.evidence.quote(p.start, p.end)._asdict()
        notes = None if p.row.label == "CITATION" else self.evidence.notes(p.start)
        common = {"id": p.id, "start": p.start, "end": p.end, **quote, "notes": notes, "comment": p.row.comment}
        try:
            return msgspec.convert(common | meaning, record)
        except msgspec.ValidationError as error:
            raise self.error(p.line, f"{error}".replace("`", '"')) from error

    def _actor(self, p: Placed) -> AnyRecord:
        return self._make(Actor, p, type=p.row.type, entity=p.row.entity, name=self.names[p.row.entity or ""])

    def _agreement(self, p: Placed) -> AnyRecord:
        entity = p.row.entity or ""
        parties = self.parties.get(entity, ())
        return self._make(Agreement, p, kind=p.row.kind, entity=entity, name=self.names[entity], parties=parties)

    def _citation(self, p: Placed) -> AnyRecord:
        mark = self.marks.get((p.start, p.end))
        if mark is None:
            raise self.error(p.line, "no footnote mark stands there")
        return self._make(Citation, p, value=mark.value, note_start=mark.note_start, note_end=mark.note_end)

    def _date(self, p: Placed) -> AnyRecord:
        row = p.row
        resolution = self.anchors.resolve(p)
        earliest, latest = temporal.bounds(row.value, row.mod) or (None, None)
        return self._make(
            Date, p, type=row.type, value=row.value, mod=row.mod, timex=resolution.timex, earliest=earliest,
            latest=latest, anchor=resolution.anchor, relation=resolution.relation,
        )  # fmt: skip

    def _event(self, p: Placed) -> AnyRecord:
        deal = self._deal(p)
        date = next((d for d in self.dates if p.row.date in (d.row.id, d.id)), None) if p.row.date else None
        if p.row.date and date is None:
            raise self.error(p.line, f'no DATE line has the id "{p.row.date}"')
        entity = (deal.row.entity if deal is not None else p.row.entity) or ""
        parties = tuple(sorted(set(p.row.parties))) if p.row.parties is not None else self.parties.get(entity, ())
        return self._make(
            Event, p, event=p.row.event, modality=p.row.modality or "actual", entity=entity,
            agreement=deal.id if deal else None, date=date.id if date else None,
            value=event_value(date.row.value) if date else None, parties=parties,
        )  # fmt: skip

    def _deal(self, p: Placed) -> Placed | None:
        """Return the mention that the event refers to.

        It is the one named, else one in its clause, else the last one before, else the next.
        """
        if p.row.agreement is not None:
            named = [d for d in self.deals if p.row.agreement in (d.row.id, d.id)]
            if named:
                return named[0]
            if p.row.entity is None:
                raise self.error(p.line, f'no AGREEMENT line has the id "{p.row.agreement}"')
        same = [d for d in self.deals if d.row.entity == p.row.entity]
        inside = [d for d in same if p.start <= d.start < p.end]
        before = [d for d in reversed(same) if d.start < p.start]
        return next(iter(inside + before + same), None)
