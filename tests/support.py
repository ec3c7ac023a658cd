"""Small documents for tests: an article in a few sentences, and whole records from lines as people write them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from annotator.gold import fill
from annotator.model import Annotations, AnyRecord, Article
from annotator.source import article_from_text

TEXT = (
    "Norway and Chile signed the Fjord Accord on 4 May 2010.1 A year later, Chile left it.\n\n"
    "The Fjord Accord, wrote Ann Berg, was “a start.”2 Oslo renewed it in 2015.\n"
)

LINES: tuple[dict[str, Any], ...] = (
    {"label": "ACTOR", "text": "Norway", "type": "state", "entity": "state:no"},
    {"label": "ACTOR", "text": "Chile", "occurrence": 1, "type": "state", "entity": "state:cl"},
    {"label": "ACTOR", "text": "Chile", "occurrence": 2, "type": "state", "entity": "state:cl"},
    {"label": "ACTOR", "text": "Ann Berg", "type": "person", "entity": "person:ann-berg"},
    {"label": "ACTOR", "text": "Oslo", "type": "state", "entity": "state:no"},
    {
        "label": "AGREEMENT", "text": "Fjord Accord", "paragraph": 1, "kind": "agreement", "entity": "agr:fjord-accord",
        "parties": ["state:no", "state:cl"],
    },
    {"label": "AGREEMENT", "text": "Fjord Accord", "paragraph": 2, "kind": "agreement", "entity": "agr:fjord-accord"},
    {"label": "DATE", "text": "4 May 2010", "type": "date", "value": "2010-05-04", "id": "signed"},
    {"label": "DATE", "text": "A year later", "type": "date", "value": "2011", "id": "left"},
    {"label": "DATE", "text": "2015", "type": "date", "value": "2015", "id": "renewed"},
    {"label": "CITATION", "text": "1", "occurrence": 2},
    {"label": "CITATION", "text": "2", "occurrence": 2},
    {
        "label": "EVENT", "text": "Norway and Chile signed the Fjord Accord on 4 May 2010", "event": "signed", "date": "signed",
        "entity": "agr:fjord-accord",
    },
    {"label": "EVENT", "text": "Oslo renewed it in 2015", "event": "renewed", "date": "renewed", "entity": "agr:fjord-accord"},
)  # fmt: skip
"""What a person would write of TEXT."""


def article(text: str = TEXT, *, date: str | None = None) -> Article:
    """Return an article named `doc`."""
    return article_from_text(text, doc="doc", date=date)


def written(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """Return lines as the bytes of a file that a person has written."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def filled(lines: Iterable[Mapping[str, Any]] = LINES, text: str = TEXT, *, date: str | None = None) -> Annotations:
    """Return the whole records of what a person wrote."""
    return fill(written(lines), article(text, date=date), "doc.gold.jsonl")


def extracted(annotations: Annotations) -> Annotations:
    """Return gold records in the form in which they would have been extracted: with rules, without comments."""
    records = [msgspec.structs.replace(record, rule="test.rule", comment=None) for record in annotations.records]
    document = msgspec.structs.replace(annotations.document, annotator="0", pipeline="0")
    return Annotations(document, records)


def changed(annotations: Annotations, index: int, **fields: Any) -> Annotations:
    """Return the annotations with fields of one record changed, by its index."""
    records: list[AnyRecord] = list(annotations.records)
    records[index] = msgspec.structs.replace(records[index], **fields)
    return Annotations(annotations.document, records)


def without(annotations: Annotations, index: int) -> Annotations:
    """Return the annotations without one record, counted right."""
    records = [record for place, record in enumerate(annotations.records) if place != index]
    return Annotations(msgspec.structs.replace(annotations.document, records=len(records)), records)
