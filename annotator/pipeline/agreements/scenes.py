"""Sentences and paragraphs of a text: a place comes in, the actors around it that conclude agreements go out."""

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property

from annotator.lexicons.agreements import concluding
from annotator.lexicons.states import demonyms
from annotator.pipeline.agreements.phrases import Places
from annotator.reading.sentences import sentences

WORD = re.compile(r"[A-Z]\w+")
LINE = re.compile("\n")
YEARS = re.compile(r"(?:1[4-9]|20)\d\d(?!\d)")


class Scenes:
    """Sentences and paragraphs of a text, and which actors that conclude agreements stand in them.

    A paragraph is read in blocks, so that each is read once and time stays linear.
    """

    def __init__(self, text: str, actors: Places) -> None:
        self.text, self.actors = text, actors
        self._lines = [match.end() for match in LINE.finditer(text)]
        self._counts: dict[int, tuple[str, ...]] = {}

    def _block(self, place: int) -> tuple[int, int]:
        """Return start and end of the block of the paragraph that holds a place."""
        index = bisect_right(self._lines, place)
        start = self._lines[index - 1] if index else 0
        end = self._lines[index] - 1 if index < len(self._lines) else len(self.text)
        start += (place - start) // BLOCK * BLOCK
        return start, min(end, start + BLOCK)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return start and end of the sentence around a place, of a long one a block."""
        found = sentences(self.text)
        index = bisect_right(found, (place, len(self.text))) - 1
        start, end = found[index] if index >= 0 else (place, place)
        start += (place - start) // BLOCK * BLOCK
        return start, min(end, start + BLOCK)

    def in_sentence(self, place: int) -> tuple[str, ...]:
        """Return the two parties that a sentence names; of more, the two that the text is about; else none."""
        start, end = self.sentence(place)
        end = min(end, start + LONG_SENTENCE)
        named = {span[3] for span in self._able.within(start, end)}
        if not named:
            named.update(demonyms()[word] for word in WORD.findall(self.text, start, end) if word in demonyms())
        if len(named) > 2:
            main = self.in_document()[:2]
            return tuple(sorted(main)) if named.issuperset(main) else ()
        return tuple(sorted(named)) if len(named) == 2 else ()

    def in_paragraph(self, place: int) -> tuple[str, ...]:
        """Return the actors of a paragraph, also those told by adjectives, the most frequent first."""
        start, end = self._block(place)
        if start not in self._counts:
            counts = self._count(start, end)
            counts.update(demonyms()[word] for word in WORD.findall(self.text, start, end) if word in demonyms())
            self._counts[start] = tuple(entity for entity, _ in counts.most_common())
        return self._counts[start]

    def in_document(self) -> tuple[str, ...]:
        """Return the actors of the text, the most frequent first."""
        if WHOLE not in self._counts:
            counts = self._count(0, len(self.text))
            self._counts[WHOLE] = tuple(entity for entity, _ in counts.most_common())
        return self._counts[WHOLE]

    def bilateral(self) -> tuple[str, ...]:
        """Return the two whom the text is about where no third comes near them, as in a joint statement of two."""
        if BILATERAL not in self._counts:
            ranked = self._count(0, len(self.text)).most_common(3)
            alone = len(ranked) == 2 or (len(ranked) == 3 and ranked[1][1] >= RARER * ranked[2][1])
            self._counts[BILATERAL] = tuple(sorted(entity for entity, _ in ranked[:2])) if alone else ()
        return self._counts[BILATERAL]

    def _count(self, start: int, end: int) -> Counter[str]:
        return Counter([span[3] for span in self._able.within(start, end)])

    def years(self) -> frozenset[str]:
        """Return the years in the text, for names that several agreements have."""
        return self._years

    @cached_property
    def _years(self) -> frozenset[str]:
        return frozenset(YEARS.findall(self.text))

    @cached_property
    def _able(self) -> Places:
        """The actors that conclude agreements."""
        able = concluding()
        return Places([s for s in self.actors.spans if (s[2] == "state" and s[3]) or s[3] in able])


LONG_SENTENCE = 600
BLOCK = 3000
"""How many code points of a sentence, and of a paragraph at a time, are read for its actors."""
WHOLE = -1
"""The key of the whole text among the blocks."""
BILATERAL = -2
RARER = 3
"""How many times rarer a third party is in a text about two."""
