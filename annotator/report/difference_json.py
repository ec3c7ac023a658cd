"""A difference as one JSON object, for programs."""

from typing import Any

import msgspec

from annotator.comparison import Change
from annotator.report.difference import Difference, DocumentDifference


def render(difference: Difference) -> str:
    """Return the difference: counts, and for each document every change with both sides, its keys and its sentence."""
    counts = [
        {"label": label, "kind": kind, "rule": rule or None, "changes": count}
        for (label, kind, rule), count in sorted(difference.counts.items())
    ]
    content = {
        "summary": difference.summary(),
        "differs": difference.differs,
        "same": difference.same,
        "counts": counts,
        "documents": [_document(document) for document in difference.documents],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n"


def _document(document: DocumentDifference) -> dict[str, Any]:
    comparison = document.comparison
    if comparison is None:
        return {"file": document.name, "alone": document.alone}
    return {
        "file": document.name,
        "doc": comparison.doc,
        "edited": comparison.edited,
        "moved": comparison.moved,
        "renumbered": comparison.renumbered,
        "unchanged": comparison.unchanged,
        "head": msgspec.to_builtins((*comparison.head, *comparison.made_with)),
        "changes": [_change(document, change) for change in comparison.changes],
    }


def _change(document: DocumentDifference, change: Change) -> dict[str, Any]:
    place = document.line_column(change)
    content: dict[str, Any] = {"kinds": change.kinds, "label": change.label}
    if change.rule is not None:
        content["rule"] = change.rule
    if place is not None:
        content |= {"line": place[0], "column": place[1]}
    content["sentence"] = "".join(piece.words for piece in document.pieces(change))
    content["keys"] = msgspec.to_builtins(change.keys)
    sides = (("old", change.old), ("new", change.new))
    return content | {name: msgspec.to_builtins(record) for name, record in sides if record is not None}
