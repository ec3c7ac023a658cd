"""A report as text for a terminal, with or without colour, at a given width."""

import io
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from annotator.model import Finding
from annotator.reconciliation.score import Score
from annotator.report.report import Report, sides
from annotator.report.tables import HEAD, rows

STYLES = {
    "missing": "red",
    "spurious": "magenta",
    "boundary": "yellow",
    "type": "cyan",
    "value": "blue",
    "entity": "green",
}
UNSEEN = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), "�")
"""Control characters, which a terminal would obey, and those that turn the direction of writing."""
SIDES = {"gold": "green", "extracted": "magenta", "nearest": "dim"}


def render(report: Report, *, width: int, colour: bool) -> str:
    """Return the report: figures first, then every gap with its sentence, both sides and the cause."""
    parts: list[RenderableType] = []
    if report.score is not None:
        parts += [_scores(report.score), ""]
    parts += [_finding(finding, status, report) for finding, status in report.shown]
    parts.append(Text(report.summary(), style="bold"))
    parts += [_text(note, "dim") for note in report.notes]
    return _render(parts, width, colour)


def _finding(finding: Finding, status: str, report: Report) -> RenderableType:
    head = _text(f"{report.source(finding.doc)}:{finding.line}:{finding.column} ")
    head.append(finding.kind, style=STYLES.get(finding.kind, "bold red"))
    head.append_text(_text(f" {finding.label}: {finding.cause}"))
    if finding.severity == "warning":
        head.append(" (warning)", style="dim")
    if status == "expired":
        head.append(" (accepted until a day that has passed)", style="bold")
    body: list[RenderableType] = [_text(f"{name:<11}{words}", SIDES[name]) for name, words in sides(finding)]
    if finding.sentence:
        body.append(_text(f"{'in':<11}{finding.sentence}", "dim"))
    return Group(head, Padding(Group(*body), (0, 0, 0, 4)))


def _text(words: str, style: str = "") -> Text:
    return Text(words.translate(UNSEEN), style=style)


def _scores(score: Score) -> Table:
    table = Table(title="Extracted against gold, F1", title_justify="left", box=None, pad_edge=False)
    for name in HEAD:
        table.add_column(name, justify="left" if name == "label" else "right")
    for row in rows(score):
        table.add_row(*row)
    return table


def _render(parts: Iterable[RenderableType], width: int, colour: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None, highlight=False,
        markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for part in parts:
        console.print(part)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
