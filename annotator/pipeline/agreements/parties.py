"""Whom an agreement binds: names, sentences and paragraphs come in, entity ids of parties go out."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from annotator.lexicons.agreements import concluding
from annotator.lexicons.states import demonyms, parties_of, peoples, state_names
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.phrases import Places
from annotator.reading.sentences import sentences

PARTY_PART = re.compile(r"[^\S\n]+(?:between|with|among)\b")
PARTY_END = re.compile(r"[^\S\n](?:on|over|concerning|regarding|to|for|relating|in|about)[^\S\n]")
WORD = re.compile(r"[A-Z]\w+")
LINE = re.compile("\n")
YEARS = re.compile(r"(?:1[4-9]|20)\d\d(?!\d)")
LONGEST_STATE = 4
"""How many words a state's name has at most where it is looked for inside a name."""


def can_conclude(kind: str, entity: str) -> bool:
    """Say whether an actor is of those that are bound by agreements without being named in them."""
    return (kind == "state" and bool(entity)) or entity in concluding()


def named_parties(scenes: "Scenes", mention: Mention) -> tuple[str, ...]:
    """Return the parties that the name itself tells: before its head, and between or with whom."""
    text, actors = scenes.text, scenes.actors
    found = _entities(text, mention.start, mention.head_start, actors)
    part = PARTY_PART.search(text, mention.head_end, mention.end)
    if part is not None:
        end = PARTY_END.search(text, part.end(), mention.end)
        found |= _entities(text, part.end(), end.start() if end else mention.end, actors, all_kinds=True)
    return tuple(sorted(found))


def _entities(text: str, start: int, end: int, actors: Places, *, all_kinds: bool = False) -> set[str]:
    """Return the ids of the actors named between two places, also by adjectives and in compounds."""
    found: set[str] = set()
    rest, place = "", start
    for span in actors.within(start, end):
        if span[1] > end + 1:
            continue
        rest, place = rest + text[place : span[0]], span[1]
        owner = text[span[1] : span[1] + 2] in ("’s", "'s") and span[1] + 2 < end
        if (can_conclude(span[2], span[3]) and not (owner and span[2] != "state")) or (
            all_kinds and span[2] != "person" and span[3] and not owner
        ):
            found.add(span[3])
    return found | states_in(rest + text[place:end])


def states_in(phrase: str) -> set[str]:
    """Return the ids of the states that a phrase names, also by adjectives and in compounds.

    >>> sorted(states_in("Franco-German and United States"))
    ['state:de', 'state:fr', 'state:us']
    """
    found: set[str] = set()
    words = phrase.replace("\xa0", " ").split()
    index = 0
    while index < len(words):
        for length in range(min(LONGEST_STATE, len(words) - index), 0, -1):
            name = " ".join(words[index : index + length]).strip(',;()“”"').removesuffix("’s").removesuffix("'s")
            entities = _state(name)
            if entities:
                found.update(entities)
                index += length - 1
                break
        index += 1
    return found


def _state(name: str) -> tuple[str, ...]:
    if not name[:1].isupper():
        return ()
    known = state_names().get(name) or demonyms().get(name) or peoples().get(name)
    if known:
        return (known,)
    return parties_of(name) if "-" in name or "–" in name else ()


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
        named = {span[3] for span in self._able.within(start, min(end, start + LONG_SENTENCE))}
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


def context_parties(scenes: Scenes, mention: Mention, named: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Return the parties of a mention whose name tells fewer than two, with how far they can be trusted.

    4 is from the name, 3 from who signed it, 2 from a sentence with just two parties, 1 from paragraph and text.
    """
    if len(named) >= 2:
        return 4, tuple(named)
    if len(named) == 1 and not named[0].startswith("state:") and mention.complement != "party":
        return 4, tuple(named)
    signed = signers(scenes, mention)
    if signed and len(signed.union(named)) >= 2:
        return 3, tuple(sorted(signed.union(named)))
    pair = scenes.in_sentence(mention.start)
    if pair and set(named) <= set(pair):
        return 2, pair
    found = list(named)
    around = scenes.in_document() if named else (*scenes.in_paragraph(mention.start)[:2], *scenes.in_document())
    for entity in around:
        if len(found) == 2:
            break
        if entity not in found:
            found.append(entity)
    return (1, tuple(sorted(found))) if len(found) == 2 else (0, tuple(named))


SIGNED_BY = re.compile(
    r"[”\"’]?(?:[^\S\n]\([^()\n]{1,40}\))?,?(?:[^\S\n](?:was|were|which was|that was))?(?:[^\S\n]\w+ly)?"
    r"(?:[^\S\n](?:signed|concluded|negotiated|reached|issued))?[^\S\n](?:by|between)\b"
)
SIGNING = re.compile(
    r"\b(?:signed|concluded|negotiated|entered into|reached|announced|initialled|initialed|inked|sealed"
    r"|finali[sz]ed|struck|agreed (?:to|on))[^\S\n](?:[\w-]+[^\S\n]){0,6}[“\"]?$"
)
CLAUSE = re.compile(
    r"[;:]|[.!?][^\S\n]|,[^\S\n](?:which|who|that|but|so|when|where)\b|[^\S\n](?:when|that|which|as|while|before|after)[^\S\n]"
)
LIST_END = re.compile(
    r"[;:.](?=[^\S\n]|$)|[^\S\n](?:in|on|at|to|for|that|which|with|during|under|agreed|was|were|had|has)[^\S\n]"
)


def signers(scenes: Scenes, mention: Mention) -> set[str]:
    """Return who signed it, where the clause says so: `A and B signed it`, `signed by A and B`, `between A and B`."""
    text = scenes.text
    start, end = scenes.sentence(mention.start)
    match = SIGNED_BY.match(text, mention.end, min(end, mention.end + 120))
    if match is not None:
        stop = LIST_END.search(text, match.end(), min(end, match.end() + 250))
        return _listed(scenes, match.end(), stop.start() if stop else min(end, match.end() + 250))
    verb = SIGNING.search(text, max(start, mention.start - 60), mention.start)
    if verb is None:
        return set()
    begin = max(start, verb.start() - 300)
    for wall in CLAUSE.finditer(text, begin, verb.start()):
        begin = wall.end()
    return _listed(scenes, begin, verb.start())


def _listed(scenes: Scenes, start: int, end: int) -> set[str]:
    """Return the states between two places, by name or adjective, else the other actors there."""
    spans = scenes.actors.within(start, end)
    found = {span[3] for span in spans if can_conclude(span[2], span[3])}
    found |= {demonyms()[word] for word in WORD.findall(scenes.text, start, end) if word in demonyms()}
    return found if found else {span[3] for span in spans if span[3]}
