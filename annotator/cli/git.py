"""`annotator git`: git shows and merges annotations by what they say."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli import shared

if TYPE_CHECKING:
    from annotator.report.difference import Difference

NOTHING = ("/dev/null", "nul")
"""What git names as the file of a side that has none."""


@click.group("git")
def command() -> None:
    """Let git show and merge annotations by what they say, in this repository.

    \b
    Example:
      annotator git install
      annotator git uninstall
    """  # noqa: D301


@command.command("install")
def install() -> int:
    """Set git up in this repository, for the annotations of the project in this folder; nothing is committed.

    `git diff` then shows what `annotator diff` does (`git log -p --ext-diff` too), `git log -p` and `git show` one
    readable line a record, without offsets; and merges go by content: only what both sides changed in different ways
    is a conflict.

    \b
    Example:
      annotator git install
    """  # noqa: D301
    from annotator import drivers, project

    path = drivers.install(project.required(Path()).root, drivers.program())
    click.echo(f"git shows and merges annotations by content here ({shared.short(path)} and the local configuration).")
    click.echo("Take it away again with: annotator git uninstall")
    return 0


@command.command("uninstall")
def uninstall() -> int:
    """Take away what `annotator git install` has set.

    \b
    Example:
      annotator git uninstall
    """  # noqa: D301
    from annotator import drivers

    gone = drivers.uninstall(Path())
    click.echo("git treats annotations as any text again." if gone else "nothing of annotator was set here.")
    return 0


@command.command("show-diff", hidden=True)
@click.argument("arguments", nargs=-1, required=True)
def show_diff(arguments: tuple[str, ...]) -> int:
    """Show the difference of two files; git calls this with a path, two files with digests and modes, and renames."""
    import difflib

    from annotator.errors import AnnotatorError

    if len(arguments) == 1:
        click.echo(f"{arguments[0]} is unmerged")
        return 0
    name, old, new = arguments[0], arguments[1], arguments[4] if len(arguments) > 4 else arguments[-1]
    try:
        difference = _difference(name, old, new)
    except AnnotatorError as error:
        before, after = (_lines(side) for side in (old, new))
        click.echo(f"{name}: shown as text: {error}")
        click.echo("".join(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")), nl=False)
        return 0
    from annotator.report import difference_terminal

    colour = shared.colour() or (os.environ.get("GIT_PAGER_IN_USE") == "true" and not os.environ.get("NO_COLOR"))
    text = difference_terminal.render(difference, width=shared.terminal_width(), colour=colour, closing=False)
    click.echo(text, nl=False, color=True)
    return 0


def _difference(name: str, old: str, new: str) -> "Difference":
    """Return the difference of two files that git has put somewhere."""
    from annotator.cli import diff
    from annotator.comparison.sides import Stored
    from annotator.report.difference import Difference

    def stored(side: str) -> Stored | None:
        return None if side in NOTHING else Stored(name, Path(side).read_bytes, Path(name))

    one = diff.document_difference(name, stored(old), stored(new), None)
    return Difference([one] if one is not None else [], 0 if one is not None else 1)


def _lines(side: str) -> list[str]:
    if side in NOTHING:
        return []
    return Path(side).read_bytes().decode("utf-8", "replace").splitlines(keepends=True)


@command.command("show-file", hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
def show_file(file: Path) -> int:
    """Print a file of annotations as lines to read; git calls this before it compares lines."""
    from annotator import drivers, files

    sys.stdout.buffer.write(drivers.shown(files.read_bytes(file), str(file)))
    return 0


@command.command("merge-files", hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("name")
def merge_files(base: Path, ours: Path, theirs: Path, name: str) -> int:
    """Merge three versions of a file; git calls this, and takes the result from OURS."""
    from annotator import drivers, project
    from annotator.cli import diff

    article = diff.article_of(Path(name), None)
    merged = drivers.merge_files(base, ours, theirs, name, article)
    found = drivers.findings(merged, article)
    drivers.write_conflicts(found, Path(name))
    for each in found:
        shared.warn(f"{name}: {each.kind} {each.label}: {each.cause}")
    if not found:
        return 0
    shared.warn(f"our side was kept; the conflicts are in {drivers.conflicts_file(Path(name))}")
    if project.is_gold(Path(name)):
        shared.warn(f"decide them one by one with: annotator review {name}")
    else:
        shared.warn("extracted annotations need no merging: annotator extract writes them anew")
    return shared.FOUND
