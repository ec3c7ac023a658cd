"""`annotator init`: a project to begin with."""

from pathlib import Path

import click

from annotator.cli import shared


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=Path(), type=click.Path(path_type=Path, file_okay=False))
@click.option("--git", is_flag=True, help="Also let git show and merge annotations by content (annotator git install).")
@shared.quiet
def command(folder: Path, git: bool, quiet: bool) -> int:
    """Make a project in DIR, by default in this folder: corpus/, annotations/, annotator.toml, a workflow for a build
    server, and a setting for pytest. Nothing that is there already is replaced.

    \b
    Example:
      annotator init articles
    """  # noqa: D205, D301
    from annotator import scaffold

    made = scaffold.init(folder)
    if git:
        from annotator import drivers

        drivers.install(folder, drivers.program())
    if quiet:
        return 0
    for path in made:
        click.echo(f"made {shared.short(path)}")
    where = "" if folder == Path() else f"  cd {folder}\n"
    click.echo(
        f"\nNow type:\n{where}  annotator add ARTICLE.txt --title TITLE --date 2022-08-31\n  annotator extract\n"
        "  annotator report"
    )
    return 0
