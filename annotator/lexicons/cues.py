"""Phrases that say whether a thing happened: lexicon entries come in, patterns go out."""

import re
from functools import cache
from typing import Literal

from annotator import lexicons

CueRole = Literal[
    "planned", "conditional", "denied", "meeting", "begin", "stage", "close", "continuing", "replace", "talking",
    "achieved", "until",
]  # fmt: skip
"""`achieved` before an infinitive: it happened (`allowed to`); `until` before a verb: not before a date."""


class EventCue(lexicons.Entry, frozen=True):
    """A phrase near a verb which says whether and how far the thing happened (see `CueRole`)."""

    phrase: str
    role: CueRole


@cache
def cue(role: CueRole) -> re.Pattern[str]:
    """Return the pattern of all phrases of that role."""
    phrases = [entry.phrase for entry in lexicons.load("event_cues", EventCue) if entry.role == role]
    return re.compile(r"(?:\b|(?<=\w)(?=n[’']t))(?:" + "|".join(map(re.escape, phrases)) + r")\b")
