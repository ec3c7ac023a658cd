"""What the templates set: the parts of a dossier, each as rows ready to be written one after another."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from annotator import timeline
from annotator.evidence import Evidence
from annotator.history import Happening, History, histories, names
from annotator.model import Actor, AnyRecord, Citation, Event
from annotator.reconciliation.score import Score
from annotator.report import gaps, tables
from annotator.report.passages import Passages, Shown
from annotator.report.report import record_words

if TYPE_CHECKING:
    from annotator.report.dossier import Dossier, Entry


class Telling(NamedTuple):
    """An event of an agreement (None for one that has none) with the sentence around it and its notes.

    `rows` is how many rows the sentence stands for, 0 where it stands in a row above.
    """

    happening: Happening | None
    sentence: str
    notes: tuple[str, ...]
    rows: int = 1


class Deal(NamedTuple):
    """An agreement as rows of the table; `first` and `last` are the years of its events, empty where undated."""

    history: History
    tellings: tuple[Telling, ...]
    first: str
    last: str
    gaps: tuple[str, ...]


class Appearance(NamedTuple):
    """An actor: how often it is mentioned, and its first mention."""

    entity: str
    name: str
    type: str
    mentions: int
    place: str


class Figure(NamedTuple):
    """A row of the figures: the words of each cell, and the strict F1 in percent, None where undefined."""

    cells: tuple[str, ...]
    percent: float | None


def of(dossier: "Dossier") -> dict[str, Any]:
    """Return what the template of a dossier sets besides the dossier itself."""
    named = names((*dossier.records, *(dossier.gold or ())))
    agreements = histories(dossier.records)
    chart = timeline.rows(agreements, named)
    return {
        "article": dossier.article,
        "names": named,
        "paragraphs": Passages(dossier.article.text, _shown(dossier)).paragraphs(dossier.evidence.reading.body_end),
        "deals": [_deal(history, dossier) for history in agreements],
        "chart": chart,
        "axis": timeline.axis(chart),
        "year_words": timeline.year_words,
        "stages": timeline.STAGES,
        "sentences": gaps.by_sentence(dossier.gaps, dossier.evidence, dossier.gold or (), dossier.records),
        "actors": _actors(dossier.records),
        "marks": _marks(dossier.records),
        "head": tables.HEAD,
        "figures": _figures(dossier.score) if dossier.score else (),
        "kinds": Counter(gap.finding.kind for gap in dossier.gaps),
        "record_words": record_words,
        "data": _data(dossier, named),
    }


def _shown(dossier: "Dossier") -> list[Shown]:
    """Return the records that the text is set with: all, and those that only gold has where nothing else stands."""
    found, golden = gaps.about(dossier.gaps, "found"), gaps.about(dossier.gaps, "gold")
    if dossier.gold is None:
        return [Shown(record, "", found.get(record.id, golden.get(record.id, ()))) for record in dossier.records]
    spans = [(record.start, record.end) for record in dossier.records if not isinstance(record, Event)]
    missing = (gap.finding.gold for gap in dossier.gaps if gap.finding.kind == "missing")
    only = [r for r in missing if r is not None and not isinstance(r, Event) and not _crosses(r, spans)]
    return [
        *(Shown(record, "", found.get(record.id, ())) for record in dossier.records),
        *(Shown(record, "gold", golden.get(record.id, ())) for record in only),
    ]


def _crosses(record: AnyRecord, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_left(spans, (record.end, 0)) - 1
    return index >= 0 and spans[index][1] > record.start


def _deal(history: History, dossier: "Dossier") -> Deal:
    evidence = dossier.evidence
    ids = {record.id for record in (*history.mentions, *(each.event for each in history.events))}
    sides = ((gap.finding.kind, gap.finding.found or gap.finding.gold) for gap in dossier.gaps)
    kinds = {kind for kind, record in sides if record is not None and record.id in ids}
    years = [day for each in history.events for day in (each.earliest, each.latest) if day]
    bounds = sorted(timeline.decimal(day) for day in years)
    tellings = _together(_telling(each, each.event, evidence) for each in history.events)
    return Deal(
        history=history, tellings=tellings or (_telling(None, history.place, evidence),),
        first=str(int(bounds[0] // 1)) if bounds else "", last=str(int(bounds[-1] // 1)) if bounds else "",
        gaps=tuple(sorted(kinds)),
    )  # fmt: skip


def _telling(happening: Happening | None, record: AnyRecord, evidence: Evidence) -> Telling:
    return Telling(happening, evidence.sentence(record.start), record.notes or ())


def _together(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Let a sentence that tells several events in a row stand once."""
    result: list[Telling] = []
    for _, run in groupby(tellings, key=lambda telling: (telling.sentence, telling.notes)):
        first, *more = run
        result += [first._replace(rows=1 + len(more)), *(telling._replace(rows=0) for telling in more)]
    return tuple(result)


def _actors(records: Iterable[AnyRecord]) -> list[Appearance]:
    """Return the actors, the most mentioned first."""
    mentions: defaultdict[str, list[Actor]] = defaultdict(list)
    for record in records:
        if isinstance(record, Actor):
            mentions[record.entity].append(record)
    found = [Appearance(e, each[0].name, each[0].type, len(each), each[0].id) for e, each in mentions.items()]
    return sorted(found, key=lambda actor: (-actor.mentions, actor.name))


def _marks(records: Iterable[AnyRecord]) -> dict[str, str]:
    """Return the id of the first footnote mark of each value."""
    marks: dict[str, str] = {}
    for record in records:
        if isinstance(record, Citation):
            marks.setdefault(record.value, record.id)
    return marks


def _figures(score: Score) -> list[Figure]:
    f1 = (figures.strict.f1 for figures in score.values())
    return [
        Figure(cells, None if value is None else round(100 * value, 1))
        for cells, value in zip(tables.rows(score), f1, strict=True)
    ]


def _data(dossier: "Dossier", named: dict[str, str]) -> dict[str, Any]:
    """Return what the script reads: records as their files have them, names, and the gaps about each record."""
    concerned = {gap.finding.gold.id: gap.finding.gold for gap in dossier.gaps if gap.finding.gold is not None}
    found, golden = gaps.about(dossier.gaps, "found"), gaps.about(dossier.gaps, "gold")
    return {
        "records": msgspec.to_builtins(dossier.records),
        "gold": msgspec.to_builtins(list(concerned.values())) if dossier.gold is not None else [],
        "names": named,
        "gaps": {str(gap.number): [gap.finding.kind, gap.finding.cause] for gap in dossier.gaps},
        "found": found if dossier.gold is not None else golden | found,
        "golden": golden,
    }


def shared(entries: Sequence["Entry"]) -> dict[str, Any]:
    """Return what the template of an index sets: agreements that several documents tell of, with where."""
    where: defaultdict[str, list[tuple[History, Entry]]] = defaultdict(list)
    for entry in entries:
        for history in histories(entry.dossier.records):
            where[history.entity].append((history, entry))
    common = [each for each in where.values() if len(each) > 1]
    return {"common": sorted(common, key=lambda each: (-len(each), each[0][0].name))}
