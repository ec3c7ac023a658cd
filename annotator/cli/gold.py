"""`annotator gold`: what people write becomes whole gold records."""

from pathlib import Path

import click

from annotator.cli import shared


@click.group("gold")
def command() -> None:
    """Turn what people write into whole gold records.

    \b
    Example:
      annotator gold fill annotations/japan-europe.gold.jsonl --write
    """  # noqa: D301


@command.command("fill")
@click.argument("file", type=click.Path(path_type=Path))
@shared.corpus_option
@click.option("--write", is_flag=True, help="Put the result in the file’s place; without it, print it.")
def fill(file: Path, corpus: Path | None, write: bool) -> int:
    """Complete the gold lines in FILE (<doc>.gold.jsonl): places from quotes, and everything that can be computed.

    A line needs a label, a place (start and end, or text with its occurrence, in the document or in a paragraph) and
    its meaning. The result is verified; what does not hold is told, and then nothing is written.

    \b
    Example:
      annotator gold fill annotations/japan-europe.gold.jsonl --write
    """  # noqa: D301
    from annotator import files, project, records
    from annotator.baseline import Sorted
    from annotator.gold import fill
    from annotator.report import Report, render
    from annotator.source import read_article
    from annotator.verification import verify

    article = read_article(project.source_of(file, corpus))
    annotations = fill(files.read_bytes(file), article, file)
    content = records.encode(annotations)
    result = verify(records.decode(content, file), article, gold=True)
    report = Report("gold fill", Sorted(result.findings, (), (), ()), {article.doc: str(file)})
    click.echo(render(report, "text", width=shared.terminal_width()), nl=False, err=True)
    if not result.holds:
        return shared.FOUND
    if write:
        files.write_bytes(file, content)
    else:
        shared.write_standard(content)
    return 0
