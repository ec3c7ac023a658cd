"""From text to actor mentions: runs are taken apart, rules judge, the learned component decides, ids are given."""

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from annotator.model import ActorType
from annotator.pipeline.actors import bodies, external, headings, model, persons, revision, states, undecided
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.abbreviations import Definition, definitions
from annotator.pipeline.actors.features import prepare
from annotator.pipeline.actors.mentions import Draft, Mention
from annotator.pipeline.actors.runs import find_runs, words_of
from annotator.pipeline.actors.tables import Tables
from annotator.pipeline.groups import FoundActor

TYPES: dict[str, ActorType] = {t.STATE: "state", t.ORGANIZATION: "organization", t.BLOC: "bloc", t.PERSON: "person"}

_CLOSING = "|".join(words_of("actor_run_words", "closing"))
_ENDING = re.compile(rf",?[ \u00a0](?:{_CLOSING})\b\.?")
_NUMBERED = re.compile(r"[ \u00a0][IVX]\.\Z")
_SHORTENED = re.compile(rf"[ \u00a0](?:{_CLOSING})\Z")


def find_actors(
    text: str,
    *,
    tables: Tables | None = None,
    learned: model.Model | None = None,
    others: Iterable[external.Entity] = (),
) -> list[FoundActor]:
    """Return the actors of a reading text, sorted, not overlapping.

    Actors inside the names of agreements are found as well: the agreements' parties follow from them. `tables` are the
    package's lexicons unless others are given, `learned` is the package's model unless another is; `others` are
    entities of another pipeline, to be added where nothing else is found.
    """
    draft, defined = judge(text, tables or t.tables())
    revision.apply(draft, model.shipped() if learned is None else learned)
    if others:
        external.add(draft, others)
    return identify(draft, defined)


def judge(text: str, tables: Tables) -> tuple[Draft, list[Definition]]:
    """Return the draft with the rules' verdicts, and the abbreviations that the text defines."""
    draft = _candidates(text, tables)
    defined = list(definitions(text))
    bodies.widen_offices(draft)
    bodies.abbreviate(draft, defined)
    states.decide(draft)
    undecided.body_roles(draft)
    undecided.decide(draft, undecided.known_words(draft))
    return draft, defined


def _candidates(text: str, tables: Tables) -> Draft:
    draft = Draft(text, tables)
    for run in find_runs(text):
        start, end, initial = run
        prepared = prepare(text[start:end], initial, tables)
        pieces = prepared.pieces
        if pieces or prepared.spans:
            draft.runs.append(run)
            draft.prepared.append(prepared)
            draft.mentions.append(
                [
                    Mention(start + first, start + last, kind, entity, rule, initial and not first, words)
                    for first, last, kind, entity, rule, words in pieces
                ]
            )
    return draft


def identify(draft: Draft, defined: Sequence[Definition]) -> list[FoundActor]:
    """Return the actors with their ids, after what only the whole document tells."""
    bodies.abbreviate(draft, defined)
    known = undecided.known_words(draft)
    if undecided.agree(draft, known):
        known = undecided.known_words(draft)
    undecided.decide(draft, known)
    states.settle(draft)
    found = sorted(draft.actors(), key=attrgetter("start"))
    for mention in found:
        if mention.kind == t.ORGANIZATION and (bodies.is_building(draft, mention) or bodies.is_office(draft, mention)):
            mention.kind = ""
        elif mention.kind in (t.PERSON, t.ORGANIZATION):
            _extend(draft, mention)
    found = _apart(found)
    found = headings.leave_out(draft, found)
    names = {**bodies.resolve(draft, found), **persons.resolve(draft, found)}
    canonical = draft.tables.canonical
    return [
        {
            "start": m.start,
            "end": m.end,
            "rule": m.rule,
            "type": TYPES[m.kind],
            "entity": m.entity,
            "name": canonical.get(m.entity) or names.get(m.entity) or draft.words(m),
        }
        for m in found
    ]


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """Return the actors among sorted mentions, without those that overlap an earlier one."""
    kept: list[Mention] = []
    end = 0
    for mention in found:
        if mention.start >= end and mention.kind:
            kept.append(mention)
            end = mention.end
    return kept


def _extend(draft: Draft, mention: Mention) -> None:
    """Take in what belongs to a name behind a comma or as a full stop (`, Jr.`, `, Inc.`, `Co.`).

    The stop behind a ruler's number is the sentence's (`Ivan V.`).
    """
    text = draft.text
    if text[mention.end - 1] == "." and _NUMBERED.search(text, mention.start, mention.end):
        mention.end, mention.words = mention.end - 1, ""
    after = text[mention.end : mention.end + 1]
    if after == ".":
        if _SHORTENED.search(text, mention.start, mention.end):
            mention.end, mention.words = mention.end + 1, ""
    elif match := _ENDING.match(text, mention.end):
        mention.end, mention.words = match.end(), ""
