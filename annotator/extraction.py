"""Joins the stages: an article comes in, its records go out. The only place that turns spans into records."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

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
from annotator.pipeline import build, groups
from annotator.reading import Reading, read
from annotator.source import article_from_text, read_article

STAND_IN = "…"
"""The one token of a document whose tokens nobody asks for."""

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
        self.nlp = _pipeline() if not options else build(options)
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
        """Run the components over the reading text and return what each found.

        They read the text itself. Tokens only bound the spans that a user of the pipeline sees, and cost as much as all
        else together, so the text is not tokenized: one token stands for it.
        """
        doc = Doc(self.nlp.vocab, words=[STAND_IN])
        doc.user_data[groups.TEXT_KEY] = reading.text
        doc.user_data[groups.DATE_KEY] = article.date
        for name, component in self.nlp.pipeline:
            doc = component(doc)
            self.watch(name.removeprefix("annotator_"))
        return {name: groups.load(doc, name) for name in groups.LABELS}


@cache
def _pipeline() -> Language:
    return build()


@cache
def _version() -> str:
    return version("annotator")


@cache
def _digest(options: str) -> str:
    return hashlib.sha256(f"{options}\n{lexicons.digest()}".encode()).hexdigest()[:16]


class _Item(NamedTuple):
    """A finding with its place in the source; sorts as the records do."""

    start: int
    end: int
    label: str
    number: int
    found: Any


class _Records:
    """Builds the records of one article from what the components found in its reading text."""

    def __init__(self, article: Article, reading: Reading, found: Mapping[str, list[Any]]) -> None:
        self.evidence = Evidence(article, reading)
        self.reading = reading
        self.found = dict(found)
        self.found[groups.ACTORS] = _apart(found[groups.ACTORS], found[groups.AGREEMENTS])
        self.ids: dict[str, dict[int, str]] = {label: {} for label in groups.LABELS.values()}

    def all(self) -> list[AnyRecord]:
        """Return all records, sorted, with ids that follow from their content."""
        items = sorted(self.items())
        ids = number(self.base_id(item) for item in items)
        for item, record_id in zip(items, ids, strict=True):
            if item.label in self.ids:
                self.ids[item.label][item.number] = record_id
        build: dict[str, Callable[[_Item, str], AnyRecord]] = {
            "DATE": self.date,
            "ACTOR": self.actor,
            "AGREEMENT": self.agreement,
            "EVENT": self.event,
            "CITATION": self.citation,
        }
        return [build[item.label](item, record_id) for item, record_id in zip(items, ids, strict=True)]

    def items(self) -> Iterator[_Item]:
        """Yield every finding with its place in the source."""
        for index, mark in enumerate(self.reading.marks):
            yield _Item(mark.start, mark.end, "CITATION", index, mark)
        for name, label in groups.LABELS.items():
            for index, found in enumerate(self.found[name]):
                yield _Item(*self.source(found), label, index, found)

    def source(self, found: Any) -> tuple[int, int]:
        span = found["start"], found["end"]
        return self.reading.to_source(*span) if self.reading.marks else span

    def base_id(self, item: _Item) -> str:
        more = (item.found["event"], item.found["entity"]) if item.label == "EVENT" else ()
        return self.evidence.base_id(item.label, item.start, item.end, *more)

    def common(self, item: _Item, record_id: str) -> dict[str, Any]:
        text, prefix, suffix = self.evidence.quote(item.start, item.end)
        return {
            "id": record_id, "start": item.start, "end": item.end, "text": text, "prefix": prefix, "suffix": suffix,
            "notes": self.evidence.notes(item.start), "rule": item.found["rule"],
        }  # fmt: skip

    def actor(self, item: _Item, record_id: str) -> Actor:
        found = item.found
        return Actor(**self.common(item, record_id), type=found["type"], entity=found["entity"], name=found["name"])

    def agreement(self, item: _Item, record_id: str) -> Agreement:
        found = item.found
        return Agreement(
            **self.common(item, record_id), kind=found["kind"], entity=found["entity"], name=found["name"],
            parties=tuple(found["parties"]),
        )  # fmt: skip

    def date(self, item: _Item, record_id: str) -> Date:
        found = item.found
        value, mod, anchor = found["value"], found["mod"], found["anchor"]
        earliest, latest = temporal.bounds(value, mod) or (None, None)
        return Date(
            **self.common(item, record_id), type=found["type"], value=value, mod=mod, timex=found["timex"],
            earliest=earliest, latest=latest, anchor=self.ids["DATE"][anchor] if isinstance(anchor, int) else anchor,
            relation=found["relation"],
        )  # fmt: skip

    def event(self, item: _Item, record_id: str) -> Event:
        found = item.found
        agreement, date = found["agreement"], found["date"]
        return Event(
            **self.common(item, record_id), event=found["event"], modality=found["modality"], entity=found["entity"],
            agreement=None if agreement is None else self.ids["AGREEMENT"][agreement],
            date=None if date is None else self.ids["DATE"][date],
            value=None if date is None else event_value(self.found[groups.DATES][date]["value"]),
            parties=tuple(found["parties"]),
        )  # fmt: skip

    def citation(self, item: _Item, record_id: str) -> Citation:
        mark = item.found
        text, prefix, suffix = self.evidence.quote(item.start, item.end)
        return Citation(
            id=record_id, start=item.start, end=item.end, text=text, prefix=prefix, suffix=suffix, rule="reading.mark",
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
