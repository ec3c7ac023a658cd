"""Agreements and what became of them: the records of a document come in, one history an agreement goes out.

Tables, dossiers, timelines and networks all start from here, so that they tell the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.lexicons.states import canonical_names
from annotator.model import Actor, Agreement, AgreementKind, AnyRecord, Date, Event


class Happening(NamedTuple):
    """One event of an agreement, with the DATE that dates it; None where it has no date, or the file lacks it."""

    event: Event
    date: Date | None

    @property
    def earliest(self) -> str | None:
        """The first day it can have been, in ISO form."""
        return self.date.earliest if self.date else None

    @property
    def latest(self) -> str | None:
        """The last day it can have been."""
        return self.date.latest if self.date else None


class History(NamedTuple):
    """One agreement of one document: who it is, every mention of it, and its events in the order in which they were.

    `mentions` is empty where only events tell of it. Undated events come last.
    """

    entity: str
    name: str
    kind: AgreementKind | None
    parties: tuple[str, ...]
    mentions: tuple[Agreement, ...]
    events: tuple[Happening, ...]

    @property
    def place(self) -> AnyRecord:
        """The record that stands first in the text."""
        told: list[AnyRecord] = [*self.mentions, *(happening.event for happening in self.events)]
        return min(told, key=lambda record: (record.start, record.end))


def histories(records: Sequence[AnyRecord]) -> list[History]:
    """Return the agreements of a document, in the order in which the text brings them up."""
    dates = {record.id: record for record in records if isinstance(record, Date)}
    mentions: defaultdict[str, list[Agreement]] = defaultdict(list)
    events: defaultdict[str, list[Happening]] = defaultdict(list)
    for record in records:
        if isinstance(record, Agreement):
            mentions[record.entity].append(record)
        elif isinstance(record, Event):
            events[record.entity].append(Happening(record, dates.get(record.date or "")))
    found = [_history(entity, mentions[entity], events[entity]) for entity in dict.fromkeys((*mentions, *events))]
    return sorted(found, key=lambda history: (history.place.start, history.place.end, history.entity))


def _history(entity: str, mentions: list[Agreement], events: list[Happening]) -> History:
    parties = {party for mention in mentions for party in mention.parties}
    parties.update(party for happening in events for party in happening.event.parties)
    return History(
        entity=entity,
        name=next((mention.name for mention in mentions if mention.name), words_of(entity)),
        kind=mentions[0].kind if mentions else None,
        parties=tuple(sorted(parties)),
        mentions=tuple(mentions),
        events=tuple(sorted(events, key=_when)),
    )


def _when(happening: Happening) -> tuple[int, int, str, int]:
    """Sort by day, years before Christ first and the latest of them last, what is undated at the end."""
    year, rest = split_day(happening.earliest)
    return (year is None, year or 0, rest, happening.event.start)


def split_day(day: str | None) -> tuple[int | None, str]:
    """Return the year of an ISO day and what follows it, years before Christ negative.

    >>> split_day("-0479-03-01"), split_day("2013-04-15"), split_day(None)
    ((-479, '03-01'), (2013, '04-15'), (None, ''))
    """
    if not day:
        return None, ""
    sign = -1 if day.startswith("-") else 1
    year, _, rest = day.lstrip("-").partition("-")
    return sign * int(year), rest


def names(records: Iterable[AnyRecord]) -> dict[str, str]:
    """Return the name of every actor and party that records speak of, by entity id."""
    known: dict[str, str] = {}
    spoken: set[str] = set()
    for record in records:
        if isinstance(record, Actor):
            known.setdefault(record.entity, record.name)
        elif isinstance(record, Agreement | Event):
            spoken.update(record.parties)
    return {entity: known.get(entity) or words_of(entity) for entity in sorted(spoken | known.keys())}


def words_of(entity: str) -> str:
    """Return an entity id as words, for one whose name no record tells.

    >>> words_of("state:jp"), words_of("org:joint-staff-council"), words_of("org:nato")
    ('Japan', 'Joint Staff Council', 'NATO')
    """
    if entity in canonical_names():
        return canonical_names()[entity]
    slug = entity.partition(":")[2] or entity
    parts = slug.split("-")
    if len(parts) == 1 and len(slug) <= SHORTEST_WORD and not entity.startswith("person:"):
        return slug.upper()
    return " ".join(part.capitalize() for part in parts)


SHORTEST_WORD = 4
"""A slug of one word up to so many letters is taken for an abbreviation."""
