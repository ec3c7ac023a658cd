"""Which date an event has: a sentence, a trigger and its agreement come in, the index of a date goes out.

Of the sentence's dates the cheapest is taken, where distance, clause breaks, other verbs and other agreements between
cost.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from annotator.lexicons.cues import cue
from annotator.pipeline.events.references import Reference
from annotator.pipeline.events.sentence import NAMING, Scene, Sentence, Trigger

MOST = 150
"""The most that a date can cost; each code point between costs one."""
FAR = 60
"""The most that distance costs a date before the verb: it can open the sentence."""
OTHER_VERB, OTHER_CLAUSE, OTHER_AGREEMENT, BREAK = 90, 90, 40, 15
"""What costs each thing between."""
STRAY = 130
"""What costs a date that stands with a verb of saying, or in an inserted clause."""
OPENING = 12
"""A date that begins within so many code points of its sentence's start dates all of it."""
BACK = 600
"""How far back in the paragraph a date is looked for that a sentence continues."""
APART = re.compile(
    r"[;()]|[^\S\n](?:that|which|who|whom|where|because|although|while|after|before|since|until|when)[^\S\n]"
)
AFTER_IT = re.compile(r"\b(?:after|before|since)[^\S\n](?:it|they)\b")
"""What a date before it does not date, since it tells of another time."""
ASIDE = re.compile(r"\([^()]*\)")
WHEN = re.compile(r"^,?[^\S\n]when\b")
BREAKS = re.compile(r"[,;][^\S\n](?:and|but|which|while|where|who)\b|;|[^\S\n]—|—|[^\S\n]and[^\S\n]")
UNTIL = re.compile(r"\b(?:until|till|through|to)[^\S\n](?:the[^\S\n])?$")
NOT_YET = re.compile(r"\b(?:before|until|till|prior to|pending)[^\S\n](?:(?:the|its|their)[^\S\n])?(?:\w+[^\S\n])?$")
"""What stands before a deed that comes after the dates before it (`in 1995, before the signing of …`)."""
SAYING = "welcomed|praised|hailed|noted|said|expressed|condemned|urged|told|stressed|reiterated"
SAID_AFTER = re.compile(rf",?[^\S\n](?:{SAYING})\b")
SAID_BEFORE = re.compile(rf"\b(?:{SAYING})[^\S\n](?:on[^\S\n])?$")
INSERTED = re.compile(r",[^\S\n](?:which|who|that)[^\S\n][^,;]*$")
SINCE = " since "
DENIAL = 20
"""How far before a verb it can be denied."""
RIGHT_BEHIND = re.compile(r",?[^\S\n](?:(?:in|on)[^\S\n])?(?:(?:early|late|mid)[^\S\n])?")
SHARED = re.compile(r",?[^\S\n](?:(?:and|or|then|later|\w+ly|was|were)[^\S\n]){0,4}")
LONGEST_JOINT = 24
"""How many code points stand at most between two dates that are joined."""
AGAIN = re.compile(r"^,? ?and(?: again| then)?(?: by [A-Z]\w+)?(?: in| on)?$")
YEAR = re.compile(r"\b[12]\d{3}\b")


def date_of(scene: Scene, sentence: Sentence, telling: Sequence[int], item: Trigger, ref: Reference) -> int | None:
    """Return the date of a trigger and its agreement, None for none.

    `telling` are the places of the triggers that speak of an agreement. A signature without a date of its own has the
    year in the agreement's name, or the date that its sentence continues; never one that contradicts that year.
    """
    index = cheapest(scene, sentence, telling, item, ref)
    if item.verb.event != "signed":
        return index
    year = YEAR.search(scene.text, ref.start, ref.end) if ref.named else None
    if year is not None and index is not None and not scene.value(index).startswith(year[0]):
        return None
    if index is None and ref.named:
        index = _named_year(scene, ref)
        return _continued(scene, sentence) if index is None else index
    return index


def cheapest(scene: Scene, sentence: Sentence, telling: Sequence[int], item: Trigger, ref: Reference) -> int | None:
    """Return the date of the sentence that costs least, None where all cost too much."""
    costs = [(_cost(scene, sentence, telling, item, ref, index), index) for index in sentence.dates]
    best, index = min(costs, default=(MOST + 1.0, 0))
    if best > MOST:
        return None
    return _finer(scene, sentence, _range_start(scene, sentence, index))


def _cost(scene: Scene, sentence: Sentence, telling: Sequence[int], item: Trigger, ref: Reference, index: int) -> float:
    start, end = scene.dates[index]["start"], scene.dates[index]["end"]
    until = item.verb.event in ("renewed", "in_force") and _until(scene, sentence, start)
    if until and not not_until(scene, sentence, item, index):
        return MOST + 1.0
    if start < item.start and NOT_YET.search(scene.text, max(sentence.start, item.start - 25), item.start):
        return MOST + 1.0
    first_date = scene.date_starts[_first_listed(scene, sentence, index)] if len(sentence.dates) > 1 else start
    if _taken(scene, sentence, telling, item, first_date):
        return MOST + 1.0
    if start >= item.end:
        first, last = (ref.end if item.end <= ref.end <= start else item.end), start
        cost = float(last - first)
    else:
        first, last = end, (ref.start if end <= ref.start <= item.start else item.start)
        cost = min(last - first, FAR) + (last - first) / 100 + (10 if end - sentence.start < 40 else 25)
    verbs = sum(1 for place in telling if place != item.start and first <= place < last)
    names = {other.agreement for other in sentence.refs if first <= other.start < last} - {ref.agreement}
    agent = len(names) == 1 and scene.text.startswith(" by ", item.end)
    between = ASIDE.sub("", scene.text[first:last])
    if item.verb.event == "negotiations" and between.endswith(SINCE):
        between = between.removesuffix(SINCE)
    elif until:
        between = UNTIL.sub("", between)
    cost += STRAY * (_is_of_saying(scene.text, start, end) or _is_closed_off(scene, sentence, index, item))
    opening = end <= item.start and start - sentence.start < OPENING
    breaks = 0 if opening else len(BREAKS.findall(between))
    apart = len(APART.findall(WHEN.sub("", between))) + (AFTER_IT.search(between) is not None)
    return cost + OTHER_VERB * verbs + OTHER_AGREEMENT * (len(names) - agent) + BREAK * breaks + OTHER_CLAUSE * apart


def _is_of_saying(text: str, start: int, end: int) -> bool:
    """Say whether a date stands right beside a verb of saying (`on 3 May welcomed the signing`): it dates that."""
    return SAID_AFTER.match(text, end) is not None or SAID_BEFORE.search(text, max(0, start - 25), start) is not None


def _is_closed_off(scene: Scene, sentence: Sentence, index: int, item: Trigger) -> bool:
    """Say whether a date is in an inserted clause that ends before the verb (`…, drawn up in June, were signed`)."""
    start, end = scene.dates[index]["start"], scene.dates[index]["end"]
    inside = end < item.start and scene.text.startswith(",", end)
    return inside and INSERTED.search(scene.text, sentence.start, start) is not None


def _until(scene: Scene, sentence: Sentence, start: int) -> bool:
    """Say whether `until` stands before a date."""
    return UNTIL.search(scene.text, max(sentence.start, start - 12), start) is not None


def not_until(scene: Scene, sentence: Sentence, item: Trigger, index: int | None) -> bool:
    """Say whether what a trigger tells did not happen until its date, and so did then."""
    if index is None or scene.date_starts[index] < item.end or not _until(scene, sentence, scene.date_starts[index]):
        return False
    return cue("until").search(scene.text, max(sentence.start, item.start - DENIAL), item.start) is not None


def _taken(scene: Scene, sentence: Sentence, telling: Sequence[int], item: Trigger, start: int) -> bool:
    """Say whether a date stands right behind another verb that tells something (`signed in 1920, was renewed`).

    What `and` joins to that verb shares it.
    """
    for other in sentence.triggers:
        behind = other.start in telling and other.start != item.start and other.end < start
        if behind and RIGHT_BEHIND.fullmatch(scene.text, other.end, start):
            return not (item.end <= other.start and SHARED.fullmatch(scene.text, item.end, other.start))
    return False


def _finer(scene: Scene, sentence: Sentence, index: int) -> int:
    """Return the date right behind one that it makes more exact (`two years later, in March 2021`), else the one."""
    after = index + 1
    if after in sentence.dates and scene.dates[after]["start"] - scene.dates[index]["end"] <= len(", on "):
        value = scene.value(index)
        if value and scene.value(after).startswith(value):
            return after
    return index


def _joined(scene: Scene, sentence: Sentence, index: int) -> tuple[str, str]:
    """Return the words before the date before this one, and those between the two; nothing where there is none."""
    if index - 1 not in sentence.dates:
        return "", ""
    before = scene.dates[index - 1]
    if scene.date_starts[index] - before["end"] > LONGEST_JOINT:
        return "", ""
    between = scene.text[before["end"] : scene.dates[index]["start"]].strip().removesuffix(" the")
    between = AGAIN.sub("and", between)
    return scene.text[max(sentence.start, before["start"] - 30) : before["start"]].lower(), between


def _range_start(scene: Scene, sentence: Sentence, index: int) -> int:
    """Return the first date of `between … and …` or `from … to …` for its second."""
    opening, between = _joined(scene, sentence, index)
    if (between == "and" and "between" in opening) or (between in ("to", "until", "through") and "from" in opening):
        return index - 1
    return index


def with_joined(scene: Scene, sentence: Sentence, index: int, *, begun: bool) -> tuple[int, ...]:
    """Return a date, and those that a list joins to it (`in August and September 1944`, `in 1979, 1984 and 1989`).

    Of what has only `begun` then, none that follows.
    """
    found = list(range(index, _first_listed(scene, sentence, index) - 1, -1))
    last = index + 1
    while not begun and last in sentence.dates and _listed(scene, sentence, last):
        found.append(last)
        last += 1
    return tuple(found)


def _first_listed(scene: Scene, sentence: Sentence, index: int) -> int:
    """Return the first date of the list that a date is in, itself where it is in none."""
    while _listed(scene, sentence, index):
        index -= 1
    return index


def _listed(scene: Scene, sentence: Sentence, index: int) -> bool:
    """Say whether a date is joined to the one before as the next of a list."""
    opening, between = _joined(scene, sentence, index)
    alike = len(scene.value(index)) == len(scene.value(index - 1))
    return (between == "and" or (between in (",", ", and") and alike)) and "between" not in opening


def _continued(scene: Scene, sentence: Sentence) -> int | None:
    """Return the last date before a sentence that goes on with it (`during that visit`), in its paragraph."""
    if cue("continuing").search(scene.text, sentence.start, sentence.end) is None:
        return None
    first = max(0, sentence.start - BACK)
    first = max(first, scene.text.rfind("\n", first, sentence.start))
    indices = range(bisect_left(scene.date_starts, first), bisect_left(scene.date_starts, sentence.start))
    return next((index for index in reversed(indices) if scene.is_dating(index)), None)


def _named_year(scene: Scene, ref: Reference) -> int | None:
    """Return the year in `signed the Convention of 1818`, which dates it where nothing else does."""
    index = bisect_left(scene.date_starts, ref.end)
    if index < len(scene.dates) and NAMING.fullmatch(scene.text, ref.end, scene.date_starts[index]):
        return index
    return None
