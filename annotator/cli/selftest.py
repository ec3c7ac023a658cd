"""`annotator selftest`: the reconciler is tested by injecting known defects into gold."""

from pathlib import Path

import click

from annotator.cli import shared


@click.command("selftest")
@shared.paths
@shared.corpus_option
@click.option("--trials", metavar="N", type=click.IntRange(1), default=40, help="Defects of each kind. [default: 40]")
@click.option("--all", "everything", is_flag=True, help="Make each defect on every record it can be made on.")
def command(paths: tuple[Path, ...], corpus: Path | None, trials: int, everything: bool) -> int:
    """Inject known defects into copies of gold, one at a time, and tell how the reconciler names them.

    PATH is a gold file or a folder of them. Without PATH, all gold of the project in this folder. Ends with 1 when a
    broken citation is not named, or more than one in 200 of the other defects.

    \b
    Example:
      annotator selftest annotations/japan-europe.gold.jsonl --trials 10
    """  # noqa: D301
    from annotator import project, records, selftest
    from annotator.source import read_article

    files = [
        f for f in project.annotation_files(paths or (project.required(Path()).annotations,)) if project.is_gold(f)
    ]
    done: list[selftest.Trial] = []

    def work(path: Path) -> bool:
        article = read_article(project.source_of(path, corpus))
        done.extend(selftest.trials(records.read(path), article, most=None if everything else trials))
        return True

    status = shared.each(files, work)
    for injected, reported in selftest.confusion(done).items():
        told = ", ".join(f"{kind} {count}" for kind, count in reported.most_common())
        click.echo(f"{injected:<32} {told}")
    wrong = selftest.wrong(done)
    for trial in wrong[:20]:
        click.echo(
            f"  {trial.defect} of “{trial.record.text}” was reported as {' and '.join(trial.reported) or 'nothing'}"
        )
    click.echo(f"{len(done) - len(wrong)} of {len(done)} defects named rightly")
    return max(status, 0 if selftest.passes(done) else shared.FOUND)
