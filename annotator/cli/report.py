"""`annotator report`: what people look at, and the table of agreements and events."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from annotator.cli import counting, reporting, shared
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.model import Annotations, Article
    from annotator.report.dossier import Entry

FORMS = ("html", "csv", "parquet")
FOLDER = Path("dossier")
"""Where dossiers go if nothing else is said."""


class Side(NamedTuple):
    """The files about one document: extracted, gold (None where it is not there), and the place of its page."""

    extracted: Path | None
    gold: Path | None
    page: Path


class Inputs(NamedTuple):
    """What is reported on: documents by the place of their page, shards, and where texts and gold are."""

    sides: dict[str, Side]
    shards: list[Path]
    corpus: Path | None
    gold: Path | None
    quiet: bool

    @property
    def many(self) -> bool:
        """Whether there may be more than one document."""
        return len(self.sides) > 1 or bool(self.shards)


@click.command("report")
@shared.paths
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: html, or by the suffix of -o]")
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(path_type=Path),
    help="A folder for dossiers [default: dossier/], an .html file for one, a file for a table; - for standard output.",
)  # fmt: skip
@shared.corpus_option
@click.option(
    "--gold", metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
    help="Where the gold files are, if not beside.",
)  # fmt: skip
@click.option(
    "--baseline", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Gaps that are accepted. [default: baseline.jsonl in annotations/ of the project]",
)  # fmt: skip
@shared.quiet
def command(
    paths: tuple[Path, ...], form: str | None, output: Path | None, corpus: Path | None, gold: Path | None,
    baseline: Path | None, quiet: bool,
) -> int:  # fmt: skip
    """Write a dossier of each article: one page that stands alone, to read, search, print and send.

    PATH is a file of annotations, a folder of them, or a folder of shards. Without PATH, all of annotations/ in the
    project in this folder.
    A <doc>.gold.jsonl beside <doc>.jsonl is shown at its side. Many articles get an index. With --format csv or
    parquet, the table of agreements and their events over all of them instead; parquet needs annotator[parquet].

    \b
    Example:
      annotator report annotations/japan-europe.jsonl
      annotator report --format csv -o agreements.csv
    """  # noqa: D301
    from annotator import project
    from annotator.batch import stored

    form = form or _form_of(output)
    if form == "parquet" and output in (None, shared.STANDARD):
        raise UsageError("--format parquet needs a file: add -o agreements.parquet")
    shards, named = stored.parted(paths or (project.required(Path()).annotations,))
    inputs = Inputs(_sides(named, gold), shards, corpus, gold, quiet)
    if form == "html":
        return _dossiers(inputs, output or FOLDER, reporting.Wanted(form, (), baseline, quiet))
    return _table(inputs, form, output, quiet)


def _form_of(output: Path | None) -> str:
    suffix = output.suffix[1:] if output else ""
    return suffix if suffix in FORMS else "html"


def _sides(paths: Sequence[Path], gold: Path | None) -> dict[str, Side]:
    """Return the files of each document, by its place below the folder in which it was found."""
    from annotator import project

    found: dict[str, Side] = {}
    for path in paths:
        for file in project.annotation_files([path]):
            extracted = project.extracted_of(file)
            golden = gold / project.gold_of(file).name if gold else project.gold_of(file)
            side = Side(
                extracted if extracted.is_file() else None, golden if golden.is_file() else None,
                (extracted.relative_to(path) if path.is_dir() else Path(extracted.name)).with_suffix(".html"),
            )  # fmt: skip
            if found.get(str(side.page), side) != side:
                raise UsageError(f"two documents would both be written to {side.page}; rename one of them")
            found[str(side.page)] = side
    return found


Work = Callable[["Article", "Annotations | None", "Annotations | None", Path], None]
"""What is done with a document: its article, what was extracted, gold, and the place of its page."""


def _each(inputs: Inputs, work: Work) -> int:
    """Read each document and do `work` with it."""
    from annotator import project, records
    from annotator.batch import stored
    from annotator.source import read_article

    def one(side: Side) -> bool:
        article = read_article(project.source_of(side.extracted or side.gold or side.page, inputs.corpus))
        extracted = records.read(side.extracted) if side.extracted else None
        work(article, extracted, records.read(side.gold) if side.gold else None, side.page)
        return True

    def one_of_shard(document: stored.Stored) -> bool:
        gold = document.gold(inputs.gold)
        page = Path(f"{document.doc}.html")
        work(articles.of(document), document.annotations(), records.read(gold) if gold else None, page)
        return True

    status = shared.each(counting.counted(inputs.sides.values(), "articles", quiet=inputs.quiet), one)
    for path in inputs.shards:
        articles = stored.Articles(inputs.corpus)
        documents = counting.counted(stored.documents(path), "articles", quiet=inputs.quiet)
        status = max(status, shared.each(documents, one_of_shard))
    return status


def _dossiers(inputs: Inputs, output: Path, wanted: reporting.Wanted) -> int:
    """Write a page for each document, and an index where there are several."""
    from annotator import files
    from annotator.report import dossier

    single = output.suffix == ".html" or output == shared.STANDARD
    if single and inputs.many:
        raise UsageError(f"-o {output}: there are many documents; name a folder")
    entries: list[Entry] = []

    def work(article: "Article", extracted: "Annotations | None", gold: "Annotations | None", place: Path) -> None:
        made = dossier.assemble(
            article, extracted=extracted, gold=gold, accepted=lambda all_: reporting.sort(all_, wanted, {article.doc})
        )
        back = "../" * (len(place.parts) - 1) + "index.html" if inputs.many else None
        page = dossier.page(made, index=back)
        if output == shared.STANDARD:
            shared.write_standard(page)
            return
        target = output if single else output / place
        files.write_bytes(target, page)
        entries.append(dossier.entry(made, place))
        _tell(f"{target}: {len(made.records)} records, {len(made.gaps)} gaps", wanted.quiet)

    status = _each(inputs, work)
    if inputs.many and entries:
        files.write_bytes(output / "index.html", dossier.index(entries))
        _tell(f"{output / 'index.html'}: {len(entries)} articles", wanted.quiet)
    return status


def _table(inputs: Inputs, form: str, output: Path | None, quiet: bool) -> int:
    """Write one table over all documents."""
    from annotator import files
    from annotator.report import table

    lines: list[table.Line] = []

    def work(article: "Article", extracted: "Annotations | None", gold: "Annotations | None", place: Path) -> None:
        annotations = extracted or gold
        if annotations is not None:
            lines.extend(table.lines(article, annotations))

    status = _each(inputs, work)
    content = table.to_csv(lines) if form == "csv" else table.to_parquet(lines)
    if output is None or output == shared.STANDARD:
        shared.write_standard(content)
    else:
        files.write_bytes(output, content)
        _tell(f"{output}: {len(lines)} rows", quiet)
    return status


def _tell(words: str, quiet: bool) -> None:
    if not quiet:
        click.echo(words, err=True)
