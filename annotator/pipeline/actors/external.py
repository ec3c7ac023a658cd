"""Entities of another spaCy pipeline as further mentions: its name in, a loaded pipeline, its entities into a draft.

Precedence: what rules and the package's own model found stays; an entity is added where it overlaps none of that, and
where the guidelines count it: persons, organizations, places that are states, peoples standing for their state.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from annotator.errors import UsageError
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import is_people
from annotator.pipeline.actors.mentions import Draft, Mention

RULE = "actors.external"


class Entity(NamedTuple):
    """An entity of another pipeline: offsets into the text, and its label (PERSON, ORG, GPE, NORP are used)."""

    start: int
    end: int
    label: str


def load(name: str) -> Language:
    """Return the installed spaCy pipeline of that name or path; raise UsageError, with what to do, when it lacks."""
    try:
        return spacy.load(name)
    except OSError as error:
        raise UsageError(
            f"the spaCy pipeline “{name}” is not installed; install it with: python -m spacy download {name}"
        ) from error


def entities(doc: Doc) -> list[Entity]:
    """Return the entities that another pipeline set on the document."""
    return [Entity(span.start_char, span.end_char, span.label_) for span in doc.ents]


def add(draft: Draft, found: Iterable[Entity]) -> None:
    """Add to the draft, as mentions, the entities that overlap none of its actors."""
    known = draft.actors()
    if not draft.mentions:
        draft.mentions.append([])
    for entity in found:
        mention = _mention(draft, entity)
        if mention is None:
            continue
        after = bisect_right(known, mention.start, key=lambda m: m.end)
        if after == len(known) or mention.end <= known[after].start:
            draft.place(mention)


def _mention(draft: Draft, entity: Entity) -> Mention | None:
    start, end = _trimmed(draft.text, entity.start, entity.end)
    if start == end or "\n" in draft.text[start:end]:
        return None
    mention = Mention(start, end, "", "", RULE)
    kind, mention.entity = draft.tables.names.get(draft.words(mention), ("", ""))
    if entity.label == "PERSON":
        mention.kind = t.PERSON
    elif entity.label == "ORG":
        mention.kind = kind if kind in (t.STATE, t.BLOC) else t.ORGANIZATION
    elif (entity.label == "GPE" and kind == t.STATE) or (entity.label == "NORP" and _is_people(draft, mention, kind)):
        mention.kind = t.STATE
    if t.STANDS_FOR.get(kind) != mention.kind:
        mention.entity = ""
    return mention if mention.kind else None


def _is_people(draft: Draft, mention: Mention, kind: str) -> bool:
    known = kind in (t.PEOPLE, t.DEMONYM)
    return known and is_people(draft.text, mention.start, mention.end, kind == t.DEMONYM)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without a leading article and a possessive at the end."""
    if text[start : start + 4].lower() == "the ":
        start += 4
    if text[end - 2 : end] in ("’s", "'s"):
        end -= 2
    return start, max(start, end)
