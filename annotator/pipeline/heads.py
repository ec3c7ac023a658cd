"""Where head words of agreements and known names without one stand in a text: the first look-up over all of it."""

from dataclasses import dataclass
from functools import cache, lru_cache

from annotator.lexicons.agreements import Head, heads, openings
from annotator.lexicons.known_agreements import headless
from annotator.pipeline.grams import Grams

LONGEST = 32
"""The most letters of a head."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found: start, end, head and number of each head word, in order, and place and name of the others."""

    heads: list[tuple[int, int, Head, bool]]
    names: list[tuple[int, str]]


@cache
def grams() -> Grams:
    """Return the table of everything that is looked for."""
    return Grams((*openings(), *headless()))


@lru_cache(maxsize=2)
def marks(text: str) -> Marks:
    """Return the head words, as whole words, and the known names that have none.

    The last texts are remembered, since events are looked for around the same words.
    """
    places: dict[int, tuple[int, Head, bool]] = {}
    names: list[tuple[int, str]] = []
    for start, word in grams().places(text):
        forms = openings().get(word)
        if forms is None:
            if text.startswith(word, start):
                names.append((start, word))
        elif text[start + 1].islower():
            found = _form(text, start, forms)
            if found is not None:
                places[start] = found
    return Marks([(start, *places[start]) for start in sorted(places)], names)


def _form(text: str, start: int, forms: tuple[str, ...]) -> tuple[int, Head, bool] | None:
    """Return end, head and number of the longest of the forms that stands at `start` as whole words."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "-‑@_"):
        return None
    there = text[start : start + LONGEST].lower()
    for form in forms:
        if there.startswith(form):
            end = start + len(form)
            after = text[end : end + 1]
            if after.isalnum() or (after in ("-", "‑", "_", "@") and text[end + 1 : end + 2].isalpha()):
                return None
            head, plural = heads()[form]
            small = head.use == "proper" and " " in form and text[start + form.index(" ") + 1].islower()
            return None if small else (end, head, plural)
    return None
