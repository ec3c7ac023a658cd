"""`annotator explain`: why a record is there."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli import shared
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.model import Annotations

PLACE = re.compile(r"(?P<file>.+):(?P<line>\d+):(?P<column>\d+)")


@click.command("explain")
@click.argument("place", metavar="FILE:LINE:COLUMN|ID")
@click.option(
    "--in", "file", metavar="FILE", type=click.Path(path_type=Path), help="The file of annotations that has the id."
)
@shared.corpus_option
def command(place: str, file: Path | None, corpus: Path | None) -> int:
    """Tell which rule made a record, and from what a date was resolved.

    FILE is a text, or a file of annotations (then LINE is a record’s own); LINE and COLUMN count from 1. A text without
    annotations in this project is extracted anew. An ID is looked for in the project’s annotations, or in the file
    named with --in.

    \b
    Example:
      annotator explain corpus/japan-europe.txt:5:476
    """  # noqa: D301
    from annotator import explanation

    match = PLACE.fullmatch(place)
    if match is None:
        found = explanation.by_id(place, file, corpus)
    elif match["file"].endswith(".jsonl"):
        found = explanation.at_line(Path(match["file"]), int(match["line"]), corpus)
    else:
        text = Path(match["file"])
        annotations = explanation.stored(text) or _extracted(text)
        found = explanation.at_place(text, int(match["line"]), int(match["column"]), annotations)
    if not found:
        raise UsageError(f"no record is at {place}")
    click.echo("\n\n".join(found))
    return 0


def _extracted(text: Path) -> "Annotations":
    """Return the records of a text for which the project has none."""
    from annotator.extraction import Extractor
    from annotator.source import read_article

    return Extractor().annotate(read_article(text))
