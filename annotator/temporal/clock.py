"""Rules for clock times and for parts of the day that stand without a day."""

import re

from annotator.temporal.absolute import Leaf
from annotator.temporal.expressions import Clock, Expression
from annotator.temporal.words import CLOCK_WORDS, NUMBER_WORDS, PART, PARTS, any_of, number_of, table

NAMED_ZONE = any_of("zone")
ZONE = (
    rf"(?P<zone> ?{NAMED_ZONE}(?!\w))?"
    rf"(?: \(\d{{1,2}}:?\d\d ?(?:{NAMED_ZONE}|a\.?m\.?|p\.?m\.?)(?: {NAMED_ZONE})?\))?"
)
"""A zone, and the same time in another one in brackets."""


def time_text(hour: int, minute: int, half: str, zone: str | None) -> str | None:
    """Return the time as EDTF has it, `T15:00:00`; None where there is no such hour."""
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 24 or minute > 59:
        return None
    return f"T{hour:02d}:{minute:02d}:00" + table("zone")[zone.strip()] if zone else f"T{hour:02d}:{minute:02d}:00"


def half_of(part: str | None, hour: int) -> str:
    """Return which half of the day `3 o'clock in the afternoon`, `ten at night` says; nothing where none is said."""
    if part is None or not 1 <= hour <= 12:
        return ""
    night = "p" if 6 <= hour < 12 else "a"
    return {"morning": "a", "night": night}.get(part, "p")


def clock(match: re.Match[str]) -> Expression | None:
    """Read `3 p.m.`, `8:30 p.m. BST`, `19:00`, `05:30hrs`, `1930 UTC`, `three o'clock in the afternoon`, `noon`."""
    groups = match.groupdict()
    if groups.get("word"):
        hour, minute = (int(part) for part in CLOCK_WORDS[match["word"]].split(":"))
    elif groups.get("spelled"):
        number = number_of(match["spelled"])
        if number is None:
            return None
        hour, minute = int(number), 0
    else:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = groups.get("half") or half_of(groups.get("part") or groups.get("night"), hour)
    time = time_text(hour, minute, half, match["zone"])
    return Clock(time, None) if time else None


def past(match: re.Match[str]) -> Expression | None:
    """Read `half past nine`, `quarter to ten in the morning`."""
    hour = int(number_of(match["spelled"]) or 0)
    if not 1 <= hour <= 12 or (match["half"] and match["side"] == "to"):
        return None
    half = half_of(match["part"] or match["night"], hour)
    minute = 30 if match["half"] else 15
    if match["side"] == "to":
        hour, minute = (hour - 2) % 12 + 1, 45
    time = time_text(hour, minute, half, match["zone"])
    return Clock(time, None) if time else None


TWELVE: Leaf = (
    "dates.clock",
    rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?)? ?(?P<half>[ap]\.m\.?|[ap]m)(?!\w){ZONE}",
    clock,
)
TWENTY_FOUR: Leaf = (
    "dates.clock",
    (
        r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?:hrs|hours|h)(?!\w))?(?![\w:]|[.,]\d)"
        rf"{ZONE}"
    ),
    clock,
)
MILITARY: Leaf = (
    "dates.clock",
    r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<zone> (?:utc|gmt|local time))(?!\w)",
    clock,
)
HOURS: Leaf = (
    "dates.clock",
    rf"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) ?(?:hrs|hours)(?!\w){ZONE}",
    clock,
)
OF_DAY = r"(?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night)(?!\w))"
OF_PART: Leaf = (
    "dates.clock-part",
    rf"(?:(?P<hour>1[0-2]|[1-9])(?:[:.](?P<minute>[0-5]\d))?|(?P<spelled>{NUMBER_WORDS})) {OF_DAY}{ZONE}",
    clock,
)
OCLOCK: Leaf = (
    "dates.clock",
    (
        rf"(?:(?P<hour>\d{{1,2}})(?P<minute>(?!))?|(?P<spelled>{NUMBER_WORDS})) o'clock"
        rf"(?: {OF_DAY})?{ZONE}"
    ),
    clock,
)
PAST: Leaf = (
    "dates.clock-past",
    rf"(?:(?P<half>half)|quarter) (?P<side>past|to) (?P<spelled>{any_of('number')})(?![\w-])(?: {OF_DAY})?{ZONE}",
    past,
)
CLOCK_WORD: Leaf = ("dates.clock", rf"(?P<word>{any_of('clock-word')})(?!\w|-){ZONE}", clock)
PART_ALONE: Leaf = (
    "dates.part-of-day",
    rf"(?P<part>{PART})(?: hours)?(?!\w|-)",
    lambda match: Clock(PARTS[match["part"]], None),
)
