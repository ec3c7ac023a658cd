"""Agreements on a time axis: histories come in; rows by pair of parties, and one chart of them, go out.

The axis counts years as decimal numbers, so that years before Christ and single days have a place on the same scale;
an interval is drawn as long as its date is vague: a year is a bar, a day a point.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from annotator import cells
from annotator.history import History, split_day
from annotator.model import EventKind, Modality

FEW_PARTIES = 3
"""Up to so many parties a lane names each."""

STAGES: Mapping[EventKind, str] = {
    "proposed": "beginning", "negotiations": "beginning", "agreed": "made", "signed": "made", "ratified": "made",
    "in_force": "made", "revised": "changed", "renewed": "changed", "withdrawn": "ended", "ended": "ended",
}  # fmt: skip
"""The part of an agreement's life that an event belongs to; charts colour by it."""

WORDS: Mapping[EventKind, str] = {
    "proposed": "proposed", "negotiations": "negotiations", "agreed": "agreed in principle", "signed": "signed",
    "ratified": "ratified", "in_force": "in force", "revised": "revised", "renewed": "renewed",
    "withdrawn": "withdrawn from", "ended": "ended",
}  # fmt: skip
"""What an event is called to readers."""


class Moment(NamedTuple):
    """One dated event: its first and last possible day, in ISO form and as decimal years (`end` exclusive)."""

    id: str
    event: EventKind
    modality: Modality
    value: str
    start: float
    end: float
    earliest: str
    latest: str
    quote: str
    notes: tuple[str, ...]

    @property
    def cited(self) -> bool:
        """Whether a footnote stands behind it."""
        return bool(self.notes)

    @property
    def middle(self) -> float:
        """Where a symbol for it stands."""
        return (self.start + self.end) / 2


class Row(NamedTuple):
    """One agreement of a lane with its dated events, in order."""

    doc: str
    lane: str
    entity: str
    name: str
    parties: tuple[str, ...]
    place: str
    moments: tuple[Moment, ...]

    @property
    def span(self) -> tuple[float, float]:
        """From its first event to its last."""
        return min(moment.middle for moment in self.moments), max(moment.middle for moment in self.moments)


def rows(histories: Iterable[History], names: Mapping[str, str], doc: str = "") -> list[Row]:
    """Return the agreements that have a dated event, sorted by lane (the busiest first), then by their first event."""
    found = [_row(history, names, doc) for history in histories]
    return arranged(row for row in found if row.moments)


def arranged(found: Iterable[Row]) -> list[Row]:
    """Return rows, of one or many documents, in the order of a chart."""
    listed = list(found)
    busy: dict[str, int] = {}
    for row in listed:
        busy[row.lane] = busy.get(row.lane, 0) + len(row.moments)
    return sorted(
        listed, key=lambda row: (-busy[row.lane], row.lane, row.moments[0].start, row.name, row.entity, row.doc)
    )


def merged(found: Iterable[Row]) -> list[Row]:
    """Return rows with those of one agreement between the same parties, from many documents, joined.

    An event that two documents date alike is one, with the footnotes of the first that has any.
    """
    rows: dict[tuple[str, str], Row] = {}
    for row in found:
        there = rows.get((row.lane, row.entity))
        events: dict[tuple[str, ...], Moment] = {}
        for moment in (*(there.moments if there else ()), *row.moments):
            key = (moment.event, moment.modality, moment.earliest, moment.latest)
            if key not in events or (moment.cited and not events[key].cited):
                events[key] = moment
        moments = tuple(sorted(events.values(), key=lambda moment: (moment.start, moment.end)))
        rows[row.lane, row.entity] = (there or row)._replace(moments=moments)
    return arranged(rows.values())


def _row(history: History, names: Mapping[str, str], doc: str) -> Row:
    moments = [
        Moment(
            id=happening.event.id, event=happening.event.event, modality=happening.event.modality,
            value=happening.event.value or "", start=decimal(happening.earliest), end=decimal(happening.latest, 1),
            earliest=happening.earliest, latest=happening.latest, quote=happening.event.text,
            notes=happening.event.notes or (),
        )
        for happening in history.events
        if happening.earliest and happening.latest
    ]  # fmt: skip
    return Row(
        doc=doc, lane=lane_of([names.get(party, party) for party in history.parties]), entity=history.entity,
        name=history.name, parties=history.parties, place=history.place.id, moments=tuple(moments),
    )  # fmt: skip


def lane_of(parties: Sequence[str]) -> str:
    """Return the name of the lane of an agreement between parties of these names.

    >>> lane_of(["United Kingdom", "Japan"]), lane_of(["a", "b", "c", "d"]), lane_of([])
    ('Japan – United Kingdom', '4 parties', 'Parties not told')
    """
    if not parties:
        return "Parties not told"
    return " – ".join(sorted(parties)) if len(parties) <= FEW_PARTIES else f"{len(parties)} parties"


def decimal(day: str | None, more: int = 0) -> float:
    """Return an ISO day as a decimal year, `more` days later; a month counts as a twelfth of a year.

    >>> decimal("2013-07-01"), decimal("-0479-01-01"), decimal("2013-12-31", 1)
    (2013.5, -479.0, 2014.0)
    """
    year, rest = split_day(day)
    month, _, number = rest.partition("-")
    days = min(int(number or 1) - 1 + more, DAYS_OF_MONTH[int(month or 1) - 1])
    return round((year or 0) + (int(month or 1) - 1 + days / DAYS_OF_MONTH[int(month or 1) - 1]) / 12, 4)


DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Axis(NamedTuple):
    """The years that a chart shows, and those of them that it names."""

    first: int
    last: int
    ticks: tuple[int, ...]

    def share(self, year: float) -> float:
        """Return where a decimal year stands between the ends, in percent."""
        return round(100 * (year - self.first) / (self.last - self.first), 2)


MOST_TICKS = 9
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


def axis(found: Sequence[Row]) -> Axis:
    """Return the axis of rows: whole years, ends included, with a round number of years between the named ones."""
    starts = [moment.start for row in found for moment in row.moments] or [0.0]
    ends = [moment.end for row in found for moment in row.moments] or [1.0]
    first, last = int(min(starts) // 1), int(-(-max(ends) // 1))
    last = max(last, first + 2)
    step = next((step for step in STEPS if (last - first) / step <= MOST_TICKS), STEPS[-1])
    return Axis(first, last, tuple(year for year in range(first, last + 1) if year % step == 0))


def year_words(year: int) -> str:
    """Return a year of the axis as readers write it.

    >>> year_words(2013), year_words(0), year_words(-479)
    ('2013', '1 BC', '480 BC')
    """
    return str(year) if year > 0 else f"{1 - year} BC"


def values(found: Sequence[Row]) -> list[dict[str, Any]]:
    """Return one plain mapping an event, for charts and tables."""
    return [
        {
            "doc": row.doc, "lane": row.lane, "agreement": row.name, "entity": row.entity,
            "event": WORDS[moment.event], "stage": STAGES[moment.event], "modality": moment.modality,
            "value": moment.value, "earliest": moment.earliest, "latest": moment.latest, "start": moment.start,
            "end": moment.end, "notes": ", ".join(moment.notes), "id": moment.id,
        }
        for row in found
        for moment in row.moments
    ]  # fmt: skip


COLUMNS = (
    "doc", "lane", "agreement", "entity", "event", "modality", "value", "earliest", "latest", "notes", "id",
)  # fmt: skip


def to_csv(found: Sequence[Row]) -> bytes:
    """Return one row an event as CSV (UTF-8, comma, LF)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cells.safe(value) for key, value in row.items()} for row in values(found))
    return out.getvalue().encode("utf-8", "replace")
