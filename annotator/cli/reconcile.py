"""`annotator reconcile`: extracted annotations are held against gold."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli import reporting, shared
from annotator.errors import SourceError

if TYPE_CHECKING:
    from annotator.reconciliation.score import Score


@click.command("reconcile")
@shared.paths
@shared.corpus_option
@click.option(
    "--gold", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Where the gold is, if not beside."
)
@click.option(
    "--fail-under", "under", metavar="FIGURE=F1", multiple=True,
    help="Fail when a figure is lower, as DATE.value=0.95, and no longer because of gaps. Repeatable.",
)  # fmt: skip
@click.option("--intervals", is_flag=True, help="Also tell the 95 % interval of each figure.")
@click.option(
    "--versus", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Another run: also tell how each figure differs from its, and how often chance does as much.",
)  # fmt: skip
@reporting.options
def command(
    paths: tuple[Path, ...], corpus: Path | None, gold: Path | None, under: tuple[str, ...], intervals: bool,
    versus: Path | None, form: str, outputs: tuple[Path, ...], baseline: Path | None, quiet: bool,
) -> int:  # fmt: skip
    """Hold extracted annotations against gold, and tell every gap with its cause.

    PATH is a file of annotations (<doc>.jsonl, with <doc>.gold.jsonl beside it), a folder of them, or a folder of
    shards. Without PATH, all of annotations/ in the project in this folder. Ends with 1 where there are gaps that the
    baseline does not accept.

    \b
    Example:
      annotator reconcile annotations/japan-europe.jsonl
      annotator reconcile --format markdown -o gaps.sarif --fail-under DATE.value=0.95
    """  # noqa: D301
    from annotator import project, records
    from annotator.batch import stored
    from annotator.reconciliation import reconcile
    from annotator.reconciliation.tally import Tally
    from annotator.report import Report
    from annotator.source import read_article

    wanted = reporting.Wanted(form, outputs, baseline, quiet)
    bars = reporting.bars(under)
    shards, rest = stored.parted(paths or (project.required(Path()).annotations,))
    files = project.gold_pairs(project.annotation_files(rest), gold, asked=bool(paths)) if rest else {}
    tally = Tally(by_sentence=intervals or versus is not None)
    sources: dict[str, str] = {}

    def work(path: Path) -> bool:
        source = project.source_of(path, corpus)
        article, golden = read_article(source), records.read(files[path])
        if versus is not None:
            tally.add_other(reconcile(golden, records.read(versus / path.name), article))
        tally.add(reconcile(golden, records.read(path), article))
        sources[article.doc] = shared.short(source)
        return True

    def work_on(one: stored.Stored) -> bool:
        golden = one.gold(gold)
        if golden is None:
            return True
        article = articles.of(one)
        tally.add(reconcile(records.read(golden), one.annotations(), article))
        sources[article.doc] = shared.short(articles.path)
        return True

    status = shared.each(files, work)
    for path in shards:
        articles = stored.Articles(corpus)
        status = max(status, shared.each(stored.documents(path), work_on))
    if shards and not tally.documents and not status:
        raise SourceError(f"nothing to reconcile: no <doc>{project.GOLD} stands in {gold or shards[0]}")
    if not tally.documents:
        return status
    sorted_ = reporting.sort(tally.findings, wanted, set(sources))
    low = below(tally.score, bars)
    told = (*(tally.intervals() if intervals else ()), *(tally.comparisons() if versus is not None else ()))
    reporting.write(Report("reconcile", sorted_, sources, score=tally.score, notes=(*told, *low)), wanted)
    failed = bool(low) if bars and baseline is None else bool(low or sorted_.failing)
    return max(status, shared.FOUND if failed else 0)


def below(score: "Score", bars: dict[str, float]) -> list[str]:
    """Return a sentence for each figure that does not reach its bar; raise UsageError for a figure that is none."""
    from annotator.errors import UsageError
    from annotator.reconciliation.score import figures

    counts = figures(score)
    unknown = [name for name in bars if name not in counts]
    if unknown:
        raise UsageError(f"--fail-under: no figure “{unknown[0]}”; known are {', '.join(sorted(counts))}")
    reached = {name: counts[name].f1 for name in bars}
    return [
        f"{name} is {'undefined' if value is None else f'{value:.4f}'}, below {bars[name]}"
        for name, value in reached.items()
        if value is None or value < bars[name]
    ]
