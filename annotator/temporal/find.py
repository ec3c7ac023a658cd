"""Dates in a text: found by `scan`, resolved by `anchors`, as dictionaries in the form of the pipeline's groups."""

from collections.abc import Sequence
from typing import Literal, TypedDict

from annotator.model import DateType, Mod, Relation
from annotator.temporal.anchors import Resolver
from annotator.temporal.expressions import Expression, Fixed
from annotator.temporal.register import Register, register_of
from annotator.temporal.scan import scan
from annotator.temporal.splitting import split_ranges

Ranges = Literal["joined", "split"]


class FoundDate(TypedDict):
    """A date mention: a stretch of the text (code points, end exclusive), the rule that found it, and its meaning.

    `anchor` is an index into the dates found, `document`, or None.
    """

    start: int
    end: int
    rule: str
    type: DateType
    value: str | None
    mod: Mod | None
    timex: str | None
    anchor: int | str | None
    relation: Relation | None


def find_dates(
    text: str,
    *,
    date: str | None = None,
    taken: Sequence[tuple[int, int]] = (),
    register: Register | None = None,
    ranges: Ranges = "joined",
) -> list[FoundDate]:
    """Return the dates in the text, sorted, none overlapping another or a stretch that is taken.

    `date` is the document's own date (EDTF) where it is known; `register` forces how incomplete dates are resolved,
    which the text's own evidence decides otherwise; `ranges` tells whether `1914–18` is one date or, as in TIMEX
    corpora, two.
    """
    found = scan(text, taken)
    if ranges == "split":
        found = split_ranges(text, found)
    register = register or register_of(found, date)
    if register == "news":
        found = [one for one in found if not narrative_only(text[one.start : one.end], one.expression)]
    resolved = Resolver(text, found, date, register).run()
    return [
        {
            "start": one.start,
            "end": one.end,
            "rule": one.rule,
            "type": meant.type,
            "value": meant.value,
            "mod": meant.mod,
            "timex": meant.timex,
            "anchor": anchor[0],
            "relation": anchor[2],
        }
        for one, (anchor, meant) in zip(found, resolved, strict=True)
    ]


def narrative_only(words: str, expression: Expression) -> bool:
    """Return whether a vague reference is none in news: `former` speaks of a story's time, not of the writer's."""
    return (
        isinstance(expression, Fixed) and expression.type == "ref" and words.lower() in ("former", "future", "current")
    )
