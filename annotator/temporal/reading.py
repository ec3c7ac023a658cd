"""What reading an expression in a text gives, the plain form of a text that is read, and rules of one pattern."""

import re
from collections.abc import Callable
from functools import cache

import msgspec

from annotator.temporal.absolute import Leaf
from annotator.temporal.expressions import Expression

PLAIN = {
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "–": "-",
    "‑": "-",
    "‐": "-",
    "−": "-",
    "\u00ad": "-",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
}
"""What the grammar reads as what, one character for one."""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An expression read in a text: where it ends (exclusive), what it says, the rule.

    `closed` tells that the words alone say the same, whatever stands around them.
    """

    end: int
    expression: Expression
    rule: str
    closed: bool = False


Parse = Callable[[str, int], Hit | None]
"""Reads the expression that begins at a place of a plain text."""

Rule = Callable[[str, int, Parse], Hit | None]
"""Reads an expression of one kind, its parts with the parser it is given."""


def plain(text: str) -> str:
    """Return the text in lower case with plain spaces, hyphens and apostrophes, every offset unchanged.

    >>> plain("‘May 3–5’, 2019")
    "'may 3-5', 2019"
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
    if low.isascii():
        return low
    for char, instead in PLAIN.items():
        low = low.replace(char, instead)
    return low


@cache
def leaf(rule: Leaf) -> Rule:
    """Return a rule of one pattern as a function."""
    name, source, build = rule
    pattern: re.Pattern[str] | None = None

    def match(text: str, start: int, parse: Parse) -> Hit | None:
        nonlocal pattern
        if pattern is None:
            pattern = re.compile(source)
        found = pattern.match(text, start)
        if found is None:
            return None
        expression = build(found)
        return None if expression is None else Hit(found.end(), expression, name)

    return match
