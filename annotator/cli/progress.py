"""A bar on standard error for work that takes longer than a second, when there is a terminal to show it."""

import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from annotator.batch.pool import Progress
    from annotator.batch.worker import Done

AFTER = 1.0
"""Seconds of work before a bar is shown."""


class Bar:
    """Shows documents, characters a second and the time left, out of `total` bytes of input."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.started = monotonic()
        self.documents = self.characters = self.size = 0
        self.shown: Any = None
        self.task: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown is not None:
            self.shown.stop()

    def progress(self, done: "Progress") -> None:
        """Take note of documents that are done."""
        self.documents += done.documents
        self.size += done.size
        self.show()

    def output(self, done: "Done") -> None:
        """Take note of what an output came to."""
        self.characters += done.characters
        self.show()

    def show(self) -> None:
        """Bring the bar up to date, once there is need for one."""
        seconds = monotonic() - self.started
        if seconds < AFTER:
            return
        first = self.shown is None
        if first:
            self.shown = _bar()
            self.task = self.shown.add_task("", total=self.total)
        rate = f"{self.characters / seconds:,.0f} characters/s"
        self.shown.update(self.task, completed=self.size, description=f"{self.documents:,} documents, {rate}")
        if first:
            self.shown.start()

    def tell(self, line: str) -> None:
        """Write a line on standard error, above the bar where there is one."""
        if self.shown is None:
            click.echo(line, err=True)
        else:
            self.shown.console.print(line, markup=False, highlight=False, soft_wrap=True)


def wanted(*, quiet: bool, records: bool = False) -> bool:
    """Say whether a bar is to be shown; not among `records` that are written to the same terminal."""
    return not quiet and sys.stderr.isatty() and not (records and sys.stdout.isatty())


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)
