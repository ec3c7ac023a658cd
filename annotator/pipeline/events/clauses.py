"""Clauses and modality: where the part of a sentence that tells an event begins and ends, and whether it happened."""

import re

from annotator.lexicons.cues import cue
from annotator.model import EventKind, Modality

BREAK = re.compile(
    r";[^\S\n]|,[^\S\n](?=(?:and|but|which|while|although|who|whereas)\b)|[—–][^\S\n]?|:[^\S\n]"
    r"|[^\S\n](?=and[^\S\n](?:then[^\S\n])?(?:went|came|entered|took|was|were|signed)\b)"
)
CLOSED = re.compile(r",[^\S\n](?:was|were|is|are|has|had)[^\S\n](?:[\w-]+[^\S\n]){0,2}$")
"""What follows an inserted clause (`…, which Norway had hoped to sign, was amended`)."""
FULL_STOP = re.compile(r"\s*(?<!\.\w)[.!?…]+$")
SCOPE = 70
"""How many code points before a verb are read for what limits it."""
MADE = re.compile(
    r"\b(?:forced|compelled|obliged|induced|persuaded|convinced)[^\S\n](?:[\w’.-]+[^\S\n]){1,5}to[^\S\n]$"
)
"""What says of an infinitive that somebody brought it about (`forced China to sign`)."""
ACHIEVED = 16
"""How many of them can say of an infinitive that it happened (`was allowed to expire`)."""


def clause(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Return the part of the sentence from `start` to `end` that holds everything from `first` to `last`.

    The full stop that ends a sentence is left out, unless it is an abbreviation's.
    """
    begin = start
    for match in BREAK.finditer(text, start, end):
        if match.end() <= first:
            begin = match.end()
        elif match.start() >= last:
            return begin, match.start()
    full = FULL_STOP.search(text, max(last - 1, begin), end)
    return begin, full.start() if full is not None else end


def modality(text: str, start: int, verb: int, event: EventKind, *, late: bool) -> Modality:
    """Return whether what the verb at `verb` tells happened, from the words before it in its clause.

    `late`: it is only denied up to a date (`did not enter into force until 1994`).

    An infinitive is planned, but for those of a meeting (`met to sign the treaty`); a proposal is actual.
    """
    begin = max(start, verb - SCOPE)
    for match in BREAK.finditer(text, begin, verb):
        begin = match.end()
    closed = CLOSED.search(text, begin, verb)
    begin = closed.start() + 1 if closed else begin
    before = (text[begin].lower() + text[begin + 1 : verb]).replace(", if any,", "")
    if not late and cue("denied").search(before):
        return "denied"
    if event == "proposed":
        return "actual"
    if cue("conditional").search(before):
        return "conditional"
    infinitive = before.split()[-1:] == ["to"]
    if infinitive and cue("achieved").search(before[-ACHIEVED:]):
        return "actual"
    if infinitive and MADE.search(before):
        return "actual"
    if infinitive and cue("meeting").search(text, start, verb):
        return "actual"
    return "planned" if infinitive or cue("planned").search(before) else "actual"
