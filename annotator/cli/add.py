"""`annotator add`: texts are brought into a project."""

from pathlib import Path

import click

from annotator.cli import shared
from annotator.errors import UsageError


@click.command("add")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="The text’s title.")
@click.option("--author", metavar="TEXT", help="Who wrote it.")
@click.option("--date", metavar="DATE", help="The day on which it speaks: 2022, 2022-08 or 2022-08-31.")
@click.option("--url", metavar="URL", help="Where it comes from.")
@click.option("--as", "name", metavar="NAME", help="Its name in the project, without a suffix.")
@shared.quiet
def command(
    paths: tuple[Path, ...], title: str | None, author: str | None, date: str | None, url: str | None,
    name: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Copy texts into corpus/ of the project in this folder, byte for byte, each with what is known of it.

    FILE is a text in UTF-8, or - for standard input (then --as names it). What the options tell is written beside it,
    as <doc>.toml; without any, a <doc>.toml beside FILE comes along. --title, --url and --as go with one FILE.

    \b
    Example:
      annotator add article.txt --title "Japan and Europe" --date 2022
    """  # noqa: D301
    from annotator import files, project, scaffold

    here = project.required(Path())
    if len(paths) > 1 and (title or url or name):
        raise UsageError("--title, --url and --as are of one text; add one FILE at a time")
    if shared.STANDARD in paths and name is None:
        raise UsageError("standard input has no name: add --as NAME")
    metadata = {"title": title, "author": author, "url": url, "date": date}
    told = {key: value for key, value in metadata.items() if value}

    def work(path: Path) -> bool:
        content = shared.read_standard() if path == shared.STANDARD else files.read_bytes(path)
        target = scaffold.add(path, content, here, name=name, metadata=told)
        if not quiet:
            click.echo(f"{path} → {shared.short(target)}", err=True)
            if not target.with_suffix(".toml").exists():
                click.echo("  its date is not told, so that words like “last year” stay open: --date", err=True)
        return True

    status = shared.each(paths, work)
    if not status and not quiet:
        click.echo("Now type: annotator extract", err=True)
    return status
