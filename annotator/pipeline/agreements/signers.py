"""Who binds itself in a clause: the place of an agreement's name comes in, ids of who signed or joined it go out."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from annotator.lexicons.agreements import bonds, concluding
from annotator.lexicons.cues import CueRole, cue
from annotator.lexicons.states import demonyms
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.scenes import WORD, Scenes

SIGNED_BY = re.compile(
    r"[”\"’]?(?:[^\S\n]\([^()\n]{1,40}\))?,?(?:[^\S\n](?:was|were|which was|that was))?(?:[^\S\n]\w+ly)?"
    r"(?:[^\S\n](?:signed|concluded|negotiated|reached|issued)(?:[^\S\n](?:in|at|on)[^\S\n][\w, \xa0]{2,40})?)?"
    r"[^\S\n](?:by|between)\b"
)
SIGNING = re.compile(
    r"\b(?:sign(?:ed|s|ing)?|conclud(?:ed?|es|ing)|negotiated|entered into|reached|announced"
    r"|initialled|initialed|inked|sealed|finali[sz]ed|struck|agreed (?:to|on)"
    r"|(?:amended|revised|renewed|extended|updated)(?=[^\S\n]their))[^\S\n](?:[\w-]+[^\S\n]){0,6}[“\"(]?$"
)
CLAUSE = re.compile(
    r"[;:—]|[.!?][^\S\n]|,[^\S\n](?:which|who|that|but|so|when|where)\b|[^\S\n](?:when|that|which|as|while|before|after)[^\S\n]"
)
LIST_END = re.compile(
    r"[;:.](?=[^\S\n]|$)|[^\S\n](?:in|on|at|to|for|that|which|with|during|under|agreed|was|were|had|has)[^\S\n]"
)
UNDER = re.compile(
    r"(?:^|[.!?][^\S\n]|\n)(?:Under|By|In|According to)[^\S\n](?:the|this|that)[^\S\n](?:\d{4}[^\S\n])?[“\"]?$"
)
UNDERTAKING = re.compile(r"[”\"]?(?:[^\S\n]of[^\S\n][\w \xa0]{4,20})?,[^\S\n](?:both[^\S\n])?(?:the[^\S\n])?")
WHICH = re.compile(
    r"[”\"]?(?:[^\S\n]\([^()\n]{1,40}\))?,?[^\S\n](?:which|that|to which)[^\S\n](?:both[^\S\n])?(?:the[^\S\n])?"
)
IN_WHICH = re.compile(
    r"[”\"]?(?:[^\S\n]of[^\S\n][\w \xa0]{4,20})?,?[^\S\n](?:(?:in|by|under|to|with)[^\S\n]which|whereby|wherein)[^\S\n]"
    r"(?:both[^\S\n])?(?:the[^\S\n])?"
)
AND = re.compile(r",?[^\S\n]?(?:and|or|as well as)?[^\S\n]?(?:the[^\S\n])?|,[^\S\n](?:the[^\S\n])?")
FOLLOWER = re.compile(r"[”\"]?[^\S\n](\w+)")
LISTED = re.compile(r"[”\"]?[^\S\n](?:includes?|included|were|are|was|is)[^\S\n](?:the[^\S\n])?")
PRONOUN = re.compile(r"(?:It|They|it|they)\b")
OPENS = re.compile(r"(?:,[^\S\n]|(?:^|[.!?]|\n)[^\S\n]?)(?:[Tt]he[^\S\n])?$")
VERB = re.compile(r"[^\S\n][a-z]")
BEING = re.compile(
    r"\b(?:is|was|are|were|be|being|as|become|becomes|became|becoming|remain|remains|remained)[^\S\n](?:[\w-]+[^\S\n]){0,3}$"
)
BEFORE, AFTER, SUBJECT, MODAL = 60, 250, 300, 20
"""How far a verb is looked for before a name, a list after it, a subject before the verb, a modal after the name."""

OFFICES = frozenset(("Ministry", "Department", "Government", "Administration"))
"""By which of its bodies a state acts."""


class Who(NamedTuple):
    """One who can bind itself, and its place."""

    start: int
    end: int
    entity: str


def signers(scenes: Scenes, mention: Mention) -> set[str]:
    """Return who made it, where the clause says so: `A and B signed it`, `signed by A and B`, `between A and B`."""
    text = scenes.text
    start, end = scenes.sentence(mention.start)
    match = SIGNED_BY.match(text, mention.end, min(end, mention.end + 120))
    if match is not None:
        stop = LIST_END.search(text, match.end(), min(end, match.end() + AFTER))
        listed = _all(scenes, match.end(), stop.start() if stop else min(end, match.end() + AFTER))
        if listed:
            return _entities(listed)
    verb = SIGNING.search(text, max(start, mention.start - BEFORE), mention.start)
    if verb is not None:
        return _makers(scenes, mention, start, verb.start())
    told = WHICH.match(text, mention.end, end)
    relative = _next(scenes, told, end) if told else ()
    if len(relative) > 1 and _signs(text, relative[-1].end, end):
        return _entities(relative)
    told = IN_WHICH.match(text, mention.end, end)
    relative = _next(scenes, told, end) if told else ()
    if len(relative) > 1:
        return _entities(relative)
    if UNDER.search(text, max(0, start - 2), mention.start):
        return _entities(_next(scenes, UNDERTAKING.match(text, mention.end, end), end))
    return set()


def _makers(scenes: Scenes, mention: Mention, start: int, verb: int) -> set[str]:
    """Return the subjects of a verb of signing at a place of the sentence that begins at `start`.

    Right after a comma a relative clause has ended, and the subject stands before it. Of a verb that `and` joins to
    another one, only what stands first is the subject, where the name says with whom it was made.
    """
    text = scenes.text
    if text.startswith(", ", verb - 2):
        subjects = _groups(text, _all(scenes, start, verb))
        if subjects and len(subjects[0]) > 1:
            return _entities(subjects[0])
    clause = _clause(text, max(start, verb - SUBJECT), verb)
    found = _all(scenes, clause, verb)
    if mention.complement == "party" and text.startswith(" and ", verb - 5):
        found = next(iter(_groups(text, found)), found)
    return _entities(found or _meant(scenes, clause, start))


def adherents(scenes: Scenes, mention: Mention) -> set[str]:
    """Return who is bound by an instrument open to many, where the clause says so: `joined it`, `its violation of it`.

    The subject is the first of the clause, or of the sentence where the clause has none; of a noun, the last before it.
    """
    text = scenes.text
    start, end = scenes.sentence(mention.start)
    found = _next(scenes, WHICH.match(text, mention.end, end), end)
    if found and _signs(text, found[-1].end, end):
        return _entities(found)
    bond = _bond().search(text, max(start, mention.start - BEFORE), mention.start)
    if bond is None:
        return _holders(scenes, mention, start) or signers(scenes, mention)
    role = bonds()[bond[1].lower()]
    if role == "standing" and not BEING.search(text, start, bond.start()) and not LISTED.match(text, mention.end, end):
        return set()
    if role == "standing" and (listed := _next(scenes, LISTED.match(text, mention.end, end), end)):
        return _entities(listed)
    return _subjects(scenes, start, bond.start(), mention.end, of_noun=role == "noun")


def outsiders(scenes: Scenes, mention: Mention) -> set[str]:
    """Return who is said not to be bound, or only perhaps, by the clause that names the instrument."""
    text = scenes.text
    start, _ = scenes.sentence(mention.start)
    bond = _bond().search(text, max(start, mention.start - BEFORE), mention.start)
    if bond is None:
        return set()
    clause = _clause(text, max(start, bond.start() - SUBJECT), bond.start())
    return _entities(_all(scenes, clause, bond.start())) if _denied(text, clause, bond.start()) else set()


def _subjects(scenes: Scenes, start: int, place: int, end: int, *, of_noun: bool) -> set[str]:
    """Return the subjects of what binds at a place of a sentence, unless that is denied or only possible.

    Right after a comma a relative clause has ended, and the subject stands before it.
    """
    text = scenes.text
    closed = text.startswith(",", place - 2)
    clause = start if closed else _clause(text, max(start, place - SUBJECT), place)
    if _denied(text, clause, place) or (of_noun and _denied(text, end, end + MODAL)):
        return set()
    subjects = _groups(text, _all(scenes, clause, place))
    if of_noun and subjects:
        return _entities(subjects[-1])
    if not subjects:
        subjects = _groups(text, _all(scenes, start, place))
    return _entities(subjects[0]) if subjects else _everyone(scenes, start, place)


def _everyone(scenes: Scenes, start: int, place: int) -> set[str]:
    """Return the two whom a text is about where it speaks of them together, between two places."""
    return set(scenes.in_document()[:2]) if _collective().search(scenes.text, start, place) else set()


def _holders(scenes: Scenes, mention: Mention, start: int) -> set[str]:
    """Return whose obligations or membership the words after the name speak of."""
    text = scenes.text
    follower = FOLLOWER.match(text, mention.end)
    if follower is None or bonds().get(follower[1].lower()) != "follower":
        return set()
    clause = _clause(text, max(start, mention.start - SUBJECT), mention.start)
    subjects = _groups(text, _all(scenes, clause, mention.start))
    return _entities(subjects[-1]) if subjects and not _denied(text, clause, mention.start) else set()


def _denied(text: str, start: int, end: int) -> bool:
    """Say whether what is said between two places is denied or only possible; `not only` denies nothing."""
    said = text[start : start + 1].lower() + text[start + 1 : end]
    cues = [cue(role).search(said) for role in UNBOUND]
    return any(match and not said.startswith("only", match.end() + 1) for match in cues)


UNBOUND: Sequence[CueRole] = ("denied", "conditional")


@cache
def _bond() -> re.Pattern[str]:
    """Return the pattern of a word that binds its subject to the name after it."""
    return re.compile(rf"\b({_forms(binding=True)})[^\S\n](?:[\w-]+[^\S\n]){{0,3}}[“\"]?$", re.IGNORECASE)


@cache
def _collective() -> re.Pattern[str]:
    """Return the pattern of how a text calls those whom it is about together."""
    return re.compile(rf"\b(?:{_forms(binding=False)})\b", re.IGNORECASE)


def _forms(*, binding: bool) -> str:
    forms = [form for form, role in bonds().items() if (role != "collective") == binding]
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


def _signs(text: str, place: int, end: int) -> bool:
    """Say whether a verb that binds comes next, after auxiliaries."""
    words = text[place : min(end, place + 40)].replace("\xa0", " ").lower().split()[:3]
    return any(bonds().get(word.strip(".,;")) == "verb" for word in words)


def _meant(scenes: Scenes, clause: int, start: int) -> Sequence[Who]:
    """Return whom a pronoun at the beginning of a clause means: the subject of the sentence before.

    That is who stands at its beginning, or after a comma, and before a word in small letters.
    """
    text = scenes.text
    if not PRONOUN.match(text, clause) or start < 2 or text[start - 1] == "\n":
        return ()
    begin = scenes.sentence(start - 2)[0]
    for group in _groups(text, _all(scenes, begin, start)):
        for first, who in enumerate(group):
            opens = who.start == begin or OPENS.search(text, begin, who.start)
            if opens and VERB.match(text, group[-1].end):
                return group[first:]
    return ()


def _clause(text: str, begin: int, end: int) -> int:
    """Return where the last clause between two places begins."""
    for wall in CLAUSE.finditer(text, begin, end):
        begin = wall.end()
    return begin


def _next(scenes: Scenes, opening: re.Match[str] | None, end: int) -> Sequence[Who]:
    """Return those listed right after an opening."""
    groups = _groups(scenes.text, _all(scenes, opening.end(), min(end, opening.end() + AFTER))) if opening else []
    return groups[0] if opening and groups and groups[0][0].start == opening.end() else ()


def _groups(text: str, found: Iterable[Who]) -> list[list[Who]]:
    """Return those that are listed together: `A, B and C`."""
    groups: list[list[Who]] = []
    for who in found:
        if groups and AND.fullmatch(text, groups[-1][-1].end, who.start):
            groups[-1].append(who)
        else:
            groups.append([who])
    return groups


def _all(scenes: Scenes, start: int, end: int) -> list[Who]:
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
    able = able or [Who(one[0], one[1], one[3]) for one, body in pairwise(spans) if _by_office(text, one, body)]
    others = [Who(span[0], span[1], span[3]) for span in spans if span[3] and span[0] not in owners]
    return sorted(able) or [who for who in others if not who.entity.startswith("person:")] or others


def _owns(text: str, one: tuple[int, int, str, str], owned: tuple[int, int, str, str]) -> bool:
    return owned[2] == "organization" and text[one[1] : owned[0]] in ("’s ", "'s ", "’s\xa0", "' ", "’ ")


def _by_office(text: str, one: tuple[int, int, str, str], owned: tuple[int, int, str, str]) -> bool:
    """Say whether a state acts by a ministry or the like that it owns."""
    acts = one[2] == "state" and one[3] != "" and _owns(text, one, owned)
    return acts and not OFFICES.isdisjoint(text[owned[0] : owned[1]].split())


def _entities(found: Iterable[Who]) -> set[str]:
    return {who.entity for who in found}
