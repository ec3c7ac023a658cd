"""Who is bound by an agreement open to many: the place of its name comes in, ids of who joined or did not go out."""

import re
from collections.abc import Sequence
from functools import cache

from annotator.lexicons.agreements import bonds
from annotator.lexicons.cues import CueRole, cue
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.scenes import Scenes
from annotator.pipeline.agreements.signers import BEFORE, SUBJECT, WHICH, binds, signers
from annotator.pipeline.agreements.subjects import actors_between, clause_start, entities, listed_after, together

FOLLOWER = re.compile(r"[”\"]?[^\S\n](\w+)")
LISTED = re.compile(r"[”\"]?[^\S\n](?:includes?|included|were|are|was|is)[^\S\n](?:the[^\S\n])?")
BEING = re.compile(
    r"\b(?:is|was|are|were|be|being|as|become|becomes|became|becoming|remain|remains|remained)[^\S\n](?:[\w-]+[^\S\n]){0,3}$"
)
MODAL = 20
"""How far what limits a noun is looked for after the name."""
WILL = re.compile(
    r"\b(?:resolve|desire|intention|willingness|unwillingness|reluctance|refusal|failure|effort|efforts|plan|plans|pressure"
    r"|ability|inability|readiness|attempt|attempts|invitation|offer|hesitation|need)[^\S\n]to[^\S\n](?:[\w-]+ly[^\S\n])?$"
)
"""A noun of what is only wanted or failed, before a verb that would bind."""
UNBOUND: Sequence[CueRole] = ("denied", "conditional")


def adherents(scenes: Scenes, mention: Mention) -> set[str]:
    """Return who is bound by an instrument open to many, where the clause says so: `joined it`, `its violation of it`.

    The subject is the first of the clause, or of the sentence where the clause has none; of a noun, the last before it.
    """
    text = scenes.text
    start, end = scenes.sentence(mention.start)
    found = listed_after(scenes, WHICH.match(text, mention.end, end), end)
    if found and binds(text, found[-1].end, end):
        return entities(found)
    bond = _bond_before(text, start, mention)
    if bond is None:
        return _holders(scenes, mention, start) or signers(scenes, mention)
    role = bonds()[bond[1].lower()]
    if role == "verb" and WILL.search(text, max(start, bond.start() - BEFORE), bond.start()):
        return set()
    if role == "standing" and not BEING.search(text, start, bond.start()) and not LISTED.match(text, mention.end, end):
        return set()
    if role == "standing" and (listed := listed_after(scenes, LISTED.match(text, mention.end, end), end)):
        return entities(listed)
    return _subjects(scenes, start, bond.start(), mention.end, of_noun=role == "noun")


def outsiders(scenes: Scenes, mention: Mention) -> set[str]:
    """Return who is said not to be bound, or only perhaps, by the clause that names the instrument."""
    text = scenes.text
    start, _ = scenes.sentence(mention.start)
    bond = _bond_before(text, start, mention)
    if bond is None:
        return set()
    clause = clause_start(text, max(start, bond.start() - SUBJECT), bond.start())
    return entities(actors_between(scenes, clause, bond.start())) if _denied(text, clause, bond.start()) else set()


def _subjects(scenes: Scenes, start: int, place: int, end: int, *, of_noun: bool) -> set[str]:
    """Return the subjects of what binds at a place of a sentence, unless that is denied or only possible.

    Right after a comma a relative clause has ended, and the subject stands before it.
    """
    text = scenes.text
    closed = text.startswith(",", place - 2)
    clause = start if closed else clause_start(text, max(start, place - SUBJECT), place)
    if _denied(text, clause, place) or (of_noun and _denied(text, end, end + MODAL)):
        return set()
    subjects = together(text, actors_between(scenes, clause, place))
    if of_noun and subjects:
        return entities(subjects[-1])
    if not subjects:
        subjects = together(text, actors_between(scenes, start, place))
    return entities(subjects[0]) if subjects else _everyone(scenes, start, place)


def _everyone(scenes: Scenes, start: int, place: int) -> set[str]:
    """Return the two whom a text is about where it speaks of them together, between two places."""
    return set(scenes.in_document()[:2]) if _collective().search(scenes.text, start, place) else set()


def _holders(scenes: Scenes, mention: Mention, start: int) -> set[str]:
    """Return whose obligations or membership the words after the name speak of."""
    text = scenes.text
    follower = FOLLOWER.match(text, mention.end)
    if follower is None or bonds().get(follower[1].lower()) != "follower":
        return set()
    clause = clause_start(text, max(start, mention.start - SUBJECT), mention.start)
    subjects = together(text, actors_between(scenes, clause, mention.start))
    return entities(subjects[-1]) if subjects and not _denied(text, clause, mention.start) else set()


def _denied(text: str, start: int, end: int) -> bool:
    """Say whether what is said between two places is denied or only possible; `not only` denies nothing."""
    said = text[start : start + 1].lower() + text[start + 1 : end]
    cues = [cue(role).search(said) for role in UNBOUND]
    return any(match and not said.startswith("only", match.end() + 1) for match in cues)


def _bond_before(text: str, start: int, mention: Mention) -> re.Match[str] | None:
    """Return the word before the name that binds its subject to it."""
    return _bond().search(text, max(start, mention.start - BEFORE), mention.start)


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
