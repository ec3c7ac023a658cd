"""Joins the stages: an article comes in, its records go out. The only place that turns spans into records."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from annotator import configuration, lexicons, temporal
from annotator.evidence import Evidence, event_value, number
from annotator.model import (
    SCHEMA,
    Actor,
    Agreement,
    Annotations,
    AnyRecord,
    Article,
    Citation,
    Date,
    Document,
    Event,
)
from annotator.pipeline import finders, groups
from annotator.reading import Reading, read
from annotator.source import article_from_text, read_article

Options = Mapping[str, Mapping[str, Any]]
"""Settings of the components, by factory name."""


def extract(
    source: Path | str, *, doc: str = "text", date: str | None = None, options: Options | None = None
) -> Annotations:
    """Return the records of a file (a Path) or of a text (a str).

    `date` is the document's date where no metadata tells it. Raise SourceError for a text that cannot be used.
    """
    article = read_article(source) if isinstance(source, Path) else article_from_text(source, doc=doc, date=date)
    return Extractor(options).annotate(article)


def load(options: Options | None = None, *, watch: Callable[[str], None] = lambda stage: None) -> "Extractor":
    """Return an extractor for a process that is its own: the garbage collector is told to leave the lexicons alone.

    They stay, and are so many that going through them time and again costs a twentieth of all time. What garbage there
    is by now stays, too: looking for it would cost more than it would free.
    """
    extractor = Extractor(options, watch=watch)
    gc.freeze()
    return extractor


class Extractor:
    """A pipeline, loaded once, for any number of articles; keeps nothing between them."""

    def __init__(self, options: Options | None = None, *, watch: Callable[[str], None] = lambda stage: None) -> None:
        """Load the pipeline; `watch` is called with the name of each stage when an article has passed it."""
        self.watch = watch
        self.options = options
        self.finders = _finders() if not options else finders(options)
        self.digest = _digest(configuration.digest(options or {}))

    def annotate(self, article: Article) -> Annotations:
        """Return the article's records, the same for the same article and version."""
        reading = read(article.text)
        self.watch("reading")
        records = _Records(article, reading, self._analyse(article, reading)).all()
        self.watch("records")
        document = Document(
            schema=SCHEMA, doc=article.doc, sha256=article.sha256, length=len(article.text), unit="codepoint",
            records=len(records), title=article.title, date=article.date, annotator=_version(),
            pipeline=self.digest,
        )  # fmt: skip
        return Annotations(document, records)

    def _analyse(self, article: Article, reading: Reading) -> dict[str, list[Any]]:
        """Return what each component finds in the reading text.

        They read the text itself. Tokens would only bound the spans that a user of the pipeline sees, and cost as much
        as all else together, so there are none.
        """
        found: dict[str, list[Any]] = {name: [] for name in groups.LABELS}
        for finder in self.finders:
            found[finder.group] = [*finder.find(reading.text, article.date, found)]
            self.watch(finder.group)
        return found


@cache
def _finders() -> list[groups.Finder]:
    return finders()


@cache
def _version() -> str:
    return version("annotator")


@cache
def _digest(options: str) -> str:
    return hashlib.sha256(f"{options}\n{lexicons.digest()}".encode()).hexdigest()[:16]


_Item = tuple[int, int, str, int, Any]
"""A finding: start and end in the source, label, its number among those of that label, and what was found; sorts as
records do."""

_Quoted = tuple[str, str, str, str]
"""The words of a finding, those before and after it, and its id, unless an equal one stands before it."""


class _Records:
    """Builds the records of one article from what the components found in its reading text."""

    def __init__(self, article: Article, reading: Reading, found: Mapping[str, list[Any]]) -> None:
        self.evidence = Evidence(article, reading)
        self.reading = reading
        self.found = dict(found)
        self.found[groups.ACTORS] = _apart(found[groups.ACTORS], found[groups.AGREEMENTS])
        self.ids: dict[str, dict[int, str]] = {label: {} for label in (*groups.LABELS.values(), "CITATION")}

    def all(self) -> list[AnyRecord]:
        """Return all records, sorted, with ids that follow from their content."""
        items = sorted(self.items())
        quoted = [self.quoted(*item) for item in items]
        ids = number(base for *_, base in quoted)
        for (_, _, label, index, _), record_id in zip(items, ids, strict=True):
            self.ids[label][index] = record_id
        build: dict[str, Callable[[_Item, _Quoted, str], AnyRecord]] = {
            "DATE": self.date,
            "ACTOR": self.actor,
            "AGREEMENT": self.agreement,
            "EVENT": self.event,
            "CITATION": self.citation,
        }
        return [
            build[item[2]](item, quote, record_id) for item, quote, record_id in zip(items, quoted, ids, strict=True)
        ]

    def items(self) -> Iterator[_Item]:
        """Yield every finding with its place in the source."""
        for index, mark in enumerate(self.reading.marks):
            yield mark.start, mark.end, "CITATION", index, mark
        for name, label in groups.LABELS.items():
            found = self.found[name]
            places = self.reading.to_source_all([(one["start"], one["end"]) for one in found])
            for index, ((start, end), one) in enumerate(zip(places, found, strict=True)):
                yield start, end, label, index, one

    def quoted(self, start: int, end: int, label: str, index: int, found: Any) -> _Quoted:
        """Return the parts of a finding's quote, and its base id."""
        more = (found["event"], found["entity"]) if label == "EVENT" else ()
        return self.evidence.quoted(label, start, end, *more)

    def common(self, item: _Item, quoted: _Quoted, record_id: str) -> dict[str, Any]:
        """Return what was found with what all records have."""
        start, end, _, _, found = item
        text, prefix, suffix, _ = quoted
        return {
            **found, "id": record_id, "start": start, "end": end, "text": text, "prefix": prefix, "suffix": suffix,
            "notes": self.evidence.notes(start),
        }  # fmt: skip

    def actor(self, item: _Item, quoted: _Quoted, record_id: str) -> Actor:
        """Return an actor, without the way over `common`, which takes five times as long: most records are actors."""
        start, end, _, _, found = item
        text, prefix, suffix, _ = quoted
        return Actor(
            id=record_id, start=start, end=end, text=text, prefix=prefix, suffix=suffix,
            notes=self.evidence.notes(start), rule=found["rule"], type=found["type"], entity=found["entity"],
            name=found["name"],
        )  # fmt: skip

    def agreement(self, item: _Item, quoted: _Quoted, record_id: str) -> Agreement:
        common = self.common(item, quoted, record_id)
        common["parties"] = tuple(common["parties"])
        return Agreement(**common)

    def date(self, item: _Item, quoted: _Quoted, record_id: str) -> Date:
        common = self.common(item, quoted, record_id)
        if isinstance(common["anchor"], int):
            common["anchor"] = self.ids["DATE"][common["anchor"]]
        earliest, latest = temporal.bounds(common["value"], common["mod"]) or (None, None)
        return Date(**common, earliest=earliest, latest=latest)

    def event(self, item: _Item, quoted: _Quoted, record_id: str) -> Event:
        common = self.common(item, quoted, record_id)
        agreement, date = common["agreement"], common["date"]
        common["agreement"] = None if agreement is None else self.ids["AGREEMENT"][agreement]
        common["date"] = None if date is None else self.ids["DATE"][date]
        common["parties"] = tuple(common["parties"])
        value = None if date is None else event_value(self.found[groups.DATES][date]["value"])
        return Event(**common, value=value)

    def citation(self, item: _Item, quoted: _Quoted, record_id: str) -> Citation:
        start, end, _, _, mark = item
        text, prefix, suffix, _ = quoted
        return Citation(
            id=record_id, start=start, end=end, text=text, prefix=prefix, suffix=suffix, rule="reading.mark",
            value=mark.value, note_start=mark.note_start, note_end=mark.note_end,
        )  # fmt: skip


def _apart(actors: Sequence[Any], agreements: Sequence[Any]) -> list[Any]:
    """Return the actors that touch no agreement's name: inside it they are its parties. Both are sorted by start."""
    if not agreements:
        return list(actors)
    kept, place = [], 0
    for actor in actors:
        while place < len(agreements) and agreements[place]["end"] <= actor["start"]:
            place += 1
        if place == len(agreements) or agreements[place]["start"] >= actor["end"]:
            kept.append(actor)
    return kept
