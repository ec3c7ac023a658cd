"""What only the document decides of single words: known persons, short forms, roles beside; a draft in and out."""

from collections.abc import Iterable
from typing import NamedTuple

from annotator.pipeline.actors import bodies, persons
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import POSSESSIVES, cues, word_after, word_before, words_before
from annotator.pipeline.actors.mentions import Draft, Mention

BODY_ROLE = "actors.body-role"
"""The rule of names whose kind the word before says (`the airline Drava`)."""

WEAK = frozenset(("actors.model", "actors.name"))
"""Rules that rest on the model, or on capitals alone."""
_UNDECIDED = frozenset((t.UNKNOWN, t.GIVEN, t.HEAD, t.COMMON))


def body_roles(draft: Draft) -> None:
    """Take a name for a body's where the word before says so (`the airline Drava`), whatever it looks like."""
    for mention in draft.all():
        open_ = mention.kind == t.UNKNOWN or mention.rule == "actors.name"
        if open_ and words_before(draft.text, mention.start)[1] in cues("body-role"):
            mention.kind, mention.entity, mention.rule = t.ORGANIZATION, "", BODY_ROLE


class Known(NamedTuple):
    """What a document tells of single words: which are of full personal names, folded, and which mean a body."""

    persons: set[str]
    short: dict[str, str]


def known_words(draft: Draft) -> Known:
    """Return what the actors of the draft tell of single words."""
    actors = draft.actors()
    return Known(persons.words_of(draft, actors), bodies.short_forms(draft, actors))


def agree(draft: Draft, known: Known) -> bool:
    """Give names that nothing but the model and capitals decide one kind a document, that of most of their mentions.

    A known body's first word is that body. Return whether any kind has changed.
    """
    actors = draft.actors()
    changed = False
    open_: dict[str, list[Mention]] = {}
    for mention in actors:
        if mention.rule in WEAK:
            word = draft.words(mention)
            if (" " in word or persons.fold(word) not in known.persons) and not draft.tables.names.get(word):
                open_.setdefault(word, []).append(mention)
    kinds: dict[str, list[str]] = {word: [] for word in open_}
    for mention in actors:
        if draft.words(mention) in kinds:
            kinds[mention.words].append(mention.kind)
    for word, mentions in open_.items():
        votes = kinds[word]
        kind = t.ORGANIZATION if word in known.short else max(sorted(set(votes)), key=votes.count)
        if kind == t.PERSON and _is_place(draft, word, mentions):
            kind = ""
        for mention in mentions:
            if mention.kind != kind or word in known.short:
                changed = changed or mention.kind != kind
                mention.kind, mention.entity = kind, known.short.get(word, "")
    return changed


def _is_place(draft: Draft, word: str, mentions: Iterable[Mention]) -> bool:
    """Whether a name for which only capitals speak is a place's: `in` or `at` stands before it somewhere."""
    if draft.tables.words.get(word.partition(" ")[0]) == t.GIVEN:
        return False
    text = draft.text
    within = [mention.end for mention in mentions if words_before(text, mention.start)[1] in cues("within")]
    return any(text[end : end + 2] not in POSSESSIVES for end in within)


def decide(draft: Draft, known: Known) -> None:
    """Decide single words: parts of known persons' names, short forms of known bodies, names beside a role."""
    short = known.short
    text = draft.text
    for mention in draft.all():
        if mention.kind not in _UNDECIDED:
            continue
        word = draft.words(mention)
        if persons.fold(word) in known.persons and not _is_common(draft, mention):
            mention.kind, mention.rule = t.PERSON, "actors.surname"
        elif mention.kind in (t.HEAD, t.UNKNOWN) and word in short:
            if mention.kind == t.UNKNOWN or (not mention.initial and word_before(text, mention.start)):
                mention.kind, mention.entity, mention.rule = t.ORGANIZATION, short[word], "actors.short-form"
        elif mention.kind == t.UNKNOWN and _has_role(text, mention):
            mention.kind, mention.rule = t.PERSON, "actors.role"


def _is_common(draft: Draft, mention: Mention) -> bool:
    """Whether a word that is also a surname is the common word here: opening a sentence, or a head word after `the`."""
    if mention.kind == t.COMMON:
        return mention.initial
    if mention.kind == t.HEAD and draft.words(mention) not in draft.tables.surnames:
        return True
    return mention.kind == t.HEAD and draft.text[mention.start - 4 : mention.start].lower() == "the "


def _has_role(text: str, mention: Mention) -> bool:
    """Whether a role stands before the name, or its administration after it."""
    administration = word_after(text, mention.end).lower() == "administration"
    return administration or word_before(text, mention.start) in cues("role")
