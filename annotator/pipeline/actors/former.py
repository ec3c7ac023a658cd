"""Names that are a state's only by what a document says of them: its other names, places and seats; a draft in, out."""

import re
from collections.abc import Container, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from annotator.lexicons.places import places
from annotator.lexicons.states import demonyms, former_names
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import cues, word_after
from annotator.pipeline.actors.mentions import Draft, Mention
from annotator.pipeline.actors.seats import PAIRED
from annotator.pipeline.actors.segments import KEPT

_REALMS = "|".join(sorted(cues("form-of-state") | cues("ruler")))
_REALM = re.compile(rf"\b(?:{_REALMS}) of (?:the )?\Z", re.IGNORECASE)
"""A form of state or its ruler before a name (`the dey of Algiers`): the name is that of a state."""
_DEALINGS = re.compile(
    r"\b(?:annex\w*(?: of)?|(?:independent|sovereign) (?:state|nation) of|recogni[sz]\w+(?: of)?"
    r"|independence (?:of|for)|(?:war|peace|treaty|treaties|alliance|relations) with|war (?:on|against)) (?:the )?\Z",
    re.IGNORECASE,
)
"""What is done with states alone, before a name that is no present state's seat of government."""
_INSTITUTIONS = "|".join(sorted(cues("of-a-state")))
_ALIASES = re.compile(r"\((?:[a-z]+[ \u00a0])?(?:known[ \u00a0]as|called)[ \u00a0]([^()\n]{2,80})\)")
"""Other names of what stands before the bracket (`Anjouan (also known as Johanna or Nzwane)`)."""
_OTHERS = re.compile(r"(?:the )?(.+?)(?:,? or |, |\Z)")
_REACH = 50
"""How many code points before a name the evidence is looked for."""
_OPEN = frozenset((t.UNKNOWN, t.GIVEN, t.COMMON, t.PERSON, t.PLACE, t.FORMER))
"""Kinds of names that may be another name of a state."""


def decide(draft: Draft, named: Container[str]) -> None:
    """Take a place or a present seat for the state it once was, where words beside say so or that state is `named`.

    A seat whose present state has the same id (`Tunis`) needs words beside it. All mentions of one name are decided
    alike; what is left of the places is no actor.
    """
    former = former_names()
    open_: dict[str, list[Mention]] = {}
    seat = KEPT[t.SEAT]
    for mention in [m for m in draft.all() if m.kind == t.FORMER or m.rule == seat]:
        if mention.kind == t.FORMER or draft.words(mention) in former:
            open_.setdefault(draft.words(mention), []).append(mention)
    if not open_:
        return
    spoken_of = {name for name, found in open_.items() if any(_is_spoken_of(draft.text, mention) for mention in found)}
    spoken_of |= _beside_states(draft)
    for name, mentions in open_.items():
        entity = former[name]
        capital = mentions[0].kind != t.FORMER and mentions[0].entity == entity
        if name in spoken_of or (not capital and (entity in named or _has_institutions(draft.text, entity))):
            for mention in mentions:
                mention.kind, mention.entity, mention.rule = t.STATE, entity, KEPT[t.FORMER]
        elif mentions[0].kind == t.FORMER:
            for mention in mentions:
                mention.kind = ""


def _beside_states(draft: Draft) -> set[str]:
    """Return the places that `and` joins to a state (`Austria and Bavaria`); a state of the U.S. is none."""
    found: set[str] = set()
    for before, mention in pairwise(draft.all()):
        if t.FORMER in (before.kind, mention.kind) and t.STATE in (before.kind, mention.kind):
            place = mention if mention.kind == t.FORMER else before
            paired = draft.text[before.end : mention.start].lstrip(",") in PAIRED
            if paired and draft.words(place) not in places("us-states"):
                found.add(place.words)
    return found


def _has_institutions(text: str, entity: str) -> bool:
    """Whether the text speaks of what only a state has (`the Hawaiian monarchy`)."""
    adjectives = [word for word in _adjectives().get(entity, ()) if word in text]
    return bool(adjectives and re.search(rf"\b(?:{'|'.join(adjectives)}) (?:{_INSTITUTIONS})\b", text, re.IGNORECASE))


@cache
def _adjectives() -> Mapping[str, list[str]]:
    """Return the adjectives of every state by its id."""
    found: dict[str, list[str]] = {}
    for word, entity in demonyms().items():
        found.setdefault(entity, []).append(word)
    return MappingProxyType(found)


def name_aliases(draft: Draft) -> None:
    """Give the names that the document calls a state's other names that state's id."""
    for match in _ALIASES.finditer(draft.text):
        end = match.start() - 1
        before = [m for i in draft.touching(end - 1, end) for m in draft.mentions[i]]
        state = next((m for m in before if m.end == end and m.kind == t.STATE), None)
        if state is None:
            continue
        for other in _OTHERS.finditer(draft.text, *match.span(1)):
            for mention in (m for i in draft.touching(*other.span(1)) for m in draft.mentions[i]):
                if (mention.start, mention.end) == other.span(1) and (mention.kind in _OPEN or not mention.entity):
                    mention.kind, mention.entity, mention.rule = t.STATE, state.entity, "actors.alias"


def _is_spoken_of(text: str, mention: Mention) -> bool:
    """Whether the words beside a name say that it is a state's."""
    first = max(0, mention.start - _REACH)
    if _REALM.search(text, first, mention.start):
        return True
    if mention.kind != t.FORMER:
        return False
    return bool(_DEALINGS.search(text, first, mention.start)) or word_after(text, mention.end) in cues("deed")
