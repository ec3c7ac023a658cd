"""Events of agreements: a text with its agreements and dates comes in, what happened to which and when goes out.

Only sentences that hold a date or a name of an agreement are read. In each, every verb or noun that tells an event
looks for the agreement it speaks of and for its date.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from annotator.lexicons.agreements import bonds
from annotator.lexicons.cues import cue
from annotator.model import EventKind, Modality
from annotator.pipeline.events.clauses import clause, modality
from annotator.pipeline.events.dating import cheapest, date_of, not_until, with_joined
from annotator.pipeline.events.references import Reference
from annotator.pipeline.events.sentence import Scene, Sentence, Trigger
from annotator.pipeline.events.subjects import agreements_of, closes, is_close_of
from annotator.pipeline.events.words import EventVerb
from annotator.pipeline.groups import FoundActor, FoundAgreement, FoundDate, FoundEvent

DIRECT = re.compile(r"[”\"]?(?:[^\S\n]\([^()\n]{1,40}\))?,?[^\S\n](?:in|on)[^\S\n](?:early |late |mid-)?")
FREE = re.compile(
    r"(?:^|[,;:(—–.\n”]|\b(?:and|or|with|by|through|after|before|since|including|as|under|like|of|in|despite|following|for|at|from))"
    r"[^\S\n]*(?:(?:the|an?|its|their|his|both|such)[^\S\n])?(?:[\w-]+[^\S\n])?[“\"]?$",
    re.IGNORECASE,
)
DAY = len("2000-01-01")


def find_events(
    text: str,
    agreements: Sequence[FoundAgreement],
    dates: Sequence[FoundDate],
    actors: Sequence[FoundActor],
    *,
    written: str = "",
) -> list[FoundEvent]:
    """Return the events that `text` tells of its agreements, sorted by start.

    `written` is the text's own date, as far as it is known: what is dated after it is only planned.
    """
    if not agreements:
        return []
    scene = Scene(text, agreements, dates, written)
    return _once(scene, [event for sentence in scene.sentences() for event in _events(scene, sentence)])


def _events(scene: Scene, sentence: Sentence) -> Iterator[FoundEvent]:
    used: set[int] = set()
    spoken = [(item, agreements_of(scene, sentence, item)) for item in sentence.triggers]
    telling = [item.start for item, refs in spoken if refs or item.verb.voice == "subject"]
    for item, refs in spoken:
        for ref in refs:
            index = date_of(scene, sentence, telling, item, ref)
            if index is not None:
                dates = with_joined(scene, sentence, index, begun=item.verb.event == "negotiations")
                used.update(dates)
                for each in dates:
                    yield _event(scene, sentence, item, ref, each)
            elif ref.named and item.verb.voice in ("both", "object", "subject", "tight"):
                yield _event(scene, sentence, item, ref, None)
        if refs and cue("replace").fullmatch(scene.text, item.start, item.end):
            yield from _replacing(scene, sentence, telling, item)
    yield from _adjacent(scene, sentence, used)


def _replacing(scene: Scene, sentence: Sentence, telling: Sequence[int], item: Trigger) -> Iterator[FoundEvent]:
    """Yield that what replaces another agreement has entered into force."""
    subject = [ref for ref in sentence.refs if ref.named and ref.end == item.start - 1]
    for ref in subject[-1:]:
        index = cheapest(scene, sentence, telling, item, ref)
        if index is not None:
            yield _event(scene, sentence, _told("in_force", item.start, item.end), ref, index)


def _adjacent(scene: Scene, sentence: Sentence, used: set[int]) -> Iterator[FoundEvent]:
    """Yield `signed` for a name right before a date that no verb has (`the Limited Test Ban Treaty in 1963`)."""
    for index in sentence.dates:
        place = scene.date_starts[index]
        for ref in sentence.refs if index not in used else ():
            if ref.named and ref.end < place and DIRECT.fullmatch(scene.text, ref.end, place) and _free(scene, ref):
                yield _event(scene, sentence, _told("signed", ref.start, ref.end), ref, index)


def _free(scene: Scene, ref: Reference) -> bool:
    """Say whether a name is no verb's object: it begins its phrase, or a preposition like `with` stands before it.

    Nor can it be what one keeps, breaks or leaves (`in violation of the treaty in 2014`).
    """
    before = max(0, ref.start - 40)
    return FREE.search(scene.text, before, ref.start) is not None and not _owed().search(scene.text, before, ref.start)


@cache
def _owed() -> re.Pattern[str]:
    """Return the pattern of a noun that says what one has done with the agreement named after it."""
    nouns = "|".join(sorted(re.escape(form) for form, role in bonds().items() if role == "noun"))
    return re.compile(rf"\b(?:{nouns})[^\S\n](?:the[^\S\n])?(?:[\w-]+[^\S\n])?[“\"]?$", re.IGNORECASE)


def _told(event: EventKind, start: int, end: int) -> Trigger:
    """Return the trigger of an event that is told without a verb of its own."""
    return Trigger(start, end, EventVerb(form="", event=event, voice="subject", source=""))


def _kind(scene: Scene, item: Trigger, index: int | None) -> EventKind:
    """Return the kind of event: what was negotiated on one day was signed, what negotiations ended with was agreed."""
    if is_close_of(scene.text, item):
        return "agreed"
    day = item.verb.form == "negotiated" and len(scene.value(index)) == DAY
    return "signed" if day or closes(scene.text, item) else item.verb.event


def _event(scene: Scene, sentence: Sentence, item: Trigger, ref: Reference, index: int | None) -> FoundEvent:
    agreement = scene.agreements[ref.agreement]
    places = [item.start, item.end]
    if ref.start >= sentence.start:
        places += [ref.start, ref.end]
    if index is not None and scene.date_starts[index] >= sentence.start:
        places += [scene.dates[index]["start"], scene.dates[index]["end"]]
    start, end = clause(scene.text, sentence.start, sentence.end, min(places), max(places))
    return FoundEvent(
        start=start,
        end=end,
        rule=f"events.{item.verb.voice}" if item.verb.form else "events.dated-name",
        event=_kind(scene, item, index),
        modality=_modality(scene, sentence, item, ref, index),
        entity=agreement["entity"],
        agreement=ref.agreement,
        date=index,
        parties=list(agreement["parties"]),
    )


def _modality(scene: Scene, sentence: Sentence, item: Trigger, ref: Reference, index: int | None) -> Modality:
    """Return whether the event happened: its words tell that, and a date that was still to come."""
    begin = _clause_start(scene.text, sentence, item, ref)
    late = not_until(scene, sentence, item, index)
    told = modality(scene.text, begin, item.start, item.verb.event, late=late)
    return "planned" if told == "actual" and scene.is_to_come(index) else told


def _clause_start(text: str, sentence: Sentence, item: Trigger, ref: Reference) -> int:
    """Return where the words begin that can limit a verb: after the name where it follows at once (`…, signed in`)."""
    return ref.end if sentence.start <= ref.end == item.start - 2 and text[ref.end] == "," else sentence.start


def _once(scene: Scene, found: Sequence[FoundEvent]) -> list[FoundEvent]:
    """Return the events sorted, each agreement, kind and date once, of two dates for the same the finer."""
    told: dict[tuple[str, str, str], set[str]] = {}
    for event in found:
        value = scene.value(event["date"])
        prefixes = {value[:length] for length in range(len(value))}
        told.setdefault((event["entity"], event["event"], event["modality"]), set()).update(prefixes)
    kept: list[FoundEvent] = []
    seen: set[tuple[str, str, str, str]] = set()
    for event in found:
        key = (event["entity"], event["event"], event["modality"])
        value = scene.value(event["date"])
        if value not in told[key] and (*key, value) not in seen:
            seen.add((*key, value))
            kept.append(event)
    return sorted(kept, key=lambda event: (event["start"], event["end"], event["event"], event["entity"]))
