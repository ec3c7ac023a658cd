"""Who acts in a clause: places in a text come in, actors that can bind themselves go out, those listed together."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.lexicons.agreements import concluding
from annotator.lexicons.states import demonyms
from annotator.pipeline.agreements.scenes import WORD, Scenes

CLAUSE = re.compile(
    r"[;:—]|(?<=[a-z]{3})[.!?][^\S\n]|,[^\S\n](?:which|who|that|but|so|when|where)\b|[^\S\n](?:when|that|which|as|while|before|after)[^\S\n]"
)
AND = re.compile(r",?[^\S\n]?(?:and|or|as well as)?[^\S\n]?(?:the[^\S\n])?|,[^\S\n](?:the[^\S\n])?")
PRONOUN = re.compile(r"(?:It|They|it|they)\b")
OPENS = re.compile(r"(?:,[^\S\n]|(?:^|[.!?]|\n)[^\S\n]?)(?:[Tt]he[^\S\n])?$")
VERB = re.compile(r"[^\S\n][a-z]")
AFTER = 250
"""How far a list is looked for."""
OFFICES = frozenset(("Ministry", "Department", "Government", "Administration"))
"""By which of its bodies a state acts."""


class Who(NamedTuple):
    """One who can bind itself, and its place."""

    start: int
    end: int
    entity: str


def actors_between(scenes: Scenes, start: int, end: int) -> list[Who]:
    """Return the states and what else concludes agreements between two places, by name or adjective.

    Where there is none, those are bodies, and else people.
    A state that owns a body (`China’s Huawei`) is not the one that acts, unless nothing is named but its office
    (`Japan’s Ministry of Defense`).
    """
    text, actors = scenes.text, scenes.actors
    spans = actors.within(start, end)
    owners = {one[0] for one, owned in pairwise(spans) if _owns(text, one, owned)}
    able = [
        Who(span[0], span[1], span[3])
        for span in spans
        if (span[2] == "state" and span[3] and span[0] not in owners) or span[3] in concluding()
    ]
    for word in WORD.finditer(text, start, end):
        if word[0] in demonyms() and actors.at(word.start()) is None:
            able.append(Who(word.start(), word.end(), demonyms()[word[0]]))
    if able:
        return sorted(able)
    owned = {body[0]: one[0] for one, body in pairwise(spans) if _owns(text, one, body)}
    others = [Who(owned.get(s[0], s[0]), s[1], s[3]) for s in spans if s[3] and s[0] not in owners]
    bodies = [who for who in others if not who.entity.startswith("person:")]
    offices = [Who(one[0], one[1], one[3]) for one, body in pairwise(spans) if _by_office(text, one, body)]
    return bodies if len(bodies) > 1 else offices or bodies or others


def _owns(text: str, one: tuple[int, int, str, str], owned: tuple[int, int, str, str]) -> bool:
    return owned[2] == "organization" and text[one[1] : owned[0]] in ("’s ", "'s ", "’s\xa0", "' ", "’ ")


def _by_office(text: str, one: tuple[int, int, str, str], owned: tuple[int, int, str, str]) -> bool:
    """Say whether a state acts by a ministry or the like that it owns."""
    acts = one[2] == "state" and one[3] != "" and _owns(text, one, owned)
    return acts and not OFFICES.isdisjoint(text[owned[0] : owned[1]].split())


def together(text: str, found: Iterable[Who]) -> list[list[Who]]:
    """Return those that are listed together: `A, B and C`."""
    groups: list[list[Who]] = []
    for who in found:
        if groups and AND.fullmatch(text, groups[-1][-1].end, who.start):
            groups[-1].append(who)
        else:
            groups.append([who])
    return groups


def listed_after(scenes: Scenes, opening: re.Match[str] | None, end: int) -> Sequence[Who]:
    """Return those listed right after an opening."""
    groups = (
        together(scenes.text, actors_between(scenes, opening.end(), min(end, opening.end() + AFTER))) if opening else []
    )
    return groups[0] if opening and groups and groups[0][0].start == opening.end() else ()


def clause_start(text: str, begin: int, end: int) -> int:
    """Return where the last clause between two places begins."""
    for wall in CLAUSE.finditer(text, begin, end):
        begin = wall.end()
    return begin


def meant(scenes: Scenes, clause: int, start: int) -> Sequence[Who]:
    """Return whom a pronoun at the beginning of a clause means: the subject of the sentence before.

    That is who stands at its beginning, or after a comma, and before a word in small letters.
    """
    text = scenes.text
    if not PRONOUN.match(text, clause) or start < 2 or text[start - 1] == "\n":
        return ()
    begin = scenes.sentence(start - 2)[0]
    for group in together(text, actors_between(scenes, begin, start)):
        for first, who in enumerate(group):
            opens = who.start == begin or OPENS.search(text, begin, who.start)
            if opens and VERB.match(text, group[-1].end):
                return group[first:]
    return ()


def entities(found: Iterable[Who]) -> set[str]:
    """Return their ids."""
    return {who.entity for who in found}
