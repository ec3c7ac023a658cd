"""The chart of a timeline: a row an agreement, under a heading for each pair of parties."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator import timeline
from annotator.report import charts
from annotator.report.charts import INK, RULE, SOFT
from annotator.report.words import date_words

if TYPE_CHECKING:
    import altair as alt

COLOURS = {"beginning": "#6b5b95", "made": "#0b6a52", "changed": "#8a5a00", "ended": "#a52a17"}
SHAPES = {
    "proposed": "M0,-.6A.6,.6,0,1,1,0,.6A.6,.6,0,1,1,0,-.6Z",
    "negotiations": "circle",
    "agreed in principle": "triangle-right",
    "signed": "diamond",
    "ratified": "square",
    "in force": "triangle-up",
    "revised": "M-.6,-1L.6,-1L1.2,0L.6,1L-.6,1L-1.2,0Z",
    "renewed": "cross",
    "withdrawn from": "triangle-down",
    "ended": "M-1,-.5L-.5,-1L0,-.5L.5,-1L1,-.5L.5,0L1,.5L.5,1L0,.5L-.5,1L-1,.5L-.5,0Z",
}
ROW = 22
"""Pixels that a row takes."""
WIDTH, NAMES = 760, 390
"""Pixels of the axis, and of the names to its left."""
NOTE = "A bar is as long as its date is vague. Hollow: no footnote. Dashed: planned, conditional or denied."
TIPS = {"agreement": "agreement", "event": "event", "words": "date", "modality": "modality", "notes": "footnotes"}

Values = list[dict[str, Any]]


class Placed(NamedTuple):
    """The events, the names of agreements and the headings of lanes, each with its row."""

    events: Values
    names: Values
    lanes: Values

    @property
    def rows(self) -> int:
        """How many rows there are, at least one."""
        return max(len(self.names) + len(self.lanes), 1)


def chart(rows: Sequence[timeline.Row], *, title: str) -> "alt.LayerChart":
    """Return the chart of rows in their order."""
    import altair as alt

    placed = _placed(rows)
    down: dict[str, Any] = {
        "axis": None, "scale": alt.Scale(domain=[-0.7, placed.rows - 0.3], reverse=True, nice=False),
    }  # fmt: skip
    across = _across(timeline.axis(rows))
    y = alt.Y("row:Q", **down)
    events = charts.of(placed.events).encode(
        y=y,
        color=alt.Color("stage:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None),
        tooltip=[alt.Tooltip(f"{key}:N", title=words) for key, words in TIPS.items()],
    )
    bars = events.mark_bar(height=8, cornerRadius=4, opacity=0.22).encode(x=alt.X("start:Q", **across), x2="end:Q")
    lives = charts.of([name for name in placed.names if name["last"] > name["first"]]).encode(y=y)
    layers = alt.layer(
        charts.of(placed.lanes).mark_rule(color=RULE).encode(
            x=alt.value(-NAMES), x2=alt.value(WIDTH), y=alt.Y("above:Q", **down)
        ),
        bars,
        lives.mark_rule(color=SOFT, strokeWidth=1.4).encode(x=alt.X("first:Q", **across), x2="last:Q"),
        *_symbols(events, across, [event for event in SHAPES if any(e["event"] == event for e in placed.events)]),
        *(_words(values, y, bold) for values, bold in ((placed.names, "normal"), (placed.lanes, "bold"))),
    )  # fmt: skip
    return charts.finished(layers, title=title, note=NOTE, width=WIDTH, height=placed.rows * ROW)


def _across(axis: timeline.Axis) -> dict[str, Any]:
    import altair as alt

    words = "datum.value > 0 ? format(datum.value, 'd') : (1 - datum.value) + ' BC'"
    drawn = alt.Axis(
        values=list(axis.ticks), labelExpr=words, orient="top", grid=True, gridColor=RULE, domain=False, ticks=False,
        labelColor=SOFT, labelFontSize=12,
    )  # fmt: skip
    return {"title": None, "scale": alt.Scale(domain=[axis.first, axis.last], nice=False), "axis": drawn}


def _symbols(events: "alt.Chart", across: Mapping[str, Any], told: Sequence[str]) -> tuple["alt.Chart", "alt.Chart"]:
    """Return the symbols of events; the solid ones come first, since the legend takes its look from them."""
    import altair as alt

    legend = alt.Legend(
        orient="top", title=None, direction="horizontal", columns=0, symbolFillColor=INK, symbolStrokeColor=INK
    )  # fmt: skip
    scale = alt.Scale(domain=list(told), range=[SHAPES[event] for event in told])
    symbols = events.encode(x=alt.X("middle:Q", **across), shape=alt.Shape("event:N", scale=scale, legend=legend))
    happened = alt.condition("datum.modality == 'actual'", alt.value([1, 0]), alt.value([2, 2]))
    solid = symbols.transform_filter("datum.solid").mark_point(size=115, filled=True, opacity=1)
    hollow = symbols.transform_filter("!datum.solid").mark_point(size=85, fill="white", opacity=1, strokeWidth=1.6)
    return solid, hollow.encode(strokeDash=happened)


def _words(values: Values, y: "alt.Y", weight: Any) -> "alt.Chart":
    import altair as alt

    text = charts.of(values).mark_text(
        color=INK, fontSize=12, fontWeight=weight, align="left", baseline="middle", limit=NAMES - 20
    )  # fmt: skip
    words: alt.Chart = text.encode(y=y, x=alt.value(-NAMES), text="words:N")
    return words


def _placed(rows: Sequence[timeline.Row]) -> Placed:
    placed = Placed([], [], [])
    place = 0
    for index, row in enumerate(rows):
        if index == 0 or row.lane != rows[index - 1].lane:
            placed.lanes.append({"words": row.lane, "row": place, "above": place - 0.5})
            place += 1
        first, last = row.span
        placed.names.append({"words": row.name, "row": place, "first": first, "last": last})
        for moment, value in zip(row.moments, timeline.values([row]), strict=True):
            solid = moment.cited and moment.modality == "actual"
            said = date_words(moment.value)
            placed.events.append(value | {"row": place, "middle": moment.middle, "solid": solid, "words": said})
        place += 1
    return placed
