"""Phrases that name agreements: a text and its actors come in, mentions go out.

Around each head word (`treaty`, `agreement`, …), the words before it and the complement after it decide whether it is
a name and where that begins and ends.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.lexicons.agreements import Head, heads, modifiers
from annotator.lexicons.known_agreements import whole_names
from annotator.pipeline.agreements.boundaries import complement
from annotator.pipeline.agreements.candidates import Candidate, excluded, is_bare, is_body, is_name, titled
from annotator.pipeline.agreements.leftwards import YEAR, leftwards, opens_sentence
from annotator.pipeline.agreements.phrases import Places, capitalized, next_word

TO_DO = re.compile(r"[^\S\n]to[^\S\n][A-Z]")
"""A purpose in the capitals of a title (`Convention to Ban …`)."""
NUMBERED = re.compile(r"[^\S\n](?:number|No\.?)[^\S\n]?\d{1,4}\b")
OF_YEAR = re.compile(r"[^\S\n]of[^\S\n]\d{4}")


class Mention(NamedTuple):
    """A phrase that names an agreement; `head_start` and `head_end` delimit its head word.

    `small`: the head is in small letters; `determiner` is the article, pronoun or date before the phrase, `before`
    its words before the head, `complement` what kind of complement it has: of, party, subject, purpose or none.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    head: Head
    small: bool
    determiner: str
    before: tuple[str, ...]
    complement: str
    rule: str

    @classmethod
    def of_short(cls, start: int, end: int, text: str) -> "Mention":
        """Return a short name as a mention whose last word is its head."""
        head_start = max(text.rfind(" ", start, end) + 1, start)
        return cls(start, end, head_start, end, heads()["agreement"][0], False, "", (), "", "")


def mentions(
    text: str, places: Sequence[tuple[int, int, Head, bool]], actors: Places
) -> tuple[list[Mention], list[tuple[int, int]]]:
    """Return the mentions of agreements at the head words, in order, and the plural heads that make none."""
    found: list[Mention] = []
    plurals: list[tuple[int, int]] = []
    for start, end, head, plural in places:
        if found and end <= found[-1].end:
            continue
        mention = _whole(text, start, end, head, actors) or _mention(text, start, end, head, actors, plural=plural)
        if mention is not None:
            found.append(mention)
        elif plural:
            plurals.append((start, end))
    return _longest(found), plurals


def _longest(found: list[Mention]) -> list[Mention]:
    """Return the mentions sorted, without those that overlap a longer one."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return kept


def _whole(text: str, start: int, end: int, head: Head, actors: Places) -> Mention | None:
    """Return the mention of a known name whose head alone makes none (`Partnership for Peace`)."""
    for pattern, place in whole_names().get(head.word, ()):
        match = pattern.match(text, start - place) if start >= place else None
        if match is not None:
            stop = match.end()
            if stop == end:
                added = head.kind == "protocol"
                stop, _ = complement(
                    text, end, actors, bare=True, proper=False, small=False, subject=False, added=added
                )
            before = tuple(match[0].split())
            return Mention(match.start(), stop, start, end, head, False, "the", before, "", "agreements.known")
    return None


def _mention(text: str, start: int, end: int, head: Head, actors: Places, *, plural: bool) -> Mention | None:
    """Return the mention whose head stands there, or None where that is no name."""
    small = text[start].islower()
    if small and is_bare(text, start, end):
        return None
    left = leftwards(text, start, actors, small=small)
    if head.use == "place":
        return None if small or left.words else _placed(text, start, end, head, left.determiner)
    if not small and not left.words and not left.determiner and opens_sentence(text, start):
        small = not titled(text, end)
    if small and not left.determiner and not left.proper:
        return None
    candidate = Candidate(text, actors, start, end, head, plural, small, left)
    actor = actors.at(start)
    if excluded(candidate) or (actor is not None and is_body(candidate, actor)):
        return None
    if plural and not small and "and" in left.words:
        _last_of_list(candidate)
    bare = not (left.proper or left.subject)
    added = head.kind == "protocol"
    paired = small and sum(word not in modifiers("first") for word in left.words) == 1 and candidate.paired
    proper = left.proper and not paired
    after, kind = complement(
        text, end, actors, bare=bare or paired, proper=proper, small=small, subject=left.subject, added=added
    )
    if actor is not None and actor[1] > max(end, after):
        return None
    dated = bool(left.words) and YEAR.fullmatch(left.words[0]) is not None
    if kind == "purpose" and not (small or head.word.endswith("intent") or TO_DO.match(text, end)):
        return None
    if kind and dated:
        left.start, left.words = start, []
    elif kind == "of" and left.words and OF_YEAR.fullmatch(text, end, after):
        after, kind = end, ""
    if not is_name(candidate, kind):
        return None
    begin = left.start if actor is None else min(left.start, actor[0])
    rule = "agreements.head-complement" if kind else "agreements.modifier-head"
    return Mention(
        begin, _last(text, begin, end, after), start, end, head, small, left.determiner, tuple(left.words), kind, rule
    )


def _last(text: str, begin: int, end: int, after: int) -> int:
    """Return the end of a name with its number (`Accord No. 14`), or without the quotation mark that closes it."""
    number = NUMBERED.match(text, end) if after == end else None
    if number is not None:
        return number.end()
    if text[after - 1] != "’":
        return after
    first = max(0, begin - 1)
    return after - (text.rfind("‘", first, after) > text.rfind("’", first, after - 1))


def _last_of_list(candidate: Candidate) -> None:
    """Keep of `START and INF Treaties` what stands after `and`: each is a name of its own."""
    left = candidate.left
    left.start = candidate.text.rfind(" and ", left.start, candidate.start) + len(" and ")
    del left.words[: len(left.words) - left.words[::-1].index("and")]


def _placed(text: str, start: int, end: int, head: Head, determiner: str) -> Mention | None:
    """Return the mention of `Peace of …` and its like: the head and one name."""
    after = next_word(text, end)
    if after is None or not capitalized(after.text):
        return None
    head_end = start + head.word.index(" ")
    return Mention(start, after.end, start, head_end, head, False, determiner, (), "of", "agreements.place")
