"""How the components hand their findings on: one span group a component, the payload in the group's attributes.

A component finds over the document's text and stores what it found here; a later component, or extraction, loads it.
The payload survives serialization and worker processes, and keeps exact code-point offsets into the document's text: a
span of the group covers whole tokens, which with a foreign tokenizer can be more than the words that were found.
"""

from collections.abc import Sequence
from typing import Any, TypedDict, cast

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup

from annotator.model import ActorType, AgreementKind, DateType, EventKind, Mod, Modality, Relation

ACTORS, AGREEMENTS, DATES, EVENTS = "actors", "agreements", "dates", "events"
LABELS = {ACTORS: "ACTOR", AGREEMENTS: "AGREEMENT", DATES: "DATE", EVENTS: "EVENT"}

TEXT_KEY = "annotator.text"
"""Key of `doc.user_data` under which extraction leaves the text, since joining the tokens again costs time."""
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


def store(doc: Doc, name: str, found: Sequence[Found]) -> None:
    """Leave `found`, sorted by start, as `doc.spans[name]`, index for index; without spans where tokens are none."""
    spans = [] if TEXT_KEY in doc.user_data else _spans(doc, found, LABELS[name])
    doc.spans[name] = SpanGroup(doc, name=name, spans=spans, attrs={"found": list(found)})


def _spans(doc: Doc, found: Sequence[Found], label: str) -> list[Span]:
    """Return the whole tokens that each finding touches."""
    starts = doc.to_array("IDX").astype(np.int64) if len(doc) else np.zeros(0, dtype=np.int64)
    first = np.searchsorted(starts, [item["start"] for item in found], side="right") - 1
    last = np.searchsorted(starts, [item["end"] for item in found], side="left")
    return [Span(doc, start, end, label=label) for start, end in zip(first.tolist(), last.tolist(), strict=True)]


def load(doc: Doc, name: str) -> list[Any]:
    """Return what the component of that group found; nothing where it has not run."""
    if name not in doc.spans:
        return []
    return cast(list[Any], doc.spans[name].attrs["found"])


def text_of(doc: Doc) -> str:
    """Return the document's text."""
    return cast(str, doc.user_data.get(TEXT_KEY)) or doc.text


def date_of(doc: Doc) -> str | None:
    """Return the document's date (EDTF), None where it is unknown."""
    return cast(str | None, doc.user_data.get(DATE_KEY))
