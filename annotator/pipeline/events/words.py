"""The verbs and nouns that tell what became of an agreement: lexicon entries come in, a pattern and look-ups go out."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from annotator import lexicons
from annotator.model import EventKind

Voice = Literal["both", "subject", "object", "near", "tight", "declared", "ship", "stage"]
"""Where the agreement stands: `object` after the words, `near` right after them, `subject` before them, `both` after
in the active and before in the passive, `tight` the same, right after; `declared` is `both`, and in the active a
declaration; `ship` after, as the next of a row; `stage` tells an event with a verb that begins or ends it, of the
agreement before."""


class EventVerb(lexicons.Entry, frozen=True):
    """A form of a verb or noun that tells an event."""

    form: str
    event: EventKind
    voice: Voice


@cache
def verbs() -> dict[str, EventVerb]:
    """Return the entries by form, in small letters."""
    return {entry.form: entry for entry in lexicons.load("event_verbs", EventVerb)}


@cache
def trigger() -> re.Pattern[str]:
    r"""Return the pattern of what stands before a form in small letters and of all forms, its group.

    The forms are a tree of letters, since a flat list is ten times as slow; what stands before is no `\b`, for which
    every place would be tried.
    """
    return re.compile(r"[\s“”‘’\"'(\[—–‑/-](" + _tree(sorted(verbs())) + r")\b")


def _tree(forms: Sequence[str]) -> str:
    """Return a pattern that matches the longest of some strings."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(form[:1], []).append(form[1:])
    rest = bool(groups.pop("", None))
    branches = [re.escape(letter) + (_tree(tails) if tails != [""] else "") for letter, tails in groups.items()]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if rest else ''}"
