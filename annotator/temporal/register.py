"""Which kind of text this is, from its own evidence: news, formal, or narrative.

A text whose date is known to the day speaks from that day where it uses the words of the moment (`today`, `last week`,
bare weekdays) about as often as years far from its own: that is news. One that has such a date, does not, and keeps to
the years around it is formal (a report, a statement). Everything else is narrative: its time is the time of its story.
"""

from collections.abc import Sequence
from typing import Literal

from annotator.temporal.expressions import Clock, Expression, Fixed, Marked, Shift, Slot, This
from annotator.temporal.scan import Candidate
from annotator.temporal.values import parse

Register = Literal["news", "formal", "narrative"]

NEAR = 2
"""So many years from the document's date count as its own time."""


def register_of(found: Sequence[Candidate], date: str | None) -> Register:
    """Return the register of a text with these expressions and that date."""
    now = parse(date) if date else None
    if now is None or now.unit not in ("day", "month", "year"):
        return "narrative"
    near = far = moment = 0
    for one in found:
        expression = one.expression.inner if isinstance(one.expression, Marked) else one.expression
        moment += of_the_moment(expression)
        if isinstance(expression, Fixed) and expression.type == "date" and expression.value:
            period = parse(expression.value)
            if period is not None:
                close = abs(period.year - now.year) <= NEAR
                near, far = near + close, far + (not close)
    if now.unit == "day" and moment >= 2 and moment * 4 >= far:
        return "news"
    if now.unit == "day" and moment and far <= 3:
        return "news"
    return "formal" if near + moment >= far else "narrative"


def of_the_moment(expression: Expression) -> bool:
    """Return whether the expression speaks from the writer's own day."""
    if isinstance(expression, Slot):
        return expression.unit == "weekday"
    if isinstance(expression, Clock):
        return expression.day is not None and of_the_moment(expression.day)
    return isinstance(expression, Shift | This) and expression.deictic
