"""`annotator diff`: what changed between two sets of annotations."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli import sharded, shared

if TYPE_CHECKING:
    from annotator.comparison.sides import Sides, Stored
    from annotator.model import Article
    from annotator.report.difference import Difference, DocumentDifference

FORMS = ("text", "markdown", "json")


@click.command("diff")
@click.argument("sides", metavar="OLD [NEW] [PATH]...", nargs=-1, required=True)
@shared.corpus_option
@click.option("--stat", is_flag=True, help="Print a table of the changes by label, kind and rule instead.")
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help="[default: text]")
@click.option("--quiet", is_flag=True, help="Print nothing; the exit status tells.")
def command(sides: tuple[str, ...], corpus: Path | None, stat: bool, form: str, quiet: bool) -> int:
    """Tell what changed between two sets of annotations: which words, where, and how.

    OLD and NEW are two files, two folders, two folders of shards, or git revisions; a revision alone is compared with
    the files here, main.. is main and HEAD, main... what HEAD has since it left main. PATH says which files of the
    revisions, by default annotations/ of the project in this folder.

    In a sentence, {+words+} are annotated now, [-words-] were, [words] were and are. Records that only stand elsewhere
    because the article was edited are counted in one line. Ends with 1 where anything differs but the version and
    the pipeline that made the records.

    \b
    Example:
      annotator diff HEAD~1
      annotator diff --stat main..
      annotator diff --format markdown old/ annotations/
    """  # noqa: D301
    from annotator.comparison import sides as sides_

    if (shards := sharded.both(sides)) is not None:
        status, difference = sharded.compared(*shards, corpus)
    else:
        with sides_.sides(sides, Path()) as files:
            status, difference = compared(files, corpus)
    if not quiet:
        click.echo(rendered(difference, form, stat=stat), nl=False)
    return max(status, shared.FOUND if difference.differs else 0)


def compared(files: "Sides", corpus: Path | None) -> tuple[int, "Difference"]:
    """Return the exit status so far and what differs; a file that cannot be read is told of."""
    from annotator.report.difference import Difference, DocumentDifference

    found: list[DocumentDifference] = []
    same = 0

    def work(path: Path) -> bool:
        nonlocal same
        name = "" if path == Path() else path.as_posix()
        old, new = files[name]
        one = document_difference(name, old, new, corpus)
        if one is None:
            same += 1
        else:
            found.append(one)
        return True

    status = shared.each(map(Path, files), work)
    return status, Difference(found, same)


def document_difference(
    name: str, old: "Stored | None", new: "Stored | None", corpus: Path | None
) -> "DocumentDifference | None":
    """Return how one file differs; None where it does not."""
    from annotator import records
    from annotator.comparison import compare
    from annotator.report.difference import DocumentDifference

    shown = name or (new.name if new is not None else "")
    if old is None or new is None:
        return DocumentDifference(shown, alone="added" if old is None else "removed")
    before, after = old.read(), new.read()
    if before == after:
        return None
    comparison = compare(records.decode(before, old.name), records.decode(after, new.name))
    if not (comparison.differs or comparison.made_with):
        return None
    texts = (article_text(side.path, corpus, comparison.new.sha256) for side in (new, old))
    text = next(filter(None, texts), None) if comparison.changes else None
    return DocumentDifference(shown, comparison, text)


def article_text(path: Path | None, corpus: Path | None, sha256: str) -> str | None:
    """Return the text that records were made from; None where it is not at hand, or is another version of it."""
    article = article_of(path, corpus)
    return article.text if article is not None and article.sha256 == sha256 else None


def article_of(path: Path | None, corpus: Path | None) -> "Article | None":
    """Return the article of a file of records; None where it is not at hand."""
    from annotator import project
    from annotator.errors import AnnotatorError
    from annotator.source import read_article

    try:
        return read_article(project.source_of(path, corpus)) if path is not None else None
    except AnnotatorError:
        return None


def rendered(difference: "Difference", form: str, *, stat: bool = False) -> str:
    """Return the difference in a form."""
    if form == "json":
        from annotator.report import difference_json

        return difference_json.render(difference)
    if form == "markdown":
        from annotator.report import difference_markdown

        return difference_markdown.render(difference)
    from annotator.report import difference_terminal

    if stat:
        return difference_terminal.stat(difference)
    return difference_terminal.render(difference, width=shared.terminal_width(), colour=shared.colour())
