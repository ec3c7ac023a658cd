"""Seats of government that act and those that are mere places, by their neighbours and the document's habit."""

from collections.abc import Container

from annotator.lexicons import states
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import cues, seat_score, word_before, words_before
from annotator.pipeline.actors.mentions import Draft, Mention

JOINTS = frozenset((" and ", ", ", ", and ", " or ", " nor "))
"""What stands between coordinated names."""
PAIRED = frozenset((" and ", " or ", " nor "))
"""What stands between two of a kind."""
_BELGIUM, _UNION = "state:be", "org:eu"
_PLACED = frozenset(("in", "to", "from", "on"))


def decide(draft: Draft) -> None:
    """Give every seat its kind: a state where it acts, a person where it is a surname of one, else none.

    A territory that acts somewhere in the document is a state in all of it, as countries are.
    """
    surnames = {draft.words(m).rpartition(" ")[2] for m in draft.all() if m.kind == t.PERSON}
    votes: dict[str, int] = {}
    open_: list[Mention] = []
    decided: list[Mention] = []
    before: Mention | None = None
    for mention in draft.all():
        if mention.kind == t.SEAT and draft.words(mention) in surnames:
            place = word_before(draft.text, mention.start) in cues("before-place")
            mention.kind, mention.entity, mention.rule = "" if place else t.PERSON, "", "actors.surname"
        elif mention.kind == t.SEAT:
            score = seat_score(draft.text, mention.start, mention.end)
            if not score and before is not None and _acts_with(draft.text, before, mention):
                score = 1
            votes[mention.entity] = votes.get(mention.entity, 0) + score
            mention.kind = t.STATE if score > 0 else ""
            decided.append(mention)
            if score > 0:
                _join(draft.text, open_, mention)
            elif not score:
                open_.append(mention)
        before = mention
    for mention in open_:
        if votes[mention.entity] > 0:
            mention.kind = t.STATE
    territories = frozenset(states.territory_names().values())
    acting = territories.intersection(mention.entity for mention in decided if mention.kind == t.STATE)
    for mention in decided:
        if mention.entity in acting:
            mention.kind = t.STATE


def give_to_union(draft: Draft, named: Container[str]) -> None:
    """Take Brussels for the European Union where the document names that, and not Belgium."""
    if _BELGIUM in named or "Brussels" not in draft.text:
        return
    actors = draft.actors()
    if any(mention.entity == _UNION for mention in actors):
        for mention in actors:
            if mention.rule == "actors.seat" and mention.entity == _BELGIUM:
                mention.kind, mention.entity = t.ORGANIZATION, _UNION


def _acts_with(text: str, before: Mention, mention: Mention) -> bool:
    """Whether the state before is coordinated with the seat, and does not stand as a place (`in Japan and Seoul`)."""
    between = text[before.end : mention.start]
    if before.kind != t.STATE or between not in JOINTS:
        return False
    if before.rule == mention.rule:
        return True
    word = words_before(text, before.start)[1]
    return between in PAIRED and word not in _PLACED and word not in cues("before-place")


def _join(text: str, open_: list[Mention], mention: Mention) -> None:
    """Let the open seats that stand in one list with an acting one act, too; they leave the open ones."""
    while open_ and text[open_[-1].end : mention.start] in JOINTS:
        mention = open_.pop()
        mention.kind = t.STATE
