"""What only the document decides of single words: known persons, short forms, roles beside; a draft in and out."""

from annotator.pipeline.actors import bodies, persons
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import cues, word_after, word_before, words_before
from annotator.pipeline.actors.mentions import Draft, Mention

BODY_ROLE = "actors.body-role"
"""The rule of names whose kind the word before says (`the airline Drava`)."""

_WEAK = frozenset(("actors.model", "actors.name"))
"""Rules that rest on the model, or on capitals alone."""
_UNDECIDED = frozenset((t.UNKNOWN, t.GIVEN, t.HEAD, t.COMMON))


def body_roles(draft: Draft) -> None:
    """Take a name for a body's where the word before says so (`the airline Drava`), whatever it looks like."""
    for mention in draft.all():
        open_ = mention.kind == t.UNKNOWN or mention.rule == "actors.name"
        if open_ and words_before(draft.text, mention.start)[1] in cues("body-role"):
            mention.kind, mention.entity, mention.rule = t.ORGANIZATION, "", BODY_ROLE


def agree(draft: Draft) -> None:
    """Give names that nothing but the model and capitals decide one kind a document, that of most of their mentions.

    A known body's first word is that body.
    """
    actors = draft.actors()
    known, short = persons.words_of(draft, actors), bodies.short_forms(draft, actors)
    open_: dict[str, list[Mention]] = {}
    for mention in actors:
        if mention.rule in _WEAK:
            word = draft.words(mention)
            if (" " in word or persons.fold(word) not in known) and not draft.tables.names.get(word):
                open_.setdefault(word, []).append(mention)
    kinds: dict[str, list[str]] = {word: [] for word in open_}
    for mention in actors:
        if draft.words(mention) in kinds:
            kinds[mention.words].append(mention.kind)
    for word, mentions in open_.items():
        votes = kinds[word]
        kind = t.ORGANIZATION if word in short else max(sorted(set(votes)), key=votes.count)
        for mention in mentions:
            if mention.kind != kind or word in short:
                mention.kind, mention.entity = kind, short.get(word, "")


def decide(draft: Draft) -> None:
    """Decide single words: parts of known persons' names, short forms of known bodies, names beside a role."""
    actors = draft.actors()
    known = persons.words_of(draft, actors)
    short = bodies.short_forms(draft, actors)
    text = draft.text
    for mention in draft.all():
        if mention.kind not in _UNDECIDED:
            continue
        word = draft.words(mention)
        if persons.fold(word) in known and not _is_common(draft, mention):
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
    return mention.kind == t.HEAD and draft.text[mention.start - 4 : mention.start].lower() == "the "


def _has_role(text: str, mention: Mention) -> bool:
    """Whether a role stands before the name, or its administration after it."""
    administration = word_after(text, mention.end).lower() == "administration"
    return administration or word_before(text, mention.start) in cues("role")
