"""Headings in title case, where capitals say nothing: actors in, without those that only such capitals made."""

from collections import Counter

from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors import undecided
from annotator.pipeline.actors.mentions import Draft, Mention

LONGEST = 90
"""How many code points a heading has at most."""
STOPS = ".!?;:,”\"')"


def leave_out(draft: Draft, found: list[Mention]) -> list[Mention]:
    """Leave out what only the capitals of a heading made: named nowhere else, neither whole nor by surname.

    Of one that begins with a name of the text (`Atlantic Council Meets`) that name stays.
    """
    weak = [m for m in found if m.rule in undecided.WEAK and _is_in_heading(draft.text, m.start)]
    if not weak:
        return found
    counts = Counter(draft.words(mention) for mention in found)
    lone = {m.start for m in weak if counts[draft.words(m)] == 1 and not _has_given_name(draft, m)}
    named = {draft.words(mention): mention for mention in found if mention.start not in lone}
    surnames = {name.rpartition(" ")[2] for name in named}
    kept = []
    for mention in found:
        words = draft.words(mention)
        if mention.start not in lone or (mention.kind == t.PERSON and words.rpartition(" ")[2] in surnames):
            kept.append(mention)
            continue
        while words and words not in named:
            words = words.rpartition(" ")[0]
        if words:
            mention.end, mention.words = mention.start + len(words), words
            mention.kind, mention.entity = named[words].kind, named[words].entity
            kept.append(mention)
    return kept


def _has_given_name(draft: Draft, mention: Mention) -> bool:
    return draft.tables.words.get(draft.words(mention).partition(" ")[0]) == t.GIVEN


def _is_in_heading(text: str, place: int) -> bool:
    """Say whether a place is in a line of few words, without a stop, in which all but small words are capitalized."""
    start = text.rfind("\n", max(0, place - LONGEST), place) + 1
    if place - start >= LONGEST:
        return False
    end = text.find("\n", place, place + LONGEST)
    line = text[start : end if end >= 0 else place + LONGEST].strip()
    if end < 0 or len(line) > LONGEST or line[-1:] in STOPS:
        return False
    return all(word[:1].isupper() or len(word) < 5 or not word[:1].isalpha() for word in line.split())
