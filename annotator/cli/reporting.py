"""How commands that check write their reports: one to standard output, others to files, some gaps accepted."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from annotator.cli import shared
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.baseline import Sorted
    from annotator.model import Finding
    from annotator.report import Report

F = TypeVar("F", bound=Callable[..., Any])

FORMS = ("text", "markdown", "json", "junit", "sarif", "github")


class Wanted(NamedTuple):
    """What reports were asked for, and where accepted gaps are written down."""

    form: str
    outputs: tuple[Path, ...]
    baseline: Path | None
    quiet: bool


def options(function: F) -> F:
    """Add --format, -o, --baseline and --quiet, given to the command as four parameters."""
    for option in (
        click.option("--quiet", is_flag=True, help="Print nothing; the exit status tells."),
        click.option(
            "--baseline", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
            help="Gaps that are accepted. [default: baseline.jsonl in annotations/ of the project]",
        ),
        click.option(
            "-o", "--output", "outputs", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
            help="Also write a report here, in the form of its suffix: .txt .md .json .xml (JUnit) .sarif. Repeatable.",
        ),
        click.option("--format", "form", type=click.Choice(FORMS), default="text", help="[default: text]"),
    ):  # fmt: skip
        function = option(function)
    return function


def sort(findings: Sequence["Finding"], wanted: Wanted, docs: set[str]) -> "Sorted":
    """Return the findings by what the baseline says of them; its entries on other documents are left alone."""
    from annotator import baseline, project

    path = wanted.baseline
    here = project.project(Path())
    if path is None and here is not None and (here.annotations / baseline.NAME).is_file():
        path = here.annotations / baseline.NAME
    entries = [entry for entry in baseline.read(path) if entry.doc in docs] if path is not None else []
    return baseline.sort(findings, entries, today=date.today())


def write(report: "Report", wanted: Wanted) -> None:
    """Print the report and write the files that were asked for."""
    from annotator import files
    from annotator.report import form_of, render

    forms = [(path, form_of(path)) for path in wanted.outputs]
    for path, form in forms:
        files.write_bytes(path, render(report, form).encode("utf-8", "replace"))
    if not wanted.quiet:
        text = render(report, wanted.form, width=shared.terminal_width(), colour=shared.colour())
        click.echo(text, nl=False)


def bars(values: Sequence[str]) -> dict[str, float]:
    """Return the figures and the least they must reach, from `DATE.value=0.95`; raise UsageError for what is none."""
    wanted = {}
    for value in values:
        name, _, number = value.partition("=")
        try:
            wanted[name] = float(number)
        except ValueError as error:
            raise UsageError(f"--fail-under {value}: write it as DATE.value=0.95") from error
    return wanted
