"""How far work has come, on one line of standard error, when it takes longer than a second and there is a terminal."""

import sys
from collections.abc import Iterable, Iterator, Sized
from time import monotonic
from typing import TypeVar

import click

T = TypeVar("T")

AFTER, EVERY = 1.0, 0.1
"""Seconds of work before anything is shown, and between two changes of it."""


def counted(items: Iterable[T], words: str, *, quiet: bool) -> Iterator[T]:
    """Yield the items, and show how many have been; the line is gone at the end."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    total = f" of {len(items)}" if isinstance(items, Sized) else ""
    due = monotonic() + AFTER
    shown = False
    for number, item in enumerate(items):
        if monotonic() >= due:
            click.echo(f"\r\x1b[K{number}{total} {words}", err=True, nl=False)
            due, shown = monotonic() + EVERY, True
        yield item
    if shown:
        click.echo("\r\x1b[K", err=True, nl=False)
