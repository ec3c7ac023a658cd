"""A text with the expressions found in it: where they stand in paragraphs, sentences, quotations and clauses."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from annotator.temporal.expressions import Fixed, core, is_day
from annotator.temporal.scan import Candidate
from annotator.temporal.words import any_of

SENTENCE_END = re.compile(r"[.!?][\"'”’)]* |\n")
TENSE = re.compile(rf"(?<!\w)(?:({any_of('future')})|(\w{{3,}}ed|{any_of('past')}))(?!\w)")
AUXILIARY_AFTER = re.compile(r",?(?: (?!sa(?:id|ys) |told )\w+(?<!ed)){0,3}? (?:will|shall|would)(?!\w)")
JOINT = re.compile(
    r"(?:,? ?(?:and|&|or|to|through|until|till|-|–) ?(?:from )?|, )(?:in |on |by )?(?:the )?"
    r"(?:early |late |mid-|mid |end of |beginning of )?"
)
ON_DAY = re.compile(r" [^.;:,\n()]{0,40}on ")
ATTRIBUTE = re.compile(rf" (?!{any_of('function')}(?!\w))\w")
COMPARED = re.compile(r"(?<!\w)(?:compared (?:to|with)|opposed to|as against|unlike)(?!\w)[^.;,]*$")
COMPARING = ("compared", "opposed", "against", "unlike")
LASTING = re.compile(r"(?<!\w)(?:lasted|lasting|continued|remained|held)(?: \w+)? until [^.;,]*$")
WORD_BEFORE = re.compile(r"(?<!\w)(\w+) (?:the )?$")
CLAUSE, PHRASE, QUOTED, SENTENCE = 120, 60, 2000, 1000
"""In characters: how far back a clause's tense is looked for and a quotation can begin; how long a sentence can be."""
HEADING = 80
"""Longest line, in characters, that is a heading."""


class Passage:
    """A text and its expressions; an index counts the expressions."""

    def __init__(self, text: str, found: Sequence[Candidate]) -> None:
        self.text, self.found = text, found
        self.cores = [core(one.expression) for one in found]
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.paragraphs = [bisect_left(self.breaks, one.start) for one in found]
        """The number of each expression's paragraph."""

    def line(self, index: int) -> tuple[int, int]:
        """Return where the expression's paragraph begins and ends."""
        number = self.paragraphs[index]
        end = self.breaks[number] if number < len(self.breaks) else len(self.text)
        return (self.breaks[number - 1] + 1 if number else 0), end

    def heading(self, index: int) -> bool:
        """Return whether the expression stands in a heading: a short line without a full stop."""
        start, end = self.line(index)
        return end - start < HEADING and not self.text[start:end].rstrip().endswith((".", "?", "!", "”", '"'))

    def quoted(self, index: int) -> bool:
        """Return whether the expression stands inside quotation marks that open in its paragraph."""
        start = self.found[index].start
        before = self.text[max(self.line(index)[0], start - QUOTED) : start]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def ahead(self, index: int) -> bool:
        """Return whether the clause speaks of the future: the last verb before says so, or an auxiliary right after."""
        start, end = self.found[index].start, self.found[index].end
        window = SENTENCE_END.split(self.text[max(0, start - CLAUSE) : start])[-1].lower()
        clue: bool | None = None
        for match in TENSE.finditer(window):
            clue = match[1] is not None
        return clue if clue is not None else AUXILIARY_AFTER.match(self.text, end) is not None

    def compared(self, index: int) -> bool:
        """Return whether the date is what another time is compared with."""
        phrase = self.phrase(index)
        return any(word in phrase for word in COMPARING) and COMPARED.search(phrase) is not None

    def lasting(self, index: int) -> bool:
        """Return whether the clause looks ahead to when something ended (`which lasted until the fall of …`)."""
        phrase = self.phrase(index)
        return " until " in phrase and LASTING.search(phrase) is not None

    def phrase(self, index: int) -> str:
        """Return what stands before the expression, as far as a phrase reaches."""
        start = self.found[index].start
        return self.text[max(0, start - PHRASE) : start]

    def sentence_end(self, index: int) -> int:
        """Return where the expression's sentence ends."""
        end = self.found[index].end
        stop = SENTENCE_END.search(self.text, end, end + SENTENCE)
        return stop.start() if stop else min(len(self.text), end + SENTENCE)

    def joined(self, index: int) -> bool:
        """Return whether only a comma or conjunction stands between the expression and the next."""
        if index + 1 >= len(self.found):
            return False
        start, end = self.found[index].end, self.found[index + 1].start
        return end - start < 40 and JOINT.fullmatch(self.text[start:end].lower()) is not None

    def day_follows(self, index: int) -> bool:
        """Return whether the clause goes on with the day of a time (`9:20 a.m. in Chelyabinsk on Friday`)."""
        if index + 1 >= len(self.found) or not is_day(self.cores[index + 1]):
            return False
        return ON_DAY.fullmatch(self.text, self.found[index].end, self.found[index + 1].start) is not None

    def words(self, index: int) -> str:
        """Return the expression's words in lower case."""
        return self.text[self.found[index].start : self.found[index].end].lower()

    def articled(self, index: int) -> bool:
        """Return whether `the` stands before the expression."""
        start = self.found[index].start
        return self.text[max(0, start - 4) : start].lower() == "the "

    def word_before(self, index: int) -> str:
        """Return the word before the expression and its article, in lower case."""
        start = self.found[index].start
        found = WORD_BEFORE.search(self.text, max(0, start - 16), start)
        return found[1].lower() if found else ""

    def bracketed(self, index: int) -> bool:
        """Return whether the expression alone stands in brackets."""
        one = self.found[index]
        return self.text[one.start - 1 : one.start] == "(" and self.text[one.end : one.end + 1] == ")"

    def attributive(self, index: int) -> bool:
        """Return whether the date only says which (`the 1951 treaty`, `the June 1967 war`)."""
        one = self.found[index]
        return (
            isinstance(self.cores[index], Fixed)
            and self.articled(index)
            and " of " not in self.words(index)
            and ATTRIBUTE.match(self.text, one.end) is not None
        )
