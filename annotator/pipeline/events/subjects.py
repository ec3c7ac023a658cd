"""Which agreement a verb speaks of: a sentence and a trigger come in, references go out.

That is the object after it, the subject before it, what a pronoun means, or, of negotiations, the last one spoken of.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from annotator.lexicons.cues import cue
from annotator.pipeline.events.references import Reference
from annotator.pipeline.events.sentence import Scene, Sentence, Trigger
from annotator.pipeline.events.words import Voice

REACH: dict[Voice, int] = {"near": 32, "tight": 24}
OBJECT = 110
"""How far after a verb its object can begin, in code points, where `REACH` does not say less."""
SUBJECT = 170
"""How far before a verb its subject can end."""
STAGE = 45
"""How far after `negotiations` the verb is looked for that says how far they went."""
CLOSED = re.compile(
    r"\b(?:(?:conclusion|completion|end|finali[sz]ation)[^\S\n]of|conclud(?:ed?|ing)|complet(?:ed?|ing)|finali[sz](?:ed?|ing))"
    r"[^\S\n](?:(?:the|their|its|these|all)[^\S\n])?(?:\w+[^\S\n])?$"
)
"""What stands before `negotiations` that are over."""
AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|been|be|being|getting|got)(?:[^\S\n]\w+ly|[^\S\n](?:not|first|also|then|last|later|again|never))?[^\S\n]$"
)
AGENT = re.compile(r"[^\S\n]by\b")
NEW_SUBJECT = re.compile(r",[^\S\n](?:(?:and|but|while)[^\S\n])?(?:the|an?|its|their|this|that|another)[^\S\n][^,;]*$")
"""A clause of its own between a name and a verb, where another verb has told of the name before."""
OPENER = re.compile(r"^[^\S\n]*(?:Under|By|With|Following|After)[^\S\n](?:the[^\S\n])?(?:[\w-]+[^\S\n])?$")
JOINED = re.compile(r"(?:,|,? and|,? but|,? then)(?:[^\S\n](?:then|later|first|finally|again|\w+ly)){0,2}[^\S\n]$")
NO_OBJECT = re.compile(r"[^\S\n](?:in|on|with|between|by|for|until|again|at|only|just|soon|shortly)\b|[,;.]")
TALKS = 40
"""How far before a name `talks on` it can stand."""
RELATIVE = re.compile(
    r"[”\"’]?,?[^\S\n](?:which|that)\b|[^\S\n]\(|[”\"’]?,?[^\S\n]?$"
    r"|,?[^\S\n](?:originally|first|finally|formally|officially)[^\S\n]$"
)
GAP = re.compile(
    r"[”\"’]?(?:[^\S\n]\([^()\n]{1,40}\))?(?:,[^\S\n](?:(?:both|\w+ly)[^\S\n])?"
    r"|,?[^\S\n](?:which|that)[^\S\n][^,;]{2,70}[^\S\n](?<!\bto ))"
)
"""What stands between a name and a verb that speaks of it without naming it again."""
WALL = re.compile(r"[;)]|[^\S\n](?:that|which|who|whom|because|although|while|after|before|when|if)[^\S\n]|:[^\S\n]")
DETERMINED = re.compile(
    r"(?:[^\S\n](?:the|an?|its|their|his|this|these|both))?(?:[^\S\n](?!to\b)[\w-]+){0,2}[^\S\n][“\"]?"
)
PRONOUN = re.compile(r"[^\S\n](?:it|them|both)\b")
SUBJECT_PRONOUN = re.compile(r"\(?(?:[^,;]{0,60},[^\S\n])?(?:[Ii]t|[Tt]hey|[Tt]his)\b")
VERB = re.compile(r"[^\S\n](?:was|were|been)[^\S\n]\w+ed\b[^.;:]*$")
LONGEST_TO_DATE = len(" on ")
"""How many code points stand at most between a verb and its date right behind it."""
PLURAL = re.compile(r"[^\S\n](?:were|have|are|both)\b")
SHARED = re.compile(
    r"\)?(?:,|,? and|,? or|,? as well as|,? along with|,? together with|[^\S\n]\()[^\S\n]"
    r"(?:the |an? |its |their )?(?:[\w-]+[^\S\n]){0,2}"
)


def agreements_of(scene: Scene, sentence: Sentence, item: Trigger) -> list[Reference]:
    """Return the references that a trigger speaks of; none where it speaks of no agreement."""
    voice = item.verb.voice
    if voice == "stage":
        return _staged(scene, sentence, item)
    passive = AUXILIARY.search(scene.text, max(sentence.start, item.start - 30), item.start) is not None
    passive = (passive and not item.verb.form.endswith("ing")) or _told_of(scene.text, sentence, item)
    agent = voice != "object" and AGENT.match(scene.text, item.end) is not None
    if voice != "subject" and not agent and not (voice in ("both", "tight", "declared") and passive):
        refs = _object(scene, sentence, item)
        if refs:
            return _declarations(scene, refs) if voice == "declared" else refs
        if voice in ("both", "tight") and PRONOUN.match(scene.text, item.end):
            return _before(sentence, item)[-1:] or _last(scene.starts, item.start)
    passive = passive or voice == "subject" or _coordinated(scene, sentence, item)
    if voice in ("object", "ship") or (voice == "near" and not passive):
        return []
    refs = _subject(scene.text, sentence, item, passive=passive)
    if item.verb.event == "ended" and refs and _talked_about(scene.text, sentence, refs[0]):
        return []
    if refs or voice == "declared" or _before(sentence, item):
        return refs
    pronoun = SUBJECT_PRONOUN.match(scene.text, sentence.start, item.start)
    return _last(scene.starts, sentence.start) if pronoun else []


def _told_of(text: str, sentence: Sentence, item: Trigger) -> bool:
    """Say whether a clause speaks of the name before it: `which Britain signed in 1904`, `, signed with Japan in …`."""
    if NO_OBJECT.match(text, item.end) is None:
        return False
    before = _before(sentence, item)
    return bool(before) and before[-1].named and GAP.fullmatch(text, before[-1].end, item.start) is not None


def _talked_about(text: str, sentence: Sentence, ref: Reference) -> bool:
    """Say whether only talks on the agreement are spoken of."""
    return cue("talking").search(text[max(sentence.start, ref.start - TALKS) : ref.start].lower()) is not None


def _coordinated(scene: Scene, sentence: Sentence, item: Trigger) -> bool:
    """Say whether a participle without an object shares the subject of one before (`was signed … and renewed in …`)."""
    if JOINED.search(scene.text, max(sentence.start, item.start - 30), item.start) is None:
        return False
    dated = any(scene.date_starts[index] == item.end + 1 for index in sentence.dates)
    if not dated and NO_OBJECT.match(scene.text, item.end) is None:
        return False
    before = [other for other in sentence.triggers if other.start < item.start]
    named = _before(sentence, item)
    if named and VERB.search(scene.text, named[-1].end, item.start):
        return True
    return any(
        AUXILIARY.search(scene.text, max(sentence.start, other.start - 30), other.start)
        or scene.text.endswith(", ", sentence.start, other.start)
        for other in before
    )


def _before(sentence: Sentence, item: Trigger) -> list[Reference]:
    return [ref for ref in sentence.refs if ref.end <= item.start]


def _last(starts: Sequence[int], place: int) -> list[Reference]:
    """Return the last agreement named before a place."""
    index = bisect_left(starts, place) - 1
    return [Reference(place, place, index, False)] if index >= 0 else []


def _staged(scene: Scene, sentence: Sentence, item: Trigger) -> list[Reference]:
    """Return the agreement of `negotiations` that begin, go on or end: the last before, else the first after."""
    begun = cue("begin").search(scene.text, max(sentence.start, item.start - 25), item.start)
    end = min(sentence.end, item.end + STAGE)
    if begun is None and cue("stage").search(scene.text, item.end, end) is None and not closes(scene.text, item):
        return []
    return _before(sentence, item)[-1:] or _last(scene.starts, sentence.start) or sentence.refs[:1]


def closes(text: str, item: Trigger) -> bool:
    """Say whether the negotiations at a trigger are said to have been concluded."""
    return item.verb.voice == "stage" and cue("close").search(text, item.end, item.end + STAGE) is not None


def is_close_of(text: str, item: Trigger) -> bool:
    """Say whether the negotiations on an agreement are over: `the conclusion of negotiations on it`."""
    talks = item.verb.form.startswith(("negotiation", "talks"))
    return talks and CLOSED.search(text, max(0, item.start - STAGE), item.start) is not None


def _declarations(scene: Scene, refs: Sequence[Reference]) -> list[Reference]:
    """Keep what can be issued: declarations, statements, memoranda, programmes."""
    kept = ("declaration", "other", "memorandum", "programme")
    return [ref for ref in refs if scene.agreements[ref.agreement]["kind"] in kept]


def _behind_date(scene: Scene, sentence: Sentence, item: Trigger) -> int:
    """Return the end of a verb, or of the date right behind it (`announced on May 16 an agreement`)."""
    for index in sentence.dates:
        start = scene.date_starts[index]
        if 0 < start - item.end <= LONGEST_TO_DATE and scene.text[item.end : start].strip() in ("", "on", "in"):
            return scene.dates[index]["end"]
    return item.end


def _object(scene: Scene, sentence: Sentence, item: Trigger) -> list[Reference]:
    """Return the reference after a verb, with those that `and` joins to it."""
    text = scene.text
    after = [ref for ref in sentence.refs if ref.start >= item.end]
    begin = _behind_date(scene, sentence, item)
    if not after or after[0].start - begin > REACH.get(item.verb.voice, OBJECT):
        return []
    first = after[0]
    between = text[begin : first.start]
    if item.verb.voice in REACH and not (DETERMINED.fullmatch(between) if first.named else between.isspace()):
        return []
    if item.verb.event != "proposed" and WALL.search(between):
        return []
    taking = ("both", "object", "near")
    if any(item.end <= other.start < first.start and other.verb.voice in taking for other in sentence.triggers):
        return []
    found = [first]
    for ref in after[1:]:
        if ref.start != found[-1].start and not SHARED.fullmatch(text, found[-1].end, ref.start):
            break
        found.append(ref)
    return found


def _subject(text: str, sentence: Sentence, item: Trigger, *, passive: bool) -> list[Reference]:
    """Return the reference before a verb: anywhere before a passive, else just before it or with a relative."""
    before = _before(sentence, item)
    if not before or item.start - before[-1].end > SUBJECT:
        return []
    last = _outside(text, sentence, before, item)
    told = any(last.end <= other.start < item.start for other in sentence.triggers)
    opened = told or OPENER.search(text, sentence.start, last.start)
    if opened and NEW_SUBJECT.search(text, last.end, item.start):
        return []
    if not passive and not RELATIVE.match(text[last.end : item.start]):
        return []
    return [ref for ref in before if ref.start in _together(text, before, last, item)]


def _together(text: str, before: Sequence[Reference], last: Reference, item: Trigger) -> set[int]:
    """Return where the names begin that `and` joins to the last one before a verb, if that is in the plural."""
    found = {last.start}
    if not last.named or not PLURAL.search(text, last.end, item.start):
        return found
    for ref in reversed(before):
        if ref.named and ref.end < min(found) and SHARED.fullmatch(text, ref.end, min(found)):
            found.add(ref.start)
    return found


def _outside(text: str, sentence: Sentence, before: Sequence[Reference], item: Trigger) -> Reference:
    """Return the last reference that is not in a bracket closed before the verb, where there is such a one."""
    for ref in reversed(before):
        opened = text.rfind("(", sentence.start, ref.start)
        if opened < 0 or text.find(")", opened, ref.start) >= 0 or text.find(")", ref.end, item.start) < 0:
            return ref
    return before[-1]
