"""The proof of a date: words, the anchor's value and the relation give its meaning again; and the steps in words."""

from annotator.model import Relation
from annotator.temporal.expressions import Clock, Expression, Fixed, Marked, Nth, Range, Shift, Slot, This, Week, Within
from annotator.temporal.grammar import read
from annotator.temporal.resolve import Meaning, meaning
from annotator.temporal.words import UNITS

UNIT_WORDS = {code: word.rstrip("s") for word, code in UNITS.items()} | {"CE": "century", "ML": "millennium"}


def derive(words: str, *, anchor: str | None, relation: Relation | None) -> Meaning:
    """Return what the words mean from an anchor's value in a relation.

    Words that are no expression of time are of type `ref`, without a value.

    >>> derive("six months later", anchor="2014-01", relation="after")
    Meaning(type='date', value='2014-07', mod=None, timex='2014-07')
    """
    hit = read(words)
    return meaning(hit.expression, anchor, relation) if hit else Meaning("ref", None, None, None)


def derivation(words: str, anchor: str | None, relation: Relation | None) -> str:
    """Return the steps from words, anchor and relation to the value, in one or two sentences.

    >>> derivation("six months later", "2014-01", "after")
    'Rule dates.shift reads “six months later” as 6 months after its anchor. From 2014-01 that is 2014-07.'
    """
    hit = read(words)
    if hit is None:
        return f"No rule reads “{words}” as one expression of time."
    found = meaning(hit.expression, anchor, relation)
    first = f"Rule {hit.rule} reads “{words}” as {said(hit.expression)}."
    if found.value is None:
        return first + (f" From {anchor} it has no value." if anchor else " Nothing gives it a value.")
    if anchor is None:
        return first + f" Its value is {found.value}."
    side = (
        {"before": ", looking back,", "after": ", looking ahead,"}.get(relation or "", "")
        if "Slot" in repr(hit.expression)
        else ""
    )
    return first + f" From {anchor}{side} that is {found.value}."


def said(expression: Expression) -> str:
    """Return in words what an expression says."""
    if isinstance(expression, Fixed):
        kinds = {
            "duration": "a length",
            "set": "a frequency",
            "ref": "a vague reference",
            "date": "complete",
            "time": "complete",
        }
        return kinds[expression.type] + (
            f" ({expression.value or expression.timex})" if expression.value or expression.timex else ""
        )
    if isinstance(expression, Marked):
        return f"{said(expression.inner)}, with the modifier “{expression.mod}”"
    if isinstance(expression, Shift):
        number = "an unknown number of" if expression.amount is None else f"{expression.amount:g}"
        unit = UNIT_WORDS[expression.unit]
        plural = "" if expression.amount == 1 else "s"
        return f"{number} {unit}{plural} {'after' if expression.sign > 0 else 'before'} its anchor"
    if isinstance(expression, This):
        return f"the {UNIT_WORDS[expression.unit]} that holds its anchor"
    if isinstance(expression, Range):
        return f"a range, from {said(expression.left)} to {said(expression.right)}"
    if isinstance(expression, Within):
        return f"{said(expression.slot)} in {said(expression.period)}"
    if isinstance(expression, Week):
        return f"a week of {said(expression.period)}"
    if isinstance(expression, Nth):
        number = "last" if expression.n < 0 else f"{expression.n}."
        unit = {"D": "day", "M": "month", "DE": "decade"}.get(expression.unit, "such weekday")
        return f"the {number} {unit} in {said(expression.period)}"
    if isinstance(expression, Clock):
        return f"a time on {said(expression.day) if expression.day else 'the day of its anchor'}"
    return said_slot(expression)


def said_slot(slot: Slot) -> str:
    """Return in words what a slot names and leaves out."""
    missing = {
        "day": "a day without its month",
        "nth": "an ordinal without its noun",
        "weekday": "a weekday without its week",
        "weekend": "a weekend without its week",
    }
    missing |= {
        "short-year": "a year without its century",
        "short-decade": "a decade without its century",
        "year": "a year without its era",
    }
    turned = {1: ", the next one after its anchor", -1: ", the last one before its anchor", 0: ""}[slot.turn]
    return missing.get(slot.unit, "a part of a year without the year") + turned
