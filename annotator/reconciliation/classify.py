"""Names every difference between two paired sides; what it is due to is said by `causes`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.evidence import Evidence
from annotator.model import Actor, AnyRecord, Citation, Date, Event, FindingKind
from annotator.reconciliation import causes
from annotator.reconciliation.causes import Cause
from annotator.reconciliation.context import Context
from annotator.reconciliation.entities import Alignment
from annotator.reconciliation.match import NAMED, Pair, Weight, match, overlap
from annotator.reconciliation.score import counts

TYPED = Date, Actor
"""The records that have a type."""

EVENT_KINDS: dict[str, FindingKind] = {
    "event-agreement": "entity", "event-kind": "type", "event-date": "value", "modality": "type",
}  # fmt: skip
"""The kind of finding for each reason in which two events differ."""


Triple = tuple[str, str, str | None]
"""What makes an event: the agreement, what happened to it, and when."""


class Difference(NamedTuple):
    """One gap: what kind it is, whose, why, and both sides as far as there are two."""

    kind: FindingKind
    label: str
    cause: Cause
    gold: AnyRecord | None
    found: AnyRecord | None


def differences(pairs: Sequence[Pair], alignment: Alignment, evidence: Evidence) -> list[Difference]:
    """Return the differences of paired spans, several of one pair where several things differ."""
    context = Context(pairs, alignment, evidence)
    return [
        Difference(kind, label, cause, *pair)
        for pair in pairs
        if not _plainly_equal(pair, alignment)
        for kind, label, cause in _of_pair(pair, context)
    ]


def _plainly_equal(pair: Pair, alignment: Alignment) -> bool:
    """Say whether two records of the commonest kinds differ in nothing, which is true of most."""
    gold, found = pair
    if gold is None or found is None or gold.start != found.start or gold.end != found.end:
        return False
    if isinstance(gold, Actor):
        return isinstance(found, Actor) and gold.type == found.type and alignment.gold(found.entity) == gold.entity
    if isinstance(gold, Date):
        return (
            isinstance(found, Date) and gold.type == found.type and gold.value == found.value and gold.mod == found.mod
        )
    return False


def _of_pair(pair: Pair, context: Context) -> Iterator[tuple[FindingKind, str, Cause]]:
    gold, found = pair
    if gold is None or found is None:
        if gold is not None:
            yield "missing", gold.label, causes.missing(gold, context)
        elif found is not None:
            yield "spurious", found.label, causes.spurious(found, context)
        return
    label = gold.label
    if label != found.label:
        yield "type", label, Cause("label", f"gold has {label}, extracted is {found.label}")
        return
    if (gold.start, gold.end) != (found.start, found.end):
        yield "boundary", label, causes.boundary(gold, found, context)
    if isinstance(gold, TYPED) and isinstance(found, TYPED) and gold.type != found.type:
        yield "type", label, Cause("type", f"gold has {gold.type}, extracted is {found.type}")
    if isinstance(gold, Date) and isinstance(found, Date) and (gold.value, gold.mod) != (found.value, found.mod):
        yield "value", label, causes.value(gold, found, context)
    if isinstance(gold, Citation) and isinstance(found, Citation) and gold.value != found.value:
        yield "citation", label, Cause("other-value", f"gold has mark {gold.value}, extracted is {found.value}")
    if isinstance(gold, NAMED) and isinstance(found, NAMED):
        yield from (("entity", label, cause) for cause in causes.entity(gold, found, context))


def event_differences(gold: Sequence[Event], found: Sequence[Event], alignment: Alignment) -> list[Difference]:
    """Return the differences of the events that count.

    Equal ones are set aside; one that the other side has with another modality differs in that; of the rest those are
    paired whose clauses overlap.
    """
    there = {_triple(e, None): e for e in gold}
    said = {_triple(e, alignment): e for e in found}
    gaps, golds, founds = [], [], []
    for one in _distinct(e for e in gold if counts(e)):
        other = _as_actual(_triple(one, None), said, found, alignment)
        if other is None:
            golds.append(one)
        elif other.modality != "actual":
            gaps.append(_gap(one, other, alignment))
    for other in _distinct(e for e in found if counts(e)):
        match_ = _as_actual(_triple(other, alignment), there, gold, None)
        if match_ is None:
            founds.append(other)
        elif match_.modality != "actual":
            gaps.append(_gap(match_, other, alignment))

    def weigh(one: Event, other: Event) -> Weight:
        first, second = _triple(one, None), _triple(other, alignment)
        return sum(a == b for a, b in zip(first, second, strict=True)), overlap(one, other)

    return gaps + [_gap(one, other, alignment) for one, other in match(golds, founds, weigh)]


def _as_actual(
    triple: Triple, first: Mapping[Triple, Event], events: Sequence[Event], alignment: Alignment | None
) -> Event | None:
    """Return the event of that triple, an actual one rather than another."""
    if triple not in first:
        return None
    same = [event for event in events if _triple(event, alignment) == triple]
    return next((event for event in same if event.modality == "actual"), same[0])


def _gap(one: Event | None, other: Event | None, alignment: Alignment) -> Difference:
    cause = causes.event(one, other, alignment)
    kind: FindingKind = "missing" if other is None else "spurious" if one is None else EVENT_KINDS[cause.reason]
    return Difference(kind, "EVENT", cause, one, other)


def _triple(event: Event, alignment: Alignment | None) -> Triple:
    return alignment.gold(event.entity) if alignment else event.entity, event.event, event.value


def _distinct(events: Iterable[Event]) -> list[Event]:
    """Return the first event of each triple: scoring counts it once."""
    first: dict[Triple, Event] = {}
    for event in events:
        first.setdefault(_triple(event, None), event)
    return list(first.values())
