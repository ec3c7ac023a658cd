"""The learned component's labels as mentions: a draft with the rules' verdicts in, revised in place.

Where both agree, the rules' mentions stay; elsewhere the model decides, but for what the lexicon or a word beside
proves.
"""

from collections.abc import Sequence

from annotator.pipeline.actors import bodies, model
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import cues
from annotator.pipeline.actors.items import is_compound, plain
from annotator.pipeline.actors.mentions import Draft, Mention
from annotator.pipeline.actors.names import EASTERN
from annotator.pipeline.actors.segments import PARTICIPLE
from annotator.pipeline.actors.undecided import BODY_ROLE

_PLAIN = frozenset(("actors.title", "actors.administration", "actors.role", "actors.realm", BODY_ROLE))
"""Rules whose evidence stands beside the name: the model may not change the kind."""
_LISTED = frozenset((" and ", " and the ", ", "))
_EPITHETS = tuple(cues("epithet-ending"))
"""How adjectives end that may stand before a state's name."""
_KEPT = frozenset((EASTERN, BODY_ROLE, "actors.realm"))
"""Rules whose names the model may not leave out."""


def apply(draft: Draft, learned: model.Model) -> None:
    """Let the learned component decide the runs that are not certain; where it agrees, the rules' mentions stay."""
    found = model.batch(draft)
    if found is None:
        return
    labels = model.decode(found, learned).tolist()
    at = 0
    for index, tokens in zip(found.runs, found.tokens, strict=True):
        upto = at + len(tokens)
        if labels[at:upto] != found.verdicts[at:upto]:
            start = draft.runs[index][0]
            spans = model.spans_of(labels[at:upto], tokens)
            draft.mentions[index] = _revised(draft, index, [(start + a, start + b, kind) for a, b, kind in spans])
        at = upto


def _revised(draft: Draft, index: int, spans: Sequence[tuple[int, int, str]]) -> list[Mention]:
    """Return a run's mentions as the model has them.

    What the lexicon knows by that very name keeps its kind and id; what the model leaves out stays undecided.
    """
    before = {(mention.start, mention.end): mention for mention in draft.mentions[index]}
    revised: list[Mention] = []
    wrong = [
        span for span in spans if span[:2] not in before and (_wrong(draft, *span) or _takes_state(draft, index, span))
    ]
    spans = [span for span in spans if span not in wrong]
    for start, end, kind in spans:
        mention = before.pop((start, end), None)
        if mention is None or (mention.kind != kind and mention.rule not in _PLAIN):
            hit = draft.tables.names.get(plain(draft.text[start:end]), ("", ""))
            if hit[0] in t.ACTOR_KINDS or t.STANDS_FOR.get(hit[0]) == kind:
                mention = Mention(start, end, t.STANDS_FOR.get(hit[0], kind), hit[1], "actors.model")
            else:
                mention = Mention(start, end, kind, "", "actors.model")
        revised.append(mention)
    for mention in before.values():
        if not any(start < mention.end and mention.start < end for start, end, _ in spans):
            kept = _sure(draft, mention) or any(
                start <= mention.start and mention.end <= end for start, end, _ in wrong
            )
            if mention.kind in t.ACTOR_KINDS and not kept:
                mention.kind = t.UNKNOWN if mention.kind == t.PERSON else ""
            revised.append(mention)
    return sorted(revised, key=lambda mention: mention.start)


def _wrong(draft: Draft, start: int, end: int, kind: str) -> bool:
    """Whether a name that only the model sees is none: a document's, place's, plan's or government's, a compound."""
    words = plain(draft.text[start:end])
    if kind not in (t.ORGANIZATION, t.PERSON) or words in draft.tables.names:
        return False
    if words.partition(" of ")[0] in cues("state-head") or words.lower().partition(" of ")[0] in cues("ruler"):
        return True
    if words.partition(" ")[0] in (cues("place-prefix") if kind == t.PERSON else cues("ship")):
        return True
    first, _, last = words.partition(" ")
    if last in cues("members") and first.isupper() and first in draft.tables.names:
        return True
    last = words.rpartition(" ")[2]
    if PARTICIPLE.search(words):
        return True
    no_body = draft.tables.words.get(last) in bodies.NOT_BODIES or draft.aliases.get(last) == ""
    return no_body or is_compound(words, draft.tables)


def _takes_state(draft: Draft, index: int, span: tuple[int, int, str]) -> bool:
    """Whether the model takes a state into a name that the rules end before it.

    It joins a body and its state (`Coast Guard Office of Peru`), or an epithet and a state (`Napoleonic France`;
    in a line of capitals also what is before a small word, `RISE AND PERU`).
    """
    start, end, kind = span
    inside = [m for m in draft.mentions[index] if start <= m.start and m.end <= end and m.kind in t.ACTOR_KINDS]
    if kind == t.STATE or not inside or inside[-1].kind != t.STATE or inside[-1].end != end:
        return False
    state = inside[-1]
    if len(inside) == 1:
        epithet, words = plain(draft.text[start : state.start - 1]), draft.tables.words
        if words.get(epithet.rpartition(" ")[2].lower()) == t.JOINT:
            return epithet.isupper()
        return epithet.endswith(_EPITHETS) and words.get(epithet) != t.HEAD
    body, between = inside[0], draft.text[inside[0].end : state.start]
    if len(inside) > 2 or body.kind != t.ORGANIZATION or body.start != start:
        return False
    office = not cues("office").isdisjoint(draft.words(body).split(" "))
    return between in _LISTED or (office and between in (" of ", " of the "))


def _sure(draft: Draft, mention: Mention) -> bool:
    """Whether it is what the model must not lose: a known name that is no mere capitalized word, an eastern name."""
    if mention.kind == t.PERSON or not mention.entity:
        return mention.rule in _KEPT
    words = draft.words(mention)
    return mention.kind in (t.STATE, t.BLOC) or " " in words or not words.istitle()
