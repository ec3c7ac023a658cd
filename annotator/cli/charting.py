"""How the commands that draw read records and write what they drew."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from annotator.cli import counting, shared
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.history import History
    from annotator.model import Document


class Told(NamedTuple):
    """What one document tells: its agreements, and the names of those who are spoken of."""

    document: "Document"
    histories: "list[History]"
    names: dict[str, str]


def read(paths: Sequence[Path], party: str | None, *, quiet: bool) -> tuple[int, list[Told]]:
    """Return the exit status and what each document tells, gold where nothing is extracted.

    `party` leaves agreements of others out; raise UsageError where nothing is left.
    """
    from annotator import history, project, records
    from annotator.batch import stored

    shards, others = stored.parted(paths or (project.required(Path()).annotations,))
    named = project.annotation_files(others)
    chosen = {
        project.extracted_of(f) if project.extracted_of(f).is_file() and not _asked(f, paths) else f for f in named
    }
    told: list[Told] = []

    def work(place: "Path | stored.Stored") -> bool:
        annotations = records.read(place) if isinstance(place, Path) else place.annotations()
        found = history.histories(annotations.records)
        kept = [each for each in found if party is None or party in each.parties]
        told.append(Told(annotations.document, kept, history.names(annotations.records)))
        return True

    status = shared.each(counting.counted(sorted(chosen), "documents", quiet=quiet), work)
    for path in shards:
        documents = counting.counted(stored.documents(path), "documents", quiet=quiet)
        status = max(status, shared.each(documents, work))
    if party is not None and told and not any(each.histories for each in told):
        parties = sorted({p for each in told for p in each.names})
        raise UsageError(f"--party {party}: no agreement of it; ids are like {', '.join(parties[:3]) or 'state:jp'}")
    return status, told


def _asked(file: Path, paths: Sequence[Path]) -> bool:
    """Say whether a gold file was named itself."""
    from annotator import project

    return project.is_gold(file) and file in paths


def title_of(told: Sequence[Told]) -> str:
    """Return what a chart of these documents is called."""
    if len(told) == 1:
        return told[0].document.title or told[0].document.doc
    return f"{len(told)} documents"


def form_of(form: str | None, output: Path | None, forms: Sequence[str]) -> str:
    """Return the form that was asked for, else that of the file's suffix, else the first; PNG needs somewhere to go."""
    suffix = output.suffix[1:] if output else ""
    chosen = form or (suffix if suffix in forms else forms[0])
    if chosen == "png" and output is None:
        raise UsageError("--format png needs a file: add -o chart.png (or -o - for standard output)")
    return chosen


def write(content: bytes, output: Path | None, words: str, *, quiet: bool) -> None:
    """Write to the file, or to standard output, and say so."""
    from annotator import files

    if output is None or output == shared.STANDARD:
        shared.write_standard(content)
        return
    files.write_bytes(output, content)
    if not quiet:
        click.echo(f"{output}: {words}", err=True)
