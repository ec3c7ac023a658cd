"""Sentences that tell of agreements: a text and what was found in it come in, sentences with triggers go out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.lexicons.agreements import heads, words
from annotator.pipeline.events.references import Reference, main_agreement, names, references
from annotator.pipeline.events.words import EventVerb, trigger, verbs
from annotator.pipeline.groups import FoundAgreement, FoundDate
from annotator.pipeline.heads import marks
from annotator.reading.sentences import sentences

LONGEST = 1200
"""The most code points that are read as one sentence; longer ones are read in pieces, so that time stays linear."""
NAMING = re.compile(r"\)?[^\S\n](?:of[^\S\n]|\()")
CALENDAR = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")
PRONOUN = re.compile(r"(?:[Ii]t|[Tt]hey|[Tt]his|them|both|[Nn]egotiations)\b")
"""Words by which a sentence without a head word can speak of an agreement."""
ATTRIBUTE = re.compile(r" (?:an?|the|its|their|this|that) $")
"""What stands before a participle that describes (`a revised treaty`)."""
OF_NAME = re.compile(r"\b([A-Z]\w+)[^\S\n]of[^\S\n]$")
"""What stands before the year in the name of something (`the War of 1812`)."""
NEXT_HEAD = re.compile(r"[^\S\n](?:[\w-]{1,30}[^\S\n])?(\w{1,30})")


class Trigger(NamedTuple):
    """A verb or noun that tells an event."""

    start: int
    end: int
    verb: EventVerb


class Sentence(NamedTuple):
    """A sentence with what stands in it: triggers, references, and the indices of dates that can date something."""

    start: int
    end: int
    triggers: list[Trigger]
    refs: list[Reference]
    dates: list[int]


class Scene:
    """A text with its agreements and dates, and the places where they start."""

    def __init__(
        self, text: str, agreements: Sequence[FoundAgreement], dates: Sequence[FoundDate], written: str = ""
    ) -> None:
        self.text, self.agreements, self.dates, self._written = text, agreements, dates, written
        self.starts = [agreement["start"] for agreement in agreements]
        self.date_starts = [date["start"] for date in dates]
        self.main = main_agreement(agreements)
        self._heads = marks(text).heads
        self._head_starts = [head[0] for head in self._heads]

    def value(self, index: int | None) -> str:
        """Return the value of a date, `""` for none."""
        return "" if index is None else self.dates[index]["value"] or ""

    def is_to_come(self, index: int | None) -> bool:
        """Say whether a date of a year, month or day is later than the text itself."""
        value = self.value(index)
        size = min(len(value), len(self._written))
        return CALENDAR.fullmatch(value) is not None and value[:size] > self._written[:size] > ""

    def is_dating(self, index: int) -> bool:
        """Say whether a date can be an event's: a day or time, no length or frequency."""
        return self.dates[index]["type"] in ("date", "time")

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences that tell something, from the first name on."""
        salient: tuple[int, int] | None = None
        for start, end in sentences(self.text):
            if end < self.starts[0]:
                continue
            for first in range(start, end, LONGEST):
                sentence = self._read(first, min(end, first + LONGEST), salient)
                if sentence is not None:
                    salient = next(((r.start, r.agreement) for r in reversed(sentence.refs) if not r.named), salient)
                    yield sentence

    def _read(self, start: int, end: int, salient: tuple[int, int] | None) -> Sentence | None:
        """Return the sentence there, None where it has neither name nor date, or no word that tells an event.

        `salient` is place and agreement of the last reference by a bare head word.
        """
        named, dated = _between(self.starts, start, end), _between(self.date_starts, start, end)
        if not named and not dated:
            return None
        heads = _between(self._head_starts, start, end)
        if not named and not heads and PRONOUN.search(self.text, start, end) is None:
            return None
        refs = names(start, end, self.agreements, self.starts)
        triggers = self._triggers(start, end, refs)
        if not triggers and not (named and dated):
            return None
        dates = [index for index in dated if self.is_dating(index) and not self._names(index)]
        if triggers and heads:
            bare = self._heads[heads.start : heads.stop]
            refs = references(
                self.text, start, end, self.agreements, self.starts, bare, main=self.main, salient=salient
            )
        return Sentence(start, end, triggers, refs, dates)

    def _triggers(self, start: int, end: int, refs: Sequence[Reference]) -> list[Trigger]:
        """Return the words that tell events, but for those inside names and those that describe."""
        small = f" {self.text[start].lower()}{self.text[start + 1 : end]}"
        start -= 1
        return [
            Trigger(start + match.start(1), start + match.end(), verbs()[match[1]])
            for match in trigger().finditer(small)
            if not any(ref.start <= start + match.start(1) < ref.end for ref in refs)
            and not (match[1].endswith("ed") and ATTRIBUTE.search(small, max(0, match.start(1) - 7), match.start(1)))
        ]

    def _names(self, index: int) -> bool:
        """Say whether a date is only how something is called: `the 1992 Declaration`, `the Treaty of 1783`."""
        text, start, end = self.text, self.dates[index]["start"], self.dates[index]["end"]
        if text.endswith("anniversary", start, end):
            return True
        year = text[start:end][-4:].isdigit()
        after = bisect_left(self.starts, end)
        next_to = after < len(self.starts) and self.starts[after] - end <= len(" “")
        if next_to and ((year and end - start == 4) or text.endswith(" the ", 0, start)):
            return True
        match = NEXT_HEAD.match(text, end)
        if year and match is not None and match[1].lower() in heads():
            return True
        before = bisect_right(self.starts, start) - 1
        if before >= 0 and NAMING.fullmatch(text, self.agreements[before]["end"], start):
            return True
        inside = before >= 0 and self.agreements[before]["end"] >= end
        if inside or not year or end - start != 4 or not text.startswith(" of ", start - 4):
            return False
        called = OF_NAME.search(text, max(0, start - 30), start)
        return called is not None and called[1].lower() not in words("calendar")


def _between(places: Sequence[int], start: int, end: int) -> range:
    """Return the indices of the places from `start` to before `end`."""
    first = bisect_left(places, start)
    return range(first, bisect_left(places, end, first))
