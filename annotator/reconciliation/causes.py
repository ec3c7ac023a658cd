"""Why two sides differ: a reason from a closed list, and the words that say it of this case."""

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from annotator import lexicons
from annotator.lexicons.states import demonyms
from annotator.model import Actor, Agreement, AnyRecord, Date, Event
from annotator.reconciliation.context import Context, gap
from annotator.reconciliation.entities import Alignment
from annotator.reconciliation.match import NAMED

REASONS = MappingProxyType(
    {
        "footnote-mark": "boundary: a footnote mark is in the span",
        "article": "boundary: a leading article is in the span, or missing from it",
        "title": "boundary: a title or role before a name is in the span, or missing from it",
        "possessive": "boundary: a possessive ending is in the span, or missing from it",
        "quotation-marks": "boundary: quotation marks are in the span, or missing from it",
        "coordination": "boundary: one part of a coordination was taken, or two were taken for one",
        "modifier": "boundary: a modifier of a date (early, about, more than) is in the span, or missing from it",
        "nationality": "boundary: an adjective of nationality is in the span, or missing from it",
        "other-words": "boundary: other words are in the span, or missing from it",
        "label": "type: the same words under another label",
        "type": "type: the same label, another type",
        "unresolved": "value: not resolved",
        "left-open": "value: resolved where gold leaves it open",
        "mod": "value: the same value, modified otherwise",
        "anchor": "value: resolved from another date",
        "granularity": "value: the same time, finer or coarser",
        "direction": "value: resolved in another direction from the same date",
        "other-value": "value: another value",
        "alias-unknown": "missing: the entity was found elsewhere under other words",
        "abbreviation": "missing or entity: an abbreviation was not linked to its long form",
        "metonym": "missing or spurious: a seat of government, taken for a place or for its government",
        "elsewhere": "missing or spurious: the same words were taken elsewhere in the document, not here",
        "other-label-here": "missing or spurious: what stands there on the other side is paired with something else",
        "nothing-there": "missing or spurious: the other side has nothing there",
        "joined": "entity: one extracted entity for several of gold",
        "split": "entity: several extracted entities for one of gold",
        "other-entity": "entity: another entity",
        "kind": "entity: another kind of agreement",
        "parties": "entity: other parties of an agreement",
        "event-agreement": "event: told of another agreement",
        "event-kind": "event: another kind of event",
        "event-date": "event: dated otherwise",
        "modality": "event: told as planned, conditional or denied on one side, as done on the other",
    }
)
"""Every reason of a difference with the kinds of finding it goes with, and what it means."""

ARTICLE = re.compile(r"\s*(?:the|an?)\s*", re.IGNORECASE)
POSSESSIVE = re.compile(r"[’']s?")
QUOTES = re.compile(r"[“”‘’\"'«»]+")
COORDINATION = re.compile(r"^[,\s]*(?:and|or|&)\b|\b(?:and|or|&)[,\s]*$")
ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z.&-]{1,9}")


class Cause(NamedTuple):
    """A reason and its words; `candidate` is the record of the other side that comes nearest, where there is one."""

    reason: str
    words: str
    candidate: AnyRecord | None = None


def boundary(gold: AnyRecord, found: AnyRecord, context: Context) -> Cause:
    """Say what the extracted span has more or less than gold."""
    reasons, parts = [], []
    for more, start, end in _edges(gold, found):
        piece = context.evidence.article.text[start:end]
        reason = _piece(piece, (start, end), gold, context)
        reasons.append(reason)
        note = f", {PIECES[reason]}" if reason in PIECES else ""
        parts.append(f"the {'extra' if more else 'missing'} text is “{piece.strip()}”{note}")
    telling = [reason for reason in reasons if reason != "other-words"]
    return Cause((telling or reasons)[0], "; ".join(parts))


PIECES = {
    "footnote-mark": "a footnote mark",
    "article": "an article",
    "title": "a title",
    "possessive": "a possessive ending",
    "quotation-marks": "quotation marks",
    "coordination": "the other part of a coordination",
    "modifier": "a modifier",
    "nationality": "an adjective of nationality",
}


def _edges(gold: AnyRecord, found: AnyRecord) -> Iterator[tuple[bool, int, int]]:
    """Yield the stretches at both ends that only one side has; True where that is the extracted one."""
    if gold.start != found.start:
        yield found.start < gold.start, min(gold.start, found.start), max(gold.start, found.start)
    if gold.end != found.end:
        yield found.end > gold.end, min(gold.end, found.end), max(gold.end, found.end)


def _piece(piece: str, span: tuple[int, int], gold: AnyRecord, context: Context) -> str:
    """Return the reason for one stretch that only one side has."""
    words = piece.strip()
    inside = [mark for mark in context.marks if span[0] <= mark[0] and mark[1] <= span[1]] if len(piece) < 12 else []
    if any(words.strip(".,;:!?”’\"')") == context.evidence.article.text[start:end] for start, end in inside):
        return "footnote-mark"
    if ARTICLE.fullmatch(piece):
        return "article"
    if POSSESSIVE.fullmatch(words):
        return "possessive"
    if QUOTES.fullmatch(words):
        return "quotation-marks"
    if words in _titles():
        return "title"
    if words in demonyms():
        return "nationality"
    if COORDINATION.search(piece):
        return "coordination"
    if isinstance(gold, Date) and words.lower() in _modifiers():
        return "modifier"
    return "other-words"


class _Titles(lexicons.Entry, frozen=True, kw_only=True):
    words: tuple[str, ...]


class _Word(msgspec.Struct, frozen=True):
    word: str
    kind: str


@cache
def _titles() -> frozenset[str]:
    return frozenset(word for entry in lexicons.load("actor_titles", _Titles) for word in entry.words)


@cache
def _modifiers() -> frozenset[str]:
    lines = (lexicons.FOLDER / "date_words.jsonl").read_bytes().splitlines()
    entries = (msgspec.json.decode(line, type=_Word) for line in lines)
    return frozenset(entry.word for entry in entries if "mod" in entry.kind)


def value(gold: Date, found: Date, context: Context) -> Cause:
    """Say how two dates with the same place came to differ."""
    if found.value is None:
        return Cause("unresolved", f"not resolved; gold has {gold.value}")
    if gold.value is None:
        return Cause("left-open", f"resolved to {found.value}; gold leaves it open")
    if gold.value == found.value:
        return Cause(
            "mod", f"the same value, but modified as {found.mod or 'nothing'} instead of {gold.mod or 'nothing'}"
        )
    if gold.value.startswith(found.value) or found.value.startswith(gold.value):
        return Cause("granularity", f"another granularity: {found.value}, gold {gold.value}")
    said, there = _anchor(found, context.dates), _anchor(gold, context.gold_dates)
    if said and there and said != there:
        return Cause("anchor", f"resolved from “{said}”, gold from “{there}”")
    if found.relation and gold.relation and found.relation != gold.relation:
        return Cause("direction", f"another direction from “{said}”: {found.relation}, gold {gold.relation}")
    if gold.earliest and found.earliest and gold.latest and found.latest:
        within = gold.earliest <= found.earliest and found.latest <= gold.latest
        around = found.earliest <= gold.earliest and gold.latest <= found.latest
        if within or around:
            return Cause("granularity", f"another granularity: {found.value}, gold {gold.value}")
    return Cause("other-value", f"another value: {found.value}, gold {gold.value}")


def _anchor(record: Date, dates: dict[str, Date]) -> str | None:
    if record.anchor is None or record.anchor == "document":
        return record.anchor and "the document’s date"
    return dates[record.anchor].text if record.anchor in dates else None


def missing(gold: AnyRecord, context: Context) -> Cause:
    """Say what is known of a gold record that was not extracted."""
    near = context.near(gold, in_gold=False)
    if near is not None and gap(near, gold) == 0 and near.text != gold.text:
        return Cause(
            "other-label-here", f"“{near.text}” ({near.label}) was extracted here, and is paired with another", near
        )
    if isinstance(gold, NAMED):
        known = context.found_words[gold.entity]
        if known and gold.text not in known:
            names = ", ".join(f"“{word}”" for word, _ in known.most_common(3))
            if _is_seat(gold):
                return Cause("metonym", f"a seat of government; {gold.entity} was extracted elsewhere as {names}", near)
            reason = "abbreviation" if ABBREVIATION.fullmatch(gold.text) else "alias-unknown"
            return Cause(reason, f"{gold.entity} was extracted elsewhere as {names}, not as “{gold.text}”", near)
        if _is_seat(gold):
            return Cause("metonym", f"“{gold.text}” stands for a government here", near)
    if near is not None and near.text == gold.text:
        return Cause("elsewhere", f"“{gold.text}” was extracted elsewhere, not here", near)
    return Cause("nothing-there", f"no {gold.label} was extracted here", near)


def spurious(found: AnyRecord, context: Context) -> Cause:
    """Say what is known of an extracted record that gold has not."""
    near = context.near(found, in_gold=True)
    if near is not None and gap(near, found) == 0 and near.text != found.text:
        return Cause(
            "other-label-here", f"gold has “{near.text}” ({near.label}) here, which is paired with another", near
        )
    if _is_seat(found):
        return Cause("metonym", f"“{found.text}” is only a place here", near)
    if near is not None and near.text == found.text:
        return Cause("elsewhere", f"gold has “{found.text}” elsewhere, not here", near)
    return Cause("nothing-there", f"gold has no {found.label} here", near)


class _Capital(lexicons.Entry, frozen=True, kw_only=True):
    name: str
    entity: str


@cache
def _seats() -> frozenset[str]:
    return frozenset(entry.name for entry in lexicons.load("capitals", _Capital))


def _is_seat(record: AnyRecord) -> bool:
    return isinstance(record, Actor) and record.type == "state" and record.text in _seats()


def entity(gold: Actor | Agreement, found: Actor | Agreement, context: Context) -> Iterator[Cause]:
    """Yield what differs in who or what is meant."""
    if context.alignment.gold(found.entity) != gold.entity:
        joined, split = context.gold_entities[found.entity], context.found_entities[gold.entity]
        if len(joined) > 1:
            yield Cause("joined", f"{found.entity} joins {', '.join(sorted(joined))}, which gold keeps apart")
        elif len(split) > 1 and ABBREVIATION.fullmatch(found.text):
            yield Cause(
                "abbreviation", f"“{found.text}” was not linked to {gold.entity}, which is {', '.join(sorted(split))}"
            )
        elif len(split) > 1:
            yield Cause("split", f"{gold.entity} was split into {', '.join(sorted(split))}")
        else:
            yield Cause("other-entity", f"extracted as {found.entity}, gold has {gold.entity}")
    if isinstance(gold, Agreement) and isinstance(found, Agreement):
        if gold.kind != found.kind:
            yield Cause("kind", f"kind is {found.kind}, gold has {gold.kind}")
        said = sorted(context.alignment.gold(party) for party in found.parties)
        if said != sorted(gold.parties):
            yield Cause(
                "parties", f"parties are {', '.join(said) or 'none'}, gold has {', '.join(gold.parties) or 'none'}"
            )


def event(gold: Event | None, found: Event | None, alignment: Alignment) -> Cause:
    """Say how two events with clauses in common differ, or that one has no counterpart."""
    if found is None and gold is not None:
        return Cause("nothing-there", f"no event tells that {gold.entity} was {gold.event} ({gold.value})")
    if gold is None or found is None:
        return Cause("nothing-there", f"gold has no event that {_told(found)}")
    parts = []
    if alignment.gold(found.entity) != gold.entity:
        parts.append(("event-agreement", f"of {gold.entity}, extracted of {found.entity}"))
    if found.event != gold.event:
        parts.append(("event-kind", f"{gold.event}, extracted as {found.event}"))
    if found.value != gold.value:
        parts.append(("event-date", f"in {gold.value}, extracted in {found.value}"))
    if not parts:
        return Cause("modality", f"gold has it as {gold.modality}, extracted is {found.modality}")
    return Cause(parts[0][0], f"gold: {'; '.join(words for _, words in parts)}")


def _told(event: Event | None) -> str:
    return f"{event.entity} was {event.event} ({event.value})" if event is not None else ""
