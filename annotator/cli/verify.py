"""`annotator verify`: annotations are proved against their sources."""

from pathlib import Path

import click

from annotator.cli import reporting, shared
from annotator.errors import UsageError


@click.command("verify")
@shared.paths
@shared.corpus_option
@click.option("--update", is_flag=True, help="After an article was edited: write the records at their new places.")
@reporting.options
def command(
    paths: tuple[Path, ...], corpus: Path | None, update: bool, form: str, outputs: tuple[Path, ...],
    baseline: Path | None, quiet: bool,
) -> int:  # fmt: skip
    """Prove every annotation against its source: quotes, context, offsets, ids, footnotes, dates, references.

    PATH is a file of annotations, a folder of them, or a folder of shards. Without PATH, all of annotations/ in the
    project in this folder.
    What ends in .gold.jsonl is held to the rules of gold. Ends with 1 where something does not hold.

    \b
    Example:
      annotator verify annotations/japan-europe.jsonl
    """  # noqa: D301
    from annotator import project, records, relocation
    from annotator.batch import stored
    from annotator.report import Report
    from annotator.source import read_article
    from annotator.verification import TRUSTED, Verification, verify

    wanted = reporting.Wanted(form, outputs, baseline, quiet)
    shards, named = stored.parted(paths or (project.required(Path()).annotations,))
    if shards and update:
        raise UsageError(f"{shards[0]}: shards are not updated in place; run `annotator extract` again")
    files = project.annotation_files(named)
    results: dict[Path, Verification] = {}
    sources: dict[str, str] = {}

    def work(path: Path) -> bool:
        source = project.source_of(path, corpus)
        article = read_article(source)
        if update:
            for note in relocation.update(path, article):
                shared.warn(note)
        results[path] = verify(records.read(path), article, gold=project.is_gold(path))
        sources[article.doc] = shared.short(source)
        return True

    def work_on(one: stored.Stored) -> bool:
        article = articles.of(one)
        result = verify(one.annotations(), article)
        if one.path in results:
            result = results[one.path].plus(result)
        results[one.path] = result
        if result.findings:
            sources[article.doc] = shared.short(articles.path)
        return True

    status = shared.each(files, work)
    for path in shards:
        articles = stored.Articles(corpus)
        status = max(status, shared.each(stored.documents(path), work_on))
    found = [finding for result in results.values() for finding in result.findings]
    sorted_ = reporting.sort(found, wanted, set(sources))._replace(fixed=())  # most are for reconcile to tell
    proved = [
        f"{shared.short(path)}: {result.proved} of {result.records} records proved, "
        f"{result.cited} of {result.events} events carry a footnote"
        for path, result in results.items()
    ]
    report = Report("verify", sorted_, sources, notes=(*proved, f"Taken on trust: {TRUSTED}."))
    reporting.write(report, wanted)
    return max(status, shared.FOUND if sorted_.failing else 0)
