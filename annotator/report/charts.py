"""A Vega-Lite chart comes in; its SVG, its PNG, or a page that carries all it needs, go out.

Altair makes the specification, vl-convert renders it with the Vega inside it, so that nothing is fetched.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator.errors import UsageError
from annotator.report import page

if TYPE_CHECKING:
    import altair as alt

INK, SOFT, RULE = "#16181c", "#565b64", "#d9dbdf"
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
SERIF = "Charter, Georgia, Liberation Serif, serif"
SCALE = 2
"""Pixels of a PNG for one of the chart, fewer where it would be taller than TALLEST."""
MARGINS, TALLEST = 200, 16_000
FORMS = ("svg", "png", "html")


def render(chart: "alt.LayerChart", form: str) -> bytes:
    """Return a chart as one of FORMS; raise UsageError for another."""
    import vl_convert

    specification = chart.to_dict()
    if form == "svg":
        return str(vl_convert.vegalite_to_svg(specification)).encode()
    if form == "png":
        height = specification.get("height", 0) + MARGINS
        return bytes(vl_convert.vegalite_to_png(specification, scale=min(SCALE, TALLEST / height)))
    if form == "html":
        title = str(specification["title"]["text"])
        library = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub forgets the default
        # vl-convert has pages of its own, but puts texts into their scripts as they stand.
        return page.render("chart.html", "chart", library, title=title, specification=specification)
    raise UsageError(f"“{form}” is no form of chart; known are {', '.join(FORMS)}")


def of(values: Sequence[Mapping[str, Any]]) -> "alt.Chart":
    """Return an empty chart of plain values."""
    import altair as alt

    return alt.Chart(alt.InlineData(values=list(values)))


def finished(
    layers: "alt.LayerChart | alt.FacetChart", *, title: str, note: str, width: int, height: int
) -> "alt.LayerChart":
    """Return a chart with its title, its size, and the look that all have."""
    import altair as alt

    heading = alt.TitleParams(
        title, subtitle=note, anchor="start", frame="bounds", font=SERIF, fontSize=22, color=INK, subtitleFont=FONT,
        subtitleFontSize=13, subtitleColor=SOFT, subtitlePadding=6, offset=14,
    )  # fmt: skip
    sized: alt.LayerChart = layers.properties(
        title=heading, background="white", padding=24, width=width, height=height
    ).configure(
        font=FONT, view=alt.ViewConfig(strokeWidth=0),
        legend=alt.LegendConfig(labelFontSize=12, labelColor=INK, symbolSize=85),
    )  # fmt: skip
    return sized
