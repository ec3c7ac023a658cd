"""The chart of a network: actors as points, ties as lines as thick as their number of agreements."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator import network
from annotator.report import charts
from annotator.report.charts import INK, SOFT

if TYPE_CHECKING:
    import altair as alt
    import networkx as nx

COLOURS = {"state": "#1c5d99", "org": "#0b6a52", "bloc": "#8a5a00", "person": "#6b5b95"}
SHAPES = {"state": "circle", "org": "square", "bloc": "diamond", "person": "triangle-up"}
WIDTH, LOWEST, MARGIN = 860, 300, 70
"""Pixels from side to side and from top to bottom at least, and around everything."""
SMALL, LARGE, MOST = 90, 700, 30
"""Square pixels of an actor in one agreement, and of one in so many."""
NOTE = "Actors tied by agreements; a line is the thicker the more there are."


def chart(graph: "nx.Graph[str]", *, title: str) -> "alt.LayerChart":
    """Return the chart of a graph that `network.graph` has made."""
    import altair as alt

    actors, ties = network.values(graph)
    (left, right), (low, high) = (_bounds(actors, key) for key in ("x", "y"))
    # Small networks stand in the middle of a page, large ones take the room that they need.
    aside, below = max((WIDTH - right + left) / 2, MARGIN), max((LOWEST - high + low) / 2, MARGIN)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[left - aside, right + aside], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[low - below, high + below], nice=False))
    width, height = round(right - left + 2 * aside), round(high - low + 2 * below)
    _lift_names(actors)
    thickness = alt.Scale(domain=[1, 10], range=[1.2, 9], clamp=True)
    lines = charts.of(ties).mark_rule(color=SOFT, opacity=0.55, strokeCap="round").encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("weight:Q", scale=thickness, legend=None),
        tooltip=[alt.Tooltip(f"{key}:N") for key in ("one", "other", "weight", "names")],
    )  # fmt: skip
    tips = [alt.Tooltip(f"{key}:N") for key in ("name", "group", "agreements")]
    shown = charts.of(actors).encode(x=x, y=y, tooltip=tips)
    names = shown.encode(y=alt.Y("above:Q", axis=None), text="name:N")
    halo = names.mark_text(fontSize=12, fontWeight="bold", stroke="white", strokeWidth=4)
    layers = alt.layer(lines, _points(shown, actors), halo, names.mark_text(fontSize=12, fontWeight="bold", color=INK))
    return charts.finished(layers, title=title, note=NOTE, width=width, height=height)


def _points(shown: "alt.Chart", actors: Sequence[Mapping[str, Any]]) -> "alt.Chart":
    import altair as alt

    groups = [group for group in COLOURS if any(actor["group"] == group for actor in actors)]
    legend = alt.Legend(
        orient="top", title=None, direction="horizontal",
        labelExpr="datum.value == 'org' ? 'organization' : datum.value",
    )  # fmt: skip
    colours, shapes = ([each[group] for group in groups] for each in (COLOURS, SHAPES))
    sizes = alt.Scale(domain=[1, MOST], range=[SMALL, LARGE], clamp=True)
    points: alt.Chart = shown.mark_point(filled=True, opacity=1, stroke="white", strokeWidth=1.5).encode(
        size=alt.Size("agreements:Q", scale=sizes, legend=None),
        color=alt.Color("group:N", scale=alt.Scale(domain=groups, range=colours), legend=legend),
        shape=alt.Shape("group:N", scale=alt.Scale(domain=groups, range=shapes), legend=legend),
    )
    return points


def _lift_names(actors: Sequence[dict[str, Any]]) -> None:
    """Put each name over its point, however large that is."""
    for actor in actors:
        share = min((actor["agreements"] - 1) / (MOST - 1), 1)
        radius = ((SMALL + (LARGE - SMALL) * share) / 3.14) ** 0.5
        actor["above"] = actor["y"] + radius + 11


def _bounds(actors: Sequence[Mapping[str, Any]], key: str) -> tuple[float, float]:
    found = [actor[key] for actor in actors] or [0.0]
    return min(found), max(found)
