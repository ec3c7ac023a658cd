"""The article on the screen: its lines as far as they are visible, gold's spans, and what is looked at just now."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotator.model import Finding
from annotator.review.layout import Lines, at_cell, shown
from annotator.review.rows import Row

GUTTER = 2
LABELS = {
    "DATE": Style(color="cyan", underline=True),
    "ACTOR": Style(color="green", underline=True),
    "AGREEMENT": Style(color="yellow", underline=True),
    "CITATION": Style(color="magenta"),
}
MARKED = {
    "both": Style(reverse=True, bold=True),
    "old": Style(reverse=True, bold=True, strike=True),
    "new": Style(reverse=True, bold=True, underline=True),
}
"""How what is looked at stands out, without colour too: gold's words struck through, the extracted ones underlined."""
POINTER = Style(bold=True)


class Marked(NamedTuple):
    """A stretch that stands out."""

    start: int
    end: int
    mark: str


def marked(finding: Finding) -> list[Marked]:
    """Return what stands out for a finding: the words of both sides, in order."""
    gold, found = finding.gold, finding.found
    if gold is None or found is None or (gold.start, gold.end) == (found.start, found.end):
        mark = "both" if (gold is None) == (found is None) else "old" if found is None else "new"
        return [Marked(finding.start, max(finding.end, finding.start + 1), mark)]
    return sorted([Marked(gold.start, gold.end, "old"), Marked(found.start, found.end, "new")])


class ArticleView(ScrollView, can_focus=False):
    """Shows one article; lines are made when they come into view, so that its length plays no part."""

    class Chosen(Message):
        """A place of the text was clicked, or words were selected by dragging."""

        def __init__(self, start: int, end: int, *, dragged: bool) -> None:
            super().__init__()
            self.start = start
            self.end = end
            self.dragged = dragged

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.wrapped = Lines(text, 40)
        self._spans: list[tuple[int, int, str]] = []
        self._starts: list[int] = []
        self._marked: list[Marked] = []
        self._pressed: int | None = None

    def show(self, rows: Mapping[str, Row]) -> None:
        """Show gold's spans."""
        spans = [(r["start"], r["end"], r["label"]) for r in rows.values() if r["label"] != "EVENT"]
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def mark(self, marked: list[Marked]) -> None:
        """Let other stretches stand out."""
        self._marked = marked
        self.refresh()

    @property
    def first_marked(self) -> int:
        """Where what stands out begins; -1 where nothing does."""
        return self._marked[0].start if self._marked else -1

    def look_at(self, offset: int) -> None:
        """Scroll so that a place is in view, with some lines above it."""
        line = self.wrapped.of(offset)
        top, height = round(self.scroll_offset.y), max(self.size.height, 1)
        if not top + 1 <= line < top + height - 2:
            self.scroll_to(y=max(line - height // 3, 0), animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the text anew where the width has changed."""
        width = self.scrollable_content_region.width
        if self.virtual_size.width != width:
            self.wrapped = Lines(self.text, width - GUTTER)
        self.virtual_size = Size(width, len(self.wrapped.spans))
        if self._marked:
            self.call_after_refresh(self.look_at, self._marked[0].start)

    def render_line(self, y: int) -> Strip:
        """Return one line as it is shown."""
        number = y + round(self.scroll_offset.y)
        if number >= len(self.wrapped.spans):
            return Strip.blank(self.size.width, self.rich_style)
        start, end = self.wrapped.spans[number]
        near = [m for m in self._marked if m.start < end and start < m.end]
        pointer = "▶ " if near else "  "
        segments = [Segment(pointer, POINTER)]
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        spans = [span for span in self._spans[max(first - 1, 0) : last] if span[0] < end and start < span[1]]
        cuts = {start, end}
        for a, b, _ in (*spans, *near):
            cuts |= {max(a, start), min(b, end)}
        edges = sorted(cuts)
        for a, b in pairwise(edges):
            style = Style.combine(
                [Style.null()]
                + [LABELS[label] for x, z, label in spans if x <= a and b <= z]
                + [MARKED[m.mark] for m in near if m.start <= a and b <= m.end]
            )
            segments.append(Segment(shown(self.text[a:b]), style))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _offset(self, x: int, y: int) -> int | None:
        number = y + round(self.scroll_offset.y)
        if not 0 <= number < len(self.wrapped.spans):
            return None
        start, end = self.wrapped.spans[number]
        return min(start + at_cell(self.text[start:end], max(x - GUTTER, 0)), max(end - 1, start))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a selection may begin."""
        self._pressed = self._offset(event.x, event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Tell what was clicked or selected."""
        released = self._offset(event.x, event.y)
        if self._pressed is not None and released is not None:
            first, last = sorted((self._pressed, released))
            self.post_message(self.Chosen(first, last, dragged=first != last))
        self._pressed = None
