"""Which agreements a sentence speaks of: names in it and bare head words (`the pact`) come out as references."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from annotator.lexicons.agreements import SERVING, Head, words
from annotator.model import AgreementKind
from annotator.pipeline.groups import FoundAgreement

EARLIER = 12
"""How many mentions back a bare head word looks for one of its kind."""
PARAGRAPH = 2000
"""How far back a paragraph is read for its subject."""
NUMBER = {"two": 2, "both": 2, "three": 3}
REPEATED: dict[AgreementKind, frozenset[AgreementKind]] = {
    "agreement": frozenset(("treaty", "agreement", "protocol", "memorandum", "arrangement", "programme", "other")),
    "treaty": frozenset(("treaty", "agreement", "protocol")),
}
"""Of what kinds of agreement a head word of that kind can speak, where not only of its own."""


class Reference(NamedTuple):
    """A place in a sentence that means an agreement: the index of the mention that it is or repeats."""

    start: int
    end: int
    agreement: int
    named: bool


DETERMINED = re.compile(
    r"\b(?P<words>(?:[Tt]h(?:e|is|at|ese|ose|ree)|[Ii]ts|[Tt]heir|[Ee]ach|[Aa]n?|[Bb]oth|[Tt]wo|[Ss]uch)"
    r"(?:[^\S\n](?!(?:the|an?|its|their|this|that|both|these|those|each)\b)[\w-]{1,30}){0,3})[^\S\n]$"
)
"""What stands before a bare head word: a determiner or number, and at most three modifiers."""
REPLACED = re.compile(r"\b(?:replac|supersed)(?:e[sd]?|ing)[^\S\n](?:(?:the|an?|its)[^\S\n])?(?:[\w-]+[^\S\n])?[“\"]?$")
OTHER = re.compile(
    r"related|supplementary|further|second|third|fourth|fifth|another|other|different|separate|\d+(?:st|nd|rd|th)"
)
"""Words before a bare head word by which it means none that was named before."""
LONGEST = 80
"""How many code points before a bare head word are read."""
USED = frozenset(("any", "joint", *SERVING))
UNSPOKEN = ("guidelines", "statement")
"""Heads that repeat no agreement."""


def names(start: int, end: int, agreements: Sequence[FoundAgreement], starts: Sequence[int]) -> list[Reference]:
    """Return the names between two places as references; `starts` are those of the agreements."""
    indices = range(bisect_left(starts, start), bisect_left(starts, end))
    return [Reference(agreements[index]["start"], agreements[index]["end"], index, True) for index in indices]


def references(
    text: str, start: int, end: int, agreements: Sequence[FoundAgreement], starts: Sequence[int],
    bare: Sequence[tuple[int, int, Head, bool]], *, main: int | None, salient: tuple[int, int] | None,
) -> list[Reference]:  # fmt: skip
    """Return the references of the sentence from `start` to `end`, in order; `starts` are those of the agreements.

    `bare` are the head words in it, `main` is the index of the agreement that the text is about, `salient` place and
    index of the last one meant by a bare head word, which the next one means again where no name stands between.
    """
    named = names(start, end, agreements, starts)
    found = list(named)
    for place, stop, head, plural in bare:
        if head.use not in USED or head.word in UNSPOKEN or any(name.start <= place < name.end for name in named):
            continue
        match = DETERMINED.search(text, max(start, place - LONGEST), place)
        if match is not None:
            here = Bare(match.start("words"), text[place:stop], match["words"].lower().split(), head, plural)
            meant = _meant(text, here, agreements, starts, main=main, salient=salient)
            found.extend(Reference(here.start, stop, index, False) for index in meant)
    return sorted(found, key=lambda reference: (reference.start, reference.agreement))


class Bare(NamedTuple):
    """A bare head word (`form`) with what stands before it: its start and its words in small letters."""

    start: int
    form: str
    before: Sequence[str]
    head: Head
    plural: bool


def _meant(
    text: str, bare: Bare, agreements: Sequence[FoundAgreement], starts: Sequence[int],
    *, main: int | None, salient: tuple[int, int] | None,
) -> list[int]:  # fmt: skip
    """Return the indices of the mentions that a bare head word repeats."""
    head, words_before, before = bare.head, bare.before, bisect_left(starts, bare.start)
    counted = words_before[0] in NUMBER and words_before[0] != "both"
    indefinite = words_before[0] in ("a", "an")
    if any(OTHER.fullmatch(word) for word in words_before):
        return []
    if words_before[0] == "such" or (bare.plural and counted) or (indefinite and "new" in words_before):
        return []
    if (head.use in SERVING and not bare.form[0].isupper()) or any(_ends_phrase(word) for word in words_before[1:]):
        return []
    if indefinite and main is not None and _alike(agreements[main]["kind"], head.kind):
        return [main]
    count = next((NUMBER[word] for word in words_before if word in NUMBER), 2 if bare.plural else 1)
    if count > 1 or not before:
        return _nearest(agreements, before, head.kind, count)
    while before > 1 and _replaced(text, starts[before - 1]):
        before -= 1
    nearest = agreements[before - 1]
    if bare.form.lower() not in text[nearest["start"] : nearest["end"]].lower():
        topic = _topic(text, agreements, starts, bare.start, before, head.kind)
        if topic is not None:
            return [topic]
    if salient is not None and nearest["start"] < salient[0] and _alike(agreements[salient[1]]["kind"], head.kind):
        return [salient[1]]
    return _nearest(agreements, before, head.kind, 1)


def _replaced(text: str, start: int) -> bool:
    """Say whether the agreement named at a place is what another one replaced, which the text goes on with."""
    return REPLACED.search(text, max(0, start - 50), start) is not None


def _ends_phrase(word: str) -> bool:
    return word not in NUMBER and (word in words("stop") or word in words("verb"))


def _topic(
    text: str, agreements: Sequence[FoundAgreement], starts: Sequence[int], place: int, before: int, kind: AgreementKind
) -> int | None:
    """Return the last mention of the agreement that a paragraph names more often than any other, twice at least."""
    line = max(0, place - PARAGRAPH)
    line = max(line, text.rfind("\n", line, place))
    first = bisect_left(starts, line)
    counts = Counter(agreements[i]["entity"] for i in range(first, before) if _alike(agreements[i]["kind"], kind))
    best = counts.most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return next(i for i in range(before - 1, first - 1, -1) if agreements[i]["entity"] == best[0][0])


def _nearest(agreements: Sequence[FoundAgreement], before: int, kind: AgreementKind, count: int) -> list[int]:
    """Return the nearest `count` different agreements mentioned before, of the kind where it says one."""
    found: dict[str, int] = {}
    for index in range(before - 1, max(-1, before - 1 - EARLIER), -1):
        if _alike(agreements[index]["kind"], kind):
            found.setdefault(agreements[index]["entity"], index)
            if len(found) == count:
                break
    return list(found.values())


def _alike(kind: AgreementKind, head: AgreementKind) -> bool:
    """Say whether a head word of that kind can repeat an agreement of this one."""
    return kind in REPEATED.get(head, (head,))


def main_agreement(agreements: Sequence[FoundAgreement]) -> int | None:
    """Return the first mention of the agreement that is named most often, None where none is named twice."""
    counts = Counter(agreement["entity"] for agreement in agreements)
    entity, times = max(counts.items(), key=lambda pair: pair[1])
    if times < 2:
        return None
    return next(index for index, agreement in enumerate(agreements) if agreement["entity"] == entity)
