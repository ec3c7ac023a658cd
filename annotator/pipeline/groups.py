"""How the components hand their findings on: one span group a component, the payload in the group's attributes.

A component finds over a text, given what earlier ones found there; in a spaCy document, it loads and stores that here.
The payload survives serialization and worker processes, and keeps exact code-point offsets into the document's text: a
span of the group covers whole tokens, which with a foreign tokenizer can be more than the words that were found.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypedDict, cast

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup

from annotator.model import ActorType, AgreementKind, DateType, EventKind, Mod, Modality, Relation

ACTORS, AGREEMENTS, DATES, EVENTS = "actors", "agreements", "dates", "events"
LABELS = {ACTORS: "ACTOR", AGREEMENTS: "AGREEMENT", DATES: "DATE", EVENTS: "EVENT"}

DATE_KEY = "annotator.date"
"""Key of `doc.user_data` for the document's date (EDTF), when it is known."""


class Found(TypedDict):
    """A stretch of the document's text (code points, end exclusive) and the rule that found it."""

    start: int
    end: int
    rule: str


class FoundActor(Found):
    """An actor mention."""

    type: ActorType
    entity: str
    name: str


class FoundAgreement(Found):
    """An agreement mention."""

    kind: AgreementKind
    entity: str
    name: str
    parties: list[str]


class FoundDate(Found):
    """A date mention; `anchor` is an index into the dates found, `document`, or None."""

    type: DateType
    value: str | None
    mod: Mod | None
    timex: str | None
    anchor: int | str | None
    relation: Relation | None


class FoundEvent(Found):
    """An event; `agreement` and `date` are indices into the agreements and dates found."""

    event: EventKind
    modality: Modality
    entity: str
    agreement: int | None
    date: int | None
    parties: list[str]


class Finder(Protocol):
    """A component without its document."""

    group: str
    """The group that it fills."""

    def find(self, text: str, date: str | None, found: Mapping[str, list[Any]]) -> Sequence[Found]:
        """Return what is in a text of that date (EDTF), sorted by start; `found` has what is known, of every group."""


def leave(doc: Doc, finder: Finder) -> Doc:
    """Return the document with what the component finds in it."""
    found = {name: load(doc, name) for name in LABELS}
    store(doc, finder.group, finder.find(doc.text, doc.user_data.get(DATE_KEY), found))
    return doc


def store(doc: Doc, name: str, found: Sequence[Found]) -> None:
    """Leave `found`, sorted by start, as `doc.spans[name]`, index for index."""
    starts = doc.to_array("IDX").astype(np.int64) if len(doc) else np.zeros(0, dtype=np.int64)
    first = np.searchsorted(starts, [item["start"] for item in found], side="right") - 1
    last = np.searchsorted(starts, [item["end"] for item in found], side="left")
    label = LABELS[name]
    spans = [Span(doc, start, end, label=label) for start, end in zip(first.tolist(), last.tolist(), strict=True)]
    doc.spans[name] = SpanGroup(doc, name=name, spans=spans, attrs={"found": list(found)})


def load(doc: Doc, name: str) -> list[Any]:
    """Return what the component of that group found; nothing where it has not run."""
    if name not in doc.spans:
        return []
    return cast(list[Any], doc.spans[name].attrs["found"])
