"""What several commands have in common: arguments, reading and writing at the edges, and telling of failures."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from annotator.errors import AnnotatorError, OutputError

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

STANDARD = Path("-")
"""The path that stands for standard input or output."""

FOUND, FAILED = 1, 3
"""Exit status where differences were found, and where something could not be read, checked or written."""


def paths(function: F) -> F:
    """Add the argument PATH… (files or folders)."""
    return click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))(function)


def corpus_option(function: F) -> F:
    """Add --corpus."""
    return click.option(
        "--corpus", metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
        help="Where the texts are. [default: corpus/ beside the annotations’ folder]",
    )(function)  # fmt: skip


def quiet(function: F) -> F:
    """Add --quiet."""
    return click.option("--quiet", is_flag=True, help="Say nothing but errors.")(function)


def read_standard() -> bytes:
    """Return all of standard input."""
    return sys.stdin.buffer.read()


def write_standard(content: bytes) -> None:
    """Write bytes to standard output; raise OutputError where it is closed."""
    if sys.stdout is None:
        raise OutputError("standard output: cannot be written: it is closed")
    sys.stdout.buffer.write(content)


def tell(line: str) -> None:
    """Write a line on standard error."""
    click.echo(line, err=True)


def warn(message: str) -> None:
    """Tell of something on standard error."""
    tell(f"annotator: {message}")


def each(items: Iterable[T], work: Callable[[T], bool]) -> int:
    """Do `work` for each item, tell of those that fail, and return the exit status.

    `work` says whether all was well. One item's failure does not keep the others from being done.
    """
    status = 0
    for item in items:
        try:
            if not work(item):
                status = max(status, FOUND)
        except AnnotatorError as error:
            warn(str(error))
            status = FAILED
    return status


def terminal_width() -> int:
    """Return how many columns a report may take."""
    import shutil

    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 140))


def colour() -> bool:
    """Say whether standard output wants colour: a terminal, and NO_COLOR not set."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def short(path: Path) -> str:
    """Return a path as one would type it here: relative where that is shorter."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
