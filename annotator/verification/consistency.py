"""What the records of one file must agree on among themselves."""

from collections.abc import Iterator

from annotator.model import Actor, Agreement, AnyRecord, Event
from annotator.verification.case import Case, Problem
from annotator.verification.proofs import listed

PREFIXES = {"person": "person:", "state": "state:", "organization": "org:", "bloc": "bloc:"}
"""What an actor's entity id starts with, by type."""


def entities(case: Case) -> Iterator[Problem]:
    """Check that an entity has one type and name, an agreement one kind, name and set of parties, in events too."""
    known: dict[tuple[str, str], tuple[str, AnyRecord]] = {}
    good: set[tuple[object, ...]] = set()
    for record in case.records:
        if isinstance(record, Actor):
            key: tuple[object, ...] = record.entity, record.type, record.name
        elif isinstance(record, Agreement):
            key = record.entity, record.kind, record.name, record.parties
        elif isinstance(record, Event):
            key = record.entity, record.parties
        else:
            continue
        if key in good:  # most mentions say what one before them said
            continue
        problems = [*_problems(record, known)]
        if problems:
            yield from problems
        else:
            good.add(key)


def _problems(record: AnyRecord, known: dict[tuple[str, str], tuple[str, AnyRecord]]) -> Iterator[Problem]:
    """Yield what one record says that does not fit together, or with what is known; note what it says first."""
    if isinstance(record, Actor) and not record.entity.startswith(PREFIXES[record.type]):
        words = f"entity {record.entity} of a {record.type} must start with {PREFIXES[record.type]}"
        yield Problem("entity", "entity", record, words)
    if isinstance(record, Agreement | Event) and list(record.parties) != sorted(set(record.parties)):
        yield Problem("entity", "parties-order", record, "parties are not sorted, each once")
    for entity, key, said in _said(record):
        first, other = known.setdefault((entity, key), (said, record))
        if first != said:
            words = f"{key} of {entity} is {said} here, {first} in “{other.text}”"
            yield Problem("entity", "entity", record, words)


def _said(record: AnyRecord) -> Iterator[tuple[str, str, str]]:
    """Yield what a record says of its entity: the entity, what about it, and what."""
    if isinstance(record, Actor):
        yield record.entity, "type", record.type
        yield record.entity, "name", record.name
    elif isinstance(record, Agreement):
        yield record.entity, "kind", record.kind
        yield record.entity, "name", record.name
        yield record.entity, "parties", listed(record.parties)
    elif isinstance(record, Event):
        yield record.entity, "parties", listed(record.parties)
