"""Rules for expressions that count from another date, and for lengths, frequencies, and vague references.

Rules are as in `absolute`. Lengths and shifts share a pattern: `six months` is a length until `later` follows.
"""

import re

from annotator.temporal.absolute import Leaf
from annotator.temporal.expressions import Clock, Expression, Fixed, Marked, Shift, Slot, This
from annotator.temporal.words import (
    ANY_WEEKDAY,
    AWAY,
    DAYS,
    FILLER,
    HOLIDAYS,
    MONTH,
    NUMBER_WORDS,
    PART,
    PARTS,
    SEASON,
    SEASONS,
    TURNS,
    UNIT,
    UNITS,
    VAGUE,
    WEEKDAYS,
    any_of,
    month_number,
    number_of,
    table,
)

SINGULAR = "(?:year|month|week|day|decade|century|quarter|fortnight|weekend|hour|millennium)"
PLURALS = "(?:years|months|weeks|days|decades|centuries|hours|minutes)"
DEICTIC_TURNS = frozenset(("last", "past", "coming", "this past", "this coming", "this last", "this next"))
EQUAL_PARTS = {"DE": 10, "CE": 100, "ML": 1000, "Q": 3}


def length(amount: float | None, unit: str) -> Fixed:
    """Return a length of time: value as ISO 8601 has it, TIMEX3 with its decades (`P2DE`) and centuries.

    >>> length(2, "DE")
    Fixed(value='P20Y', timex='P2DE', type='duration')
    """
    multiple = re.match(r"\d+", unit)
    if multiple:
        amount, unit = (amount or 1) * int(multiple[0]), unit.lstrip("0123456789")
    if unit in ("NI", "WE"):
        shown = "X" if amount is None else f"{amount:g}"
        return Fixed(
            f"P{shown}D" if unit == "NI" else f"P{'X' if amount is None else f'{2 * amount:g}'}D",
            f"P{shown}{unit}",
            "duration",
        )
    shown = "X" if amount is None else f"{amount:.10g}"
    letter, time = {"H": "H", "MIN": "M", "S": "S"}.get(unit), "T"
    if letter:
        return Fixed(f"P{time}{shown}{letter}", type="duration")
    if unit in EQUAL_PARTS:
        whole = "X" if amount is None else f"{amount * EQUAL_PARTS[unit]:.10g}"
        return Fixed(f"P{whole}{'M' if unit == 'Q' else 'Y'}", f"P{shown}{unit}", "duration")
    return Fixed(f"P{shown}{unit}", type="duration")


def amount_of(match: re.Match[str]) -> float | None:
    """Return the number in the groups of QUANTITY, None where it is unknown (`several`, `two or three`)."""
    words = match["num"]
    if words is None or match["to"]:
        return None
    number = 1 if words in ("a", "an") else number_of(words)
    if match["halved"] and number is not None and words.startswith("a"):
        number /= 2
    return number if number is None or not match["half"] else number + 0.5


NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?(?!\d|[,:]\d)|{NUMBER_WORDS})"
QUANTITY = (
    rf"(?:(?P<halved>half )?(?:(?P<num>(?:an?|one)(?: (?:hundred|thousand|dozen))?|{NUMBER})"
    rf"(?:(?P<to>[ -](?:or|to)[ -]|-){NUMBER})?"
    rf"(?P<half> and (?:a |one[ -])?half| 1/2|½)?|(?P<vague>{VAGUE})))"
)
CLAUSE_END = rf"(?=$|[^\w\s]|\s*\n|\s+{any_of('clause-end')}(?!\w))"
"""What follows `years before` where it counts from the narrative's date and not from something named after it."""
AWAY_WORD = rf"(?P<away>{any_of('away')}(?!\w|-)|{any_of('away-open')}{CLAUSE_END}|{any_of('away-stop')}(?=$|[,.;:)]))"
LENGTH_TEXT = (
    rf"{QUANTITY}(?: (?:or )?more| or so)?(?:[ -](?!half)(?:{FILLER},?)){{0,2}}[ -](?P<unit>{UNIT})(?:s')?"
    r"(?P<andhalf> and (?:a|one)[ -]half)?"
)


def counted(match: re.Match[str]) -> Expression | None:
    """Read `six months later` where a word says from where, or else `six months`."""
    return shifted(match) if match.groupdict().get("away") else lasting(match)


def lasting(match: re.Match[str]) -> Expression | None:
    """Read `ten years`, `a few short months`, `25-year`, `two and a half years`, `two to three days`."""
    number = amount_of(match)
    if match["num"] and number is None and not match["to"]:
        return None
    if match["num"] in ("a", "an") and (match[0].endswith("-long") or match["unit"].endswith("s")):
        return None
    if number is not None and match["andhalf"]:
        number += 0.5
    if (
        number is not None
        and match["unit"] == match["unit"].rstrip("s")
        and match["num"] not in ("a", "an")
        and not plain_unit(match)
    ):
        return None
    return length(number, UNITS[match["unit"]])


def plain_unit(match: re.Match[str]) -> bool:
    """Return whether a singular unit may follow the number: `one year`, `25-year`, `seven day` before a noun."""
    return match["unit"] not in ("second", "quarter", "night") or match["num"] in ("1", "one")


def shifted(match: re.Match[str]) -> Expression | None:
    """Read `six months later`, `a decade ago`, `weeks earlier`, `several years before`."""
    number = amount_of(match)
    if match["num"] and number is None and not match["to"]:
        return None
    if number is not None and match["andhalf"]:
        number += 0.5
    unit, away = UNITS[match["unit"]], match["away"]
    return Shift(number, unit, AWAY[away], away in ("ago", "hence", "from now", "from today", "back"))


def plural_shift(match: re.Match[str]) -> Expression:
    """Read `weeks later`, `the day before`, `the year earlier`, `the day following`: an unknown number, or one."""
    unit, away = match["unit"], match["away"]
    return Shift(None if unit.endswith("s") else 1, UNITS[unit], AWAY[away], away == "ago")


def one_further(unit: str, sign: int) -> Expression:
    """Return what `the year before last`, `the week after next`, `the night before last` say."""
    if unit == "night":
        return Clock("TNI", Shift(2, "D", sign, deictic=True))
    return Shift(2, UNITS[unit], sign, deictic=True, whole=True)


def this(match: re.Match[str]) -> Expression:
    """Read `that year`, `the same day`, `this week`; and with months, seasons, weekdays and parts of day."""
    return named(match, 0, match["word"].startswith(("this", "current")))


def turn(match: re.Match[str]) -> Expression | None:
    """Read `the following year`, `last Thursday`, `next spring`, `previous night`."""
    word = match["word"]
    return named(match, TURNS[word], word in DEICTIC_TURNS or word == "next")


def named(match: re.Match[str], sign: int, deictic: bool) -> Expression:
    """Return what the pattern THING named, at `sign` units from the anchor."""
    name = "this" if deictic and not sign else ""
    if match["part"]:
        day = Shift(1, "D", sign, deictic) if sign else This("D", deictic)
        return Clock(PARTS[match["part"]], day)
    if match["unit"]:
        unit = UNITS[match["unit"]]
        return Shift(1, unit, sign, deictic, whole=True) if sign else This(unit, deictic)
    if match["season"]:
        return Slot("code", SEASONS[match["season"]], turn=sign, name=name)
    if match["month"]:
        if match["day"]:
            return Slot(
                "monthday", month_number(match["month"]), int(re.sub(r"\D", "", match["day"])), turn=sign, name=name
            )
        return Slot("month", month_number(match["month"]), turn=sign, name=name)
    if match["holiday"]:
        return Slot("holiday", name=match["holiday"], turn=sign)
    slot = Slot("weekday", WEEKDAYS[match["weekday"].rstrip(".")], turn=sign, name=name)
    return Clock(PARTS[match["dayparts"]], slot) if match["dayparts"] else slot


HOLIDAY_NAMES = "|".join(re.escape(name) for name in sorted(HOLIDAYS, key=len, reverse=True))
THING = (
    rf"(?:(?:calendar |fiscal )?(?P<unit>{SINGULAR})|(?P<part>{PART})|(?P<season>{SEASON})"
    rf"|(?P<month>{MONTH})(?: (?P<day>\d{{1,2}}(?:st|nd|rd|th)?)(?![\w,]))?"
    rf"|(?P<weekday>{ANY_WEEKDAY})(?: (?P<dayparts>{PART})(?!\w))?|(?P<holiday>{HOLIDAY_NAMES}))(?!\w|-\w)"
)


def day_word(match: re.Match[str]) -> Expression:
    """Read `today`, `yesterday`, `tomorrow night`, `tonight`."""
    if match["tonight"]:
        return Clock("TNI", This("D", True))
    sign = DAYS[match["word"]]
    day = Shift(1, "D", sign, True) if sign else This("D", True)
    return Clock(PARTS[match["part"]], day) if match["part"] else day


LENGTH: Leaf = (
    "dates.length",
    rf"{LENGTH_TEXT}(?!\w)(?:(?: or so| or more| of \w+)? {AWAY_WORD}|[ -](?:long|old|olds|of age)(?!\w))?",
    counted,
)
PLURAL: Leaf = (
    "dates.plural",
    r"(?P<unit>years|months|weeks|days|decades|centuries|hours|minutes|millennia|nights|decade|year|month|week|century|day|hour"
    r"|(?:half|quarter)[ -]century)(?:-long)?(?!\w|-\w)"
    rf"(?: that followed{CLAUSE_END})?",
    lambda match: (
        length(None if match["unit"].endswith(("s", "a")) else 1, UNITS[match["unit"]])
        if match["unit"].endswith(("s", "a")) or match[0].endswith("-long") or UNITS[match["unit"]][0].isdigit()
        else None
    ),
)
PLURAL_SHIFT: Leaf = (
    "dates.shift",
    rf"(?P<unit>{PLURALS}|day|week|month|year|decade|night|evening|morning)(?: |(?<=year)-(?=ago|ear)){AWAY_WORD}",
    lambda match: (
        plural_shift(match)
        if match["unit"] in UNITS
        else Clock(PARTS[match["unit"]], Shift(1, "D", AWAY[match["away"]]))
    ),
)
SEQUENCE: Leaf = (
    "dates.sequence",
    rf"{any_of('sequence')}(?: (?:{FILLER}))? {LENGTH_TEXT}(?!\w)",
    lambda match: (
        counted(match) if match["unit"].endswith("s") or match["num"] not in ("a", "an", "one", None) else None
    ),
)
SEQUENCE_PLURAL: Leaf = (
    "dates.sequence",
    rf"(?P<word>{any_of('sequence')})(?: (?:{FILLER}))? (?P<unit>{PLURALS})(?!\w)",
    lambda match: (
        length(None, UNITS[match["unit"]])
        if match["word"] not in ("early", "opening")
        else Marked("start", length(None, UNITS[match["unit"]]))
    ),
)
PAST_UNIT: Leaf = (
    "dates.sequence",
    rf"(?:past|first) (?P<unit>{SINGULAR}|(?:half|quarter)[ -]century)(?!\w|-)",
    lambda match: length(1, UNITS[match["unit"]]),
)
THIS: Leaf = ("dates.this", rf"(?P<word>{any_of('same')}) {THING}", this)
TURN: Leaf = ("dates.turn", rf"(?P<word>{any_of('turn')}) {THING}", turn)
WEEKEND: Leaf = ("dates.weekend", r"weekend(?!\w|-)", lambda match: Slot("weekend"))
UNIT_END: Leaf = (
    "dates.period-end",
    r"(?P<unit>year|month|week|decade|century|day|quarter)(?:'s[ -]|-)end(?!\w)"
    r"(?: (?:of )?(?P<y>[12]\d{3})(?!\w|[.,:-]\d))?",
    lambda match: Marked("end", Fixed(match["y"]) if match["y"] else This(UNITS[match["unit"]])),
)
DAY_WORD: Leaf = (
    "dates.day-word",
    rf"(?:(?P<tonight>tonight)|(?P<word>{any_of('day')})(?: (?P<part>{PART}))?)(?!\w)",
    day_word,
)
BEFORE_LAST: Leaf = (
    "dates.shift",
    rf"(?P<unit>{SINGULAR}|night) (?:before last|after next)(?!\w)",
    lambda match: one_further(match["unit"], 1 if match[0].endswith("next") else -1),
)
NEXT_DAY_WORD: Leaf = (
    "dates.day-word",
    r"day (?:(before) yesterday|after tomorrow)(?!\w)",
    lambda match: Shift(2, "D", -1 if match[1] else 1, deictic=True),
)
REF: Leaf = (
    "dates.reference",
    rf"{any_of('ref')}(?!\w|-)",
    lambda match: Fixed(None, table("ref")[match[0]] or None, "ref"),
)
