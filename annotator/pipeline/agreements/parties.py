"""Whom an agreement binds: names, sentences and paragraphs come in, entity ids of parties go out."""

import re
from collections.abc import Sequence

from annotator.lexicons.agreements import concluding, concluding_abbreviations
from annotator.lexicons.states import demonyms, parties_of, peoples, state_names, territory_names
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.phrases import Places
from annotator.pipeline.agreements.scenes import LONG_SENTENCE, Scenes
from annotator.pipeline.agreements.signers import signers
from annotator.pipeline.agreements.subjects import actors_between, entities, together

PARTY_PART = re.compile(r"[^\S\n]+(?:between|with|among)\b")
PARTY_END = re.compile(r"[^\S\n](?:on|over|concerning|regarding|to|for|relating|in|about)[^\S\n]")
COMPOUND = re.compile(r"\b[A-Z][\w.]*(?:[-–‑][A-Z][\w.]*)+")
PART = re.compile(r"[^-–‑]+")
MANY = 3
"""So many parties are more than two that a text is about."""
LONGEST_STATE = 4
"""How many words a state's name has at most where it is looked for inside a name."""


OF_CONTINENT = ("South", "North", "Latin", "Central")
CONTINENTAL = ("American", "Americans")


def can_conclude(kind: str, entity: str) -> bool:
    """Say whether an actor is of those that are bound by agreements without being named in them."""
    return (kind == "state" and bool(entity)) or entity in concluding()


def named_parties(scenes: Scenes, mention: Mention) -> tuple[str, ...]:
    """Return the parties that the name itself tells: before its head, and between or with whom."""
    text, actors = scenes.text, scenes.actors
    found = _entities(text, mention.start, mention.head_start, actors)
    for pair in COMPOUND.finditer(text, mention.start, mention.head_start):
        actor = actors.at(pair.start())
        if actor is None or actor[0] == pair.start():
            found |= _in_compound(pair[0])
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


def _in_compound(compound: str) -> set[str]:
    """Return the ids of the parties of a compound (`UK-Faroes`, `EU–Canada`), none where one is not known."""
    found: set[str] = set()
    for part in PART.findall(compound):
        body = concluding_abbreviations().get(part) or territory_names().get(part)
        named = (body,) if body else _state(part)
        if not named:
            return set()
        found.update(named)
    return found


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
            name = " ".join(words[index : index + length]).strip(',;()“”"-–').removesuffix("’s").removesuffix("'s")
            entities = () if index and words[index - 1] in OF_CONTINENT and name in CONTINENTAL else _state(name)
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


def context_parties(scenes: Scenes, mention: Mention, named: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Return the parties of a mention whose name tells fewer than two, with how far they can be trusted.

    4 is from the name, 3 from who signed it, 2 from a sentence with just two parties, 1 from paragraph and text.
    """
    if len(named) >= 2:
        return 4, tuple(named)
    if len(named) == 1 and not named[0].startswith("state:") and mention.complement != "party":
        return 4, tuple(named)
    signed = signers(scenes, mention).union(named)
    if any(entity.startswith("state:") for entity in signed):
        signed = {entity for entity in signed if not entity.startswith("person:")}
    only_people = all(entity.startswith("person:") for entity in signed.difference(named))
    if len(signed) >= 2 and not only_people:
        return 3, tuple(sorted(signed))
    listed = _all_listed(scenes, mention.start)
    if len(listed) >= MANY and listed.issuperset(named):
        return 2, tuple(sorted(listed))
    pair = scenes.in_sentence(mention.start)
    if pair and set(named) <= set(pair):
        return 2, pair
    if len(signed) >= 2:
        return 3, tuple(sorted(signed))
    found = list(named) if only_people else sorted(signed)
    around = scenes.in_document() if found else (*scenes.in_paragraph(mention.start)[:2], *scenes.in_document())
    for entity in around:
        if len(found) == 2:
            break
        if entity not in found:
            found.append(entity)
    return (1, tuple(sorted(found))) if len(found) == 2 else (0, tuple(named))


def _all_listed(scenes: Scenes, place: int) -> set[str]:
    """Return all whom a sentence names, where it names them in one list (`Albania, Georgia and Turkey`)."""
    start, end = scenes.sentence(place)
    if end - start > LONG_SENTENCE or len(scenes.actors.within(start, end)) < MANY:
        return set()
    groups = together(scenes.text, actors_between(scenes, start, end))
    return entities(groups[0]) if len(groups) == 1 else set()
