"""Points on logarithmic axes as an SVG, for light and dark pages alike, with nothing but text."""

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 430, 250
LEFT, RIGHT, TOP, BOTTOM = 62, 20, 34, 44
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-weight: 600 } .value { font-size: 11px }
  .grid { stroke: #ccc } .line { fill: none; stroke: #1f6fb2; stroke-width: 2 } .point { fill: #1f6fb2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd } .grid { stroke: #555 } .line { stroke: #6db3e8 } .point { fill: #6db3e8 }
  }
"""


class Panel(NamedTuple):
    """A line of points; `across` and `up` name the axes."""

    across: str
    up: str
    points: Sequence[tuple[float, float]]


def draw(panels: Sequence[Panel], title: str, columns: int = 2) -> str:
    """Return the panels side by side, in rows."""
    rows = math.ceil(len(panels) / columns)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * columns} {HEIGHT * rows}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
    ]
    for index, panel in enumerate(panels):
        place = f"translate({index % columns * WIDTH} {index // columns * HEIGHT})"
        parts.append(f'<g transform="{place}">{_panel(panel)}</g>')
    return "\n".join([*parts, "</svg>\n"])


def _decades(values: Sequence[float]) -> range:
    """Return the powers of ten that hold all values between them."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return range(low, max(high, low + 1) + 1)


def _panel(panel: Panel) -> str:
    across, up = _decades([x for x, _ in panel.points]), _decades([y for _, y in panel.points])

    def x(value: float) -> float:
        return LEFT + (math.log10(value) - across[0]) / (across[-1] - across[0]) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(value) - up[0]) / (up[-1] - up[0]) * (HEIGHT - TOP - BOTTOM)

    parts = [f'<text class="title" x="{LEFT}" y="18">{escape(panel.up)}</text>']
    for power in up:
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10**power):.1f}" y2="{y(10**power):.1f}"/>'
        )
        parts.append(f'<text x="{LEFT - 8}" y="{y(10**power) + 4:.1f}" text-anchor="end">{_number(10**power)}</text>')
    for power in across:
        parts.append(
            f'<text x="{x(10**power):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{_number(10**power)}</text>'
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(panel.across)}</text>'
    )
    line = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in panel.points)
    parts.append(f'<polyline class="line" points="{line}"/>')
    for a, b in panel.points:
        parts.append(f'<circle class="point" cx="{x(a):.1f}" cy="{y(b):.1f}" r="3.5"/>')
        parts.append(f'<text class="value" x="{x(a):.1f}" y="{y(b) - 8:.1f}" text-anchor="middle">{_value(b)}</text>')
    return "\n".join(parts)


def _number(value: float) -> str:
    """Return a power of ten as one reads it.

    >>> _number(0.1), _number(10000), _number(10**7)
    ('0.1', '10k', '10M')
    """
    for size, letter in ((10**6, "M"), (10**3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _value(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"
