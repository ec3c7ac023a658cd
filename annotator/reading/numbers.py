"""Numbers in the running text that may be footnote marks: a text comes in, candidates with their weight go out."""

import re
from functools import cache
from typing import NamedTuple

from annotator.reading.run import CERTAIN, LIKELY, POSSIBLE, UNLIKELY, Candidate
from annotator.reading.sentences import OPENERS, abbreviations, is_initial
from annotator.temporal.words import MONTHS, SHORT_MONTHS

GLUED = re.compile(
    r"[1-9](?:(?<=[^\s(\[{“‘$€£¥#@&*+/=<>~^|\\–—_0-9-][0-9])|(?<=[.!?…”’\"')\]»][ \xa0][0-9]))[0-9]{0,2}+(?!\w)"
)
AFTER = re.compile(r"(?:,[1-9]\d?(?!\d))*+[.,;:!?…)\]”’\"'»]*+(?:—|\s|\Z)")
RAISED = re.compile("[¹²³⁴-⁹][⁰¹²³⁴-⁹]*")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
EXPONENT = re.compile(r"(?<!\w)(?:[ckdmµ]?m|[A-Za-z]|mi|ft|yd)\Z")
POWER = re.compile(r"(?<!\d)(?![12]\d{3}\Z)\d+\Z")
MONTH_DAY = re.compile(r"(?<!\w)([A-Z][a-z]+)\s\d{1,2}([.,])\Z")
STOPPED = re.compile(r"(\S+)\.[”’\"'»)\]]*[ \xa0]?\Z")
LOOK_BACK = 24
"""How many code points before a number are looked at."""


class Rule(NamedTuple):
    """What stands before a number, and what it weighs before a new sentence or a line's end, and before other words."""

    before: re.Pattern[str]
    opening: float | None
    inner: float | None


QUOTES, BRACKETS, STOPS, COMMAS, SPACES = "”’\"'", "»)]", ".!?…", ",;:", " \xa0"
_ROWS = [
    # last character (none: a letter), what stands before, weight before a new sentence, weight before other words
    (QUOTES, r"\w,[”’\"']+", CERTAIN, CERTAIN),  # `Protect its People,”35 a policy`
    (QUOTES + BRACKETS, r"[\w%][.!?…]+[”’\"'»)\]]+", CERTAIN, LIKELY),  # `for peace.”15 For`, `crossings.)18 On`
    (STOPS, r"[^\W\d][”»)\]]+[.!?…]+", CERTAIN, LIKELY),  # `the “old order”.3 The`
    ("”»)]" + COMMAS, r"[^\W\d][”»)\]]+[,;:]?", LIKELY, LIKELY),  # `the “old order”3 and`
    ("”»)].,;", r"(?<!\d)[12]\d{3}[”»)\]]+[.,;]?", LIKELY, LIKELY),  # `(in 1983)12 and`
    ("’\"'", r"[^\W\d][\"’']", POSSIBLE, POSSIBLE),
    (".", r"(?<![\d.,$£€¥])[12]\d{3}\.", LIKELY, UNLIKELY),  # `in 1984.12 The`
    (",;", r"(?<![\d.,$£€¥])[12]\d{3}[,;]", LIKELY, LIKELY),  # `in 2020,14 which`
    (STOPS, r"(?:[^\W\d]|%|\. )[.!?…]+", CERTAIN, POSSIBLE),  # `remain focused on Europe.3 The`; less for abbreviations
    (COMMAS, r"[^\W\d][,;:]", LIKELY, LIKELY),  # `the Accords,3 which`
    (".", r"\d,\d{3}\.", LIKELY, None),  # `at 350,000.7 It`
    (",", r"(?<!\w)[A-Z][a-z]+\s\d{1,2},", POSSIBLE, POSSIBLE),  # `on July 21,5 but`
    (".", r"(?<![$£€¥\d.,:])\d{1,3}\.", UNLIKELY, None),  # `won by 12.3 The`, but `up by 3.5 percent`
    ("%", r"(?<![\d.])\d+%", POSSIBLE, POSSIBLE),
    (SPACES, r"[\w%”»)\]][.!?…]+[”’\"'»)\]]*[ \xa0]", UNLIKELY, None),  # `quasi alliance.” 24 A more`
    ("", r"[^\W\d]’s", POSSIBLE, POSSIBLE),  # `Japan’s3`
    ("", r"(?<!\w)[^\W\d_]*[a-zà-ÿ]{2}", POSSIBLE, POSSIBLE),  # `the Accords3 were`
    ("", r"(?<!\w)[A-Z]{3,}", UNLIKELY, UNLIKELY),  # `NATO3 agreed`, but `MIG29`
]
RULES = {
    last: [
        Rule(re.compile(before + r"\Z"), *weights)
        for lasts, before, *weights in _ROWS
        if last in (tuple(lasts) or ("",))
    ]
    for last in ["", *QUOTES, *BRACKETS, *STOPS, *COMMAS, *SPACES, "%"]
}


def glued(text: str, end: int) -> list[Candidate]:
    """Return the numbers of one to three digits in `text` before `end` that may be marks, in order."""
    found: list[Candidate] = []
    for match in GLUED.finditer(text, 0, end):
        start, stop = match.span()
        before = text[max(0, start - LOOK_BACK) : start]
        last = found[-1] if found else None
        number = int(match[0])
        if last and last.end == start - 1 and before[-1] == "," and number > last.number and len(match[0]) < 3:
            found.append(Candidate(start, stop, number, last.weight, last.stem))  # `words.12,13`
            continue
        weight = _weigh(before, text, stop)
        if weight is not None:
            found.append(Candidate(start, stop, number, weight, before.split()[-1]))
    return found


def raised(text: str, end: int) -> list[Candidate]:
    """Return the superscript numbers in `text` before `end` that may be marks, in order."""
    if text.isascii() or not any(digit in text for digit in "¹²³⁴⁵⁶⁷⁸⁹"):
        return []
    found = []
    for match in RAISED.finditer(text, 0, end):
        start, stop = match.span()
        before = text[max(0, start - LOOK_BACK) : start]
        if not before.strip() or before[-1] in "⁻⁺⁄/" or EXPONENT.search(before) or text[stop : stop + 1] == "⁄":
            continue
        weight = UNLIKELY if POWER.search(before) else CERTAIN
        found.append(Candidate(start, stop, int(match[0].translate(DIGITS)), weight, before.split()[-1]))
    return found


def _weigh(before: str, text: str, end: int) -> float | None:
    """Return what the number that ends at `end`, after `before`, weighs as a mark; None when it is none."""
    after = AFTER.match(text, end)
    if after is None:
        return None
    following = text[after.end() : after.end() + 12].lstrip(" \xa0\t\r" + OPENERS)
    opening = after[0][-1:] in ("", "\n") or not following[:1].islower()
    last = "" if before[-1].isalpha() else before[-1]
    for rule in RULES.get(last, ()):
        if rule.before.search(before):
            weight = rule.opening if opening else rule.inner
            return weight if weight is None else _temper(before, weight)
    return None


def _temper(before: str, weight: float) -> float | None:
    """Return `weight`, or less where the stop before the number belongs to an abbreviation, or more after a day."""
    day = MONTH_DAY.search(before)
    if day:
        return (LIKELY if day[2] == "." else POSSIBLE) if day[1] in _months() else UNLIKELY
    stopped = STOPPED.search(before)
    if stopped is None:
        return weight
    word = stopped[1].lstrip(OPENERS)
    kind = abbreviations().get(word)
    spaced = before[-1] in " \xa0"
    if kind is None and not is_initial(word):
        return weight
    if before[-1] not in ". \xa0":
        return weight  # a closing quotation mark stands between: the stop ends more than the abbreviation
    if spaced:
        return None
    return min(weight, POSSIBLE) if kind in (None, "either") else UNLIKELY


@cache
def _months() -> frozenset[str]:
    return frozenset(word.capitalize() for word in MONTHS if word not in SHORT_MONTHS)
