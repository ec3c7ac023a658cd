"""What the grammar reads in the words of a date expression, before any anchor gives it a value."""

import msgspec

from annotator.model import DateType, Mod


class Fixed(msgspec.Struct, frozen=True, gc=False):
    """Complete in itself: a day, a year, a length, a frequency, or a vague reference (`timex` alone)."""

    value: str | None
    timex: str | None = None
    type: DateType = "date"


class Slot(msgspec.Struct, frozen=True, gc=False):
    """A place in a larger period that the words leave out: `May 3`, `spring`, `Thursday`, `the 25th`, `Christmas`.

    `unit` is month (a), monthday (month a, day b), day (a; name is its weekday `1` to `7` where that is said), weekday
    (a), weekend, code (EDTF season, quarter or half a), holiday (name), year (a, of the anchor's era), year-of-century
    (a), decade (a, tens of the anchor's century), century (a-th). `turn` is 1 for the next one after the anchor, -1 for
    the last one before it, 0 where the relation decides.
    """

    unit: str
    a: int = 0
    b: int = 0
    name: str = ""
    turn: int = 0


class Shift(msgspec.Struct, frozen=True, gc=False):
    """So many units from the anchor: `six months later`, `the following year`; `amount` None is an unknown number.

    `whole` counts calendar decades and centuries (`the previous decade`), not ten or a hundred years (`a decade
    later`).
    """

    amount: float | None
    unit: str
    sign: int
    deictic: bool = False
    whole: bool = False


class This(msgspec.Struct, frozen=True, gc=False):
    """The period of that unit which holds the anchor: `that year`, `the same day`, `this week`."""

    unit: str
    deictic: bool = False


class Within(msgspec.Struct, frozen=True, gc=False):
    """A slot of a period that is named with it: `April of the same year`, `August 8` in `last year August 8`."""

    slot: Slot
    period: "Expression"


class Week(msgspec.Struct, frozen=True, gc=False):
    """The n-th week of a period (-1 the last), or for n None the week that holds it; or that week's weekend."""

    n: int | None
    period: "Expression"
    weekend: bool = False


class Nth(msgspec.Struct, frozen=True, gc=False):
    """The n-th of a unit in a period (-1: last): weekday `1` to `7`, day `D`, month `M`, decade `DE` of a century."""

    n: int
    unit: str
    period: "Expression"


class Range(msgspec.Struct, frozen=True, gc=False):
    """From the start of one expression to the end of the other; either may leave out what the other says."""

    left: "Expression"
    right: "Expression"


class Clock(msgspec.Struct, frozen=True, gc=False):
    """A time of day or part of one (TIMEX code `TMO`) on a day, the anchor's where `day` is None."""

    time: str
    day: "Expression | None"


class Marked(msgspec.Struct, frozen=True, gc=False):
    """Another expression under a modifier; `type` overrides the other's where the words ask for it."""

    mod: Mod
    inner: "Expression"
    type: DateType | None = None


Expression = Fixed | Slot | Shift | This | Within | Week | Nth | Range | Clock | Marked


def type_of(expression: Expression) -> DateType:
    """Return the type that a record of this expression has."""
    if isinstance(expression, Fixed):
        return expression.type
    if isinstance(expression, Marked):
        return expression.type or type_of(expression.inner)
    if isinstance(expression, Clock) or (isinstance(expression, Shift | This) and expression.unit in ("H", "MIN", "S")):
        return "time"
    return "date"


def core(expression: Expression) -> Expression:
    """Return the part of an expression that needs an anchor, the expression itself where it has no parts."""
    while True:
        if isinstance(expression, Marked):
            expression = expression.inner
        elif isinstance(expression, Within | Week | Nth):
            expression = expression.period
        elif isinstance(expression, Range):
            expression = expression.right
        elif isinstance(expression, Clock) and expression.day is not None:
            expression = expression.day
        else:
            return expression


def is_day(expression: Expression) -> bool:
    """Return whether the expression names a day, of whatever year."""
    if isinstance(expression, Fixed):
        return expression.type == "date" and len(expression.value or "") >= 10 and "/" not in (expression.value or "")
    if isinstance(expression, Slot):
        return expression.unit in ("monthday", "weekday", "holiday")
    if isinstance(expression, Nth):
        return expression.unit not in ("M", "DE")
    return isinstance(expression, Within | This | Shift) and getattr(expression, "unit", "D") == "D"


def is_date(expression: Expression) -> bool:
    """Return whether the expression names a place on the calendar, not a length or frequency or vague reference."""
    return type_of(expression) == "date" and not isinstance(expression, Marked)


def bare(expression: Expression) -> Expression:
    """Return the expression without its modifier."""
    return expression.inner if isinstance(expression, Marked) else expression
