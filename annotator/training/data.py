"""Annotated texts as training material: texts and spans in, each text's runs with features and gold labels out.

A data folder holds `devset/` (docs.jsonl, spans.jsonl, docs/*.txt) and `ner-train/*.jsonl`, a text with spans a line.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from annotator.errors import SourceError
from annotator.pipeline.actors import model
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.features import LABELS
from annotator.pipeline.actors.finder import judge
from annotator.pipeline.actors.tables import Tables

KINDS = {"person": t.PERSON, "organization": t.ORGANIZATION, "state": t.STATE, "bloc": t.BLOC}
_INDEX = {label: i for i, label in enumerate(LABELS)}
_OURS, _OTHERS = "devset", "ner-train"


class Gold(NamedTuple):
    """A gold span of the text; `kind` is empty for what is annotated and no actor (a place)."""

    start: int
    end: int
    kind: str


class Text(NamedTuple):
    """An annotated text: name, source, kind, words, gold actors, and stretches that training leaves to the rules."""

    name: str
    source: str
    kind: str
    text: str
    gold: tuple[Gold, ...]
    open: tuple[tuple[int, int], ...] = ()


class Example(NamedTuple):
    """A text's scored runs and their gold labels, token by token."""

    text: Text
    batch: model.Batch
    labels: np.ndarray[Any, np.dtype[np.int64]]


def devset(folder: Path, part: str) -> list[Text]:
    """Return the texts of a part of the devset; agreement names are left to the rules, which find actors in them."""
    root = folder / _OURS
    spans: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(root / "spans.jsonl"):
        spans.setdefault(row["doc"], []).append(row)
    texts = []
    for row in _rows(root / "docs.jsonl"):
        if row["part"] == part:
            text = (root / "docs" / f"{row['doc']}.txt").read_bytes().decode("utf-8")
            own = spans.get(row["doc"], [])
            gold = tuple(Gold(s["start"], s["end"], KINDS[s["type"]]) for s in own if s["label"] == "ACTOR")
            names = tuple((s["start"], s["end"]) for s in own if s["label"] == "AGREEMENT")
            texts.append(Text(row["doc"], _OURS, row["kind"], text, gold, names))
    return texts


def others(folder: Path, name: str) -> list[Text]:
    """Return the texts of one file of ner-train; successive lines under one document's name are one text."""
    texts = []
    for doc, rows in groupby(_rows(folder / _OTHERS / f"{name}.jsonl"), key=lambda row: row["doc"]):
        parts: list[str] = []
        gold: list[Gold] = []
        at = 0
        for row in rows:
            gold += [Gold(at + s["start"], at + s["end"], KINDS.get(s["label"], "")) for s in row["spans"]]
            parts.append(row["text"] + "\n")
            at += len(parts[-1])
        texts.append(Text(doc, name, name, "".join(parts), tuple(gold)))
    return texts


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        hint = "give the folder that holds devset/ and ner-train/"
        raise SourceError(f"{path}: cannot be read ({error.strerror}); {hint}") from error
    return (json.loads(line) for line in lines if line.strip())


def example(text: Text, tables: Tables) -> Example | None:
    """Return a text as training material, None where it has no run to score."""
    draft, _ = judge(text.text, tables)
    found = model.batch(draft, known=True)
    if found is None:
        return None
    labels: list[int] = []
    at = 0
    for index, tokens in zip(found.runs, found.tokens, strict=True):
        start = draft.runs[index][0]
        spans = [(start + a, start + b) for a, b in tokens]
        labels += _labels(text, spans, found.verdicts[at : at + len(spans)])
        at += len(spans)
    return Example(text, found, np.array(labels, dtype=np.int64))


def _labels(text: Text, spans: list[tuple[int, int]], verdicts: list[int]) -> list[int]:
    """Return the gold labels of a run's tokens.

    The rules' verdict stands in for gold inside agreement names, and for blocs where the annotation does not know them.
    """
    labels = ["O"] * len(spans)
    for gold in text.gold:
        if gold.kind and gold.start < spans[-1][1] and spans[0][0] < gold.end:
            inside = [i for i, (start, end) in enumerate(spans) if gold.start <= start and end <= gold.end]
            for i in inside:
                labels[i] = ("B" if i == inside[0] else "I") + gold.kind
    for i, (start, end) in enumerate(spans):
        verdict = LABELS[verdicts[i]]
        unknown = text.source != _OURS and verdict[1:] == t.BLOC and labels[i] == "O"
        if unknown or any(a <= start and end <= b for a, b in text.open):
            labels[i] = verdict
    for i, label in enumerate(labels):
        if label[0] == "I" and (i == 0 or labels[i - 1][1:] != label[1:]):
            labels[i] = "B" + label[1:]
    return [_INDEX[label] for label in labels]
