"""Which state a name means in a document: seats of government, peoples, short forms, former states; a draft in, out."""

import re
from collections.abc import Sequence

from annotator.lexicons.places import places
from annotator.pipeline.actors import former, seats
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import is_people
from annotator.pipeline.actors.mentions import Draft, Mention
from annotator.pipeline.actors.persons import slug
from annotator.pipeline.actors.segments import KEPT

_ELECTION = re.compile(r"[ \u00a0](?:[a-z-]+[ \u00a0]){0,2}(?:by-)?elections?\b")
_NEAR = 90
_CAPITALIZED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")


SUCCESSIONS = {
    "state:ru": "state:su",
    "state:cz": "state:cs",
    "state:rs": "state:yu",
    "state:at": "state:austria-hungary",
}
"""States whose seats stand for an earlier state where the document speaks of that one more often."""
NORTHERN = {"state:vn": "state:vd"}
"""States whose seat was that of one half, which it stands for where the document names that half."""
OTTOMAN = "state:ottoman-empire"
_REPUBLIC_OF_TURKEY = re.compile(r"\b(?:192[3-9]|19[3-9]\d|20\d\d)\b")
UNDIVIDED = {"state:korea": ("state:kr", "state:kp")}
"""States of which a half goes by the whole's name (the first), unless the document names the other half, too."""
MOVED = {"state:tw": ("state:cn", frozenset(("Taiwan", "Formosa", "People’s Republic of China", "PRC")))}
"""States whose official name was another's before (`Republic of China`), which it means where the names are absent."""
HALVES = (("North", ("state:kp", "state:vd")), ("South", ("state:kr", "state:south-vietnam")))


def decide(draft: Draft) -> None:
    """Decide peoples, then seats, by their neighbours, and leave elections and mere lands out."""
    text = draft.text
    last: Mention | None = None
    seats_named = False
    doubtful = (t.STATE, t.ORGANIZATION) if _has_namesakes(text) else ()
    for mention in draft.all():
        kind = mention.kind
        if kind in (t.PEOPLE, t.DEMONYM):
            joined = last is not None and _are_joined(text, last, mention)
            acting = is_people(text, mention.start, mention.end, kind == t.DEMONYM, joined)
            acting = acting and not _is_another_people(draft, mention)
            mention.kind = t.STATE if acting else ""
            if joined and last is not None and not acting and text[last.end : mention.start] == " and ":
                last.kind = ""
            last = mention if acting else None
        elif kind == t.SEAT:
            seats_named = True
        elif kind in doubtful and (_in_election(text, mention) or _is_land(draft, mention)):
            mention.kind = ""
    if seats_named:
        seats.decide(draft)


def _are_joined(text: str, last: Mention, mention: Mention) -> bool:
    return last.rule == mention.rule and text[last.end : mention.start] in seats.JOINTS


def _has_namesakes(text: str) -> bool:
    """Whether the text has any word on which `_in_election` and `_is_land` depend."""
    return "election" in text or "sland " in text or any(word in text for word in places("namesake"))


def _in_election(text: str, mention: Mention) -> bool:
    """Whether the name is part of an election's (`the 2010 Ukraine election`): that is an event, like a war."""
    return text[mention.start - 5 : mention.start - 1].isdigit() and bool(_ELECTION.match(text, mention.end))


def _is_another_people(draft: Draft, mention: Mention) -> bool:
    """Whether a people's name has another meaning (`Indians`) in a text that does not speak of its state."""
    if draft.words(mention) not in places("people-namesake"):
        return False
    return not re.search(rf"\b{draft.tables.canonical[mention.entity]}\b", draft.text)


def _is_land(draft: Draft, mention: Mention) -> bool:
    """Whether a name means the land (`the island of Ireland`), or a province among provinces (`Virginia, Georgia`)."""
    text = draft.text
    if text[mention.start - 10 : mention.start].lower() == "island of ":
        return draft.words(mention) in places("island")
    if draft.words(mention) not in places("namesake"):
        return False
    near = _CAPITALIZED.findall(text, max(0, mention.start - _NEAR), mention.end + _NEAR)
    return any(word in places("us-states") for word in near)


def settle(draft: Draft) -> None:
    """Give states the id that fits the document: predecessors, divided countries, `the Kingdom`, `the North`."""
    counts: dict[str, int] = {}
    names: set[str] = set()
    for mention in draft.actors():
        if mention.kind == t.STATE and mention.entity and mention.rule != "actors.seat":
            counts[mention.entity] = counts.get(mention.entity, 0) + 1
            names.add(draft.words(mention))
    former.decide(draft, counts)
    former.name_aliases(draft)
    _short_forms(draft, counts)
    if "state:confederate-states" in counts:
        _union(draft)
    seats.give_to_union(draft, counts)
    _ottoman(draft, counts)
    for mention in draft.actors():
        if mention.rule == "actors.seat" and mention.kind == t.STATE:
            half, earlier = NORTHERN.get(mention.entity, ""), SUCCESSIONS.get(mention.entity, "")
            if half in counts:
                mention.entity = half
            elif counts.get(earlier, 0) > counts.get(mention.entity, 0):
                mention.entity = earlier
        elif mention.entity in UNDIVIDED and _is_whole(draft, mention):
            half, other = UNDIVIDED[mention.entity]
            mention.entity = mention.entity if counts.get(other) else half
        elif mention.entity in MOVED and MOVED[mention.entity][1].isdisjoint(names):
            mention.entity = MOVED[mention.entity][0]
        elif mention.kind == t.STATE and not mention.entity:
            mention.entity = "state:" + slug(draft.words(mention))


def _ottoman(draft: Draft, counts: dict[str, int]) -> None:
    """Take Turkey for the Ottoman Empire in a text that names that, and no year since the republic's beginning."""
    if OTTOMAN in counts and not _REPUBLIC_OF_TURKEY.search(draft.text):
        for mention in draft.actors():
            if mention.entity == "state:tr":
                mention.entity = OTTOMAN


def _union(draft: Draft) -> None:
    """Take `the Union` for the United States, in a document that speaks of the Confederate States."""
    for mention in draft.all():
        if draft.words(mention) == "Union" and _has_article(draft.text, mention):
            mention.kind, mention.entity, mention.rule = t.STATE, "state:us", KEPT[t.SHORT]


def _is_whole(draft: Draft, mention: Mention) -> bool:
    """Whether it is the plain name of an undivided country or its people, no name of an earlier state (`Joseon`)."""
    return draft.words(mention) == draft.tables.canonical[mention.entity] or mention.rule == "actors.people"


def _short_forms(draft: Draft, counts: dict[str, int]) -> None:
    """Resolve `the Kingdom`, `the North` and their like where the document names one state that they shorten."""
    named: dict[str, list[str]] = {}
    mentions = list(draft.all())
    for i, mention in enumerate(mentions):
        if mention.kind != t.SHORT:
            continue
        mention.kind = ""
        name = draft.words(mention)
        other = _other_half(draft, mentions, i)
        of_office = draft.text.endswith("President of the ", 0, mention.start)
        if of_office or (other is None and not _has_article(draft.text, mention)):
            continue
        if name not in named:
            named[name] = _half(name, counts) or _long_forms(draft, name)
        if len(named[name]) == 1:
            mention.kind, mention.entity = t.STATE, named[name][0]
        elif other:
            mention.kind, mention.entity = t.STATE, other


def _has_article(text: str, mention: Mention) -> bool:
    """Whether `the` stands before, and no longer name goes on behind (`the South China Sea`)."""
    longer = text[mention.end : mention.end + 1] == " " and text[mention.end + 1 : mention.end + 2].isupper()
    return not longer and text[mention.start - 4 : mention.start].lower() == "the "


def _other_half(draft: Draft, mentions: Sequence[Mention], i: int) -> str | None:
    """Return what half of a country a name means beside the other half's.

    That is the id where the other's is known (`North and South Korea`), nothing where it is not (`North and South`),
    None where no other half is beside it.
    """
    own = next((ids for half, ids in HALVES if half == draft.words(mentions[i])), ())
    for k in (i - 1, i + 1):
        if not own or not 0 <= k < len(mentions):
            continue
        left, right = mentions[min(i, k)], mentions[max(i, k)]
        if draft.text[left.end : right.start] not in (" and ", " or "):
            continue
        for half, ids in HALVES:
            if ids != own and mentions[k].entity in ids:
                return own[ids.index(mentions[k].entity)]
            if ids != own and draft.words(mentions[k]) == half:
                return ""
    return None


def _half(name: str, counts: dict[str, int]) -> list[str]:
    """Return the ids of the halves called by that point of the compass in countries of which both halves are named."""
    divided = [i for i in (0, 1) if all(counts.get(ids[i]) for _, ids in HALVES)]
    return [ids[i] for half, ids in HALVES if half == name for i in divided]


def _long_forms(draft: Draft, head: str) -> list[str]:
    """Return the ids of the states that the document calls by a name beginning or ending with that word."""
    names = {(draft.words(m), m.entity) for m in draft.all() if m.kind == t.STATE}
    return sorted({entity for name, entity in names if name.startswith(head + " ") or name.endswith(" " + head)})
