"""Which way from its anchor an expression points by its own words, and whether it counts from the writer's now."""

from annotator.model import Relation
from annotator.temporal.expressions import Shift, This, core
from annotator.temporal.grammar import read

ALL: tuple[Relation, ...] = ("same", "after", "before")


def relations(words: str) -> tuple[Relation, ...]:
    """Return the relations to an anchor that the words admit.

    >>> relations("a year later"), relations("two days earlier"), relations("that year"), relations("August")
    (('after',), ('before',), ('same',), ('same', 'after', 'before'))
    """
    hit = read(words)
    inner = core(hit.expression) if hit else None
    if isinstance(inner, Shift):
        return ("after",) if inner.sign > 0 else ("before",)
    return ("same",) if isinstance(inner, This) else ALL


def deictic(words: str) -> bool:
    """Say whether the words count from the writer's own now.

    >>> deictic("a decade ago"), deictic("a decade later")
    (True, False)
    """
    hit = read(words)
    inner = core(hit.expression) if hit else None
    return isinstance(inner, Shift | This) and inner.deictic
