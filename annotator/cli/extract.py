"""`annotator extract`: texts in, annotations out."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from annotator.cli import shared
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.batch.nursery import Nursery
    from annotator.batch.run import Summary
    from annotator.batch.worker import Done, Form, Job

Options = dict[str, dict[str, Any]]
"""Settings of the components, by factory."""

SHOWN = 20
"""How many outputs, notes or stale files are told of one by one."""
SHARD = 500
"""Documents in a shard, unless told otherwise."""
MANY = 8
"""Texts for which worker processes are started, whatever their size (see `batch.run.FEW`)."""


class Wanted(NamedTuple):
    """How the work is to be done."""

    jobs: int | None
    engine: str
    shard_size: int
    prune: bool
    quiet: bool


@click.command("extract")
@shared.paths
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path),
    help="Folder for the annotations, a file for each document; a folder named *.parquet or *.jsonl gets shards of "
    "that form; - is standard output.",
)  # fmt: skip
@click.option(
    "--date", metavar="DATE", help="The document’s date (2022, 2022-05, 2022-05-04), where no <doc>.toml tells it."
)
@click.option("--shard-size", metavar="N", type=click.IntRange(1), help=f"Documents in a shard. [default: {SHARD}]")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Worker processes. [default: one for each core]")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", help="What does the work. [default: local]"
)
@click.option("--force", is_flag=True, help="Extract again what has not changed.")
@click.option("--prune", is_flag=True, help="Remove outputs whose inputs are gone.")
@click.option("--profile", is_flag=True, help="Tell what each stage costs, in processor time.")
@click.option(
    "--model", metavar="NAME", help="An installed spaCy pipeline, whose names are taken where nothing else is found."
)
@shared.quiet
def command(
    paths: tuple[Path, ...], output: Path | None, date: str | None, shard_size: int | None, jobs: int | None,
    engine: str, force: bool, prune: bool, profile: bool, model: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Write the annotations of each text as DIR/<doc>.jsonl, or of many in shards.

    PATH is a text, a folder of texts (*.txt, searched recursively), a file of JSON lines or Parquet with columns doc,
    text and, where known, date, a pattern of such files ('news/**/*.parquet'), or - for standard input. Without PATH,
    all of corpus/ in the project in this folder. Without -o, into annotations/ in a project, elsewhere to standard
    output. A <doc>.toml beside a text tells its title, author, url and date.

    What has not changed since the last run, by the manifest in DIR, is skipped; a run that was interrupted goes on.

    \b
    Example:
      annotator extract corpus/japan-europe.txt -o annotations
      annotator extract --date 2022 - < article.txt
      annotator extract 'news/*.parquet' -o records.parquet --jobs 8
    """  # noqa: D301
    from annotator import project

    here = project.project(Path())
    if not paths:
        here = project.required(Path())
        paths = (here.corpus,)
    if shared.STANDARD in paths and len(paths) > 1:
        raise UsageError("- (standard input) goes alone")
    options = _options(model)
    if shared.STANDARD in paths:
        return _one(output, date, options, quiet)
    if output is None and here is not None:
        output = here.annotations
    output = None if output == shared.STANDARD else output
    wanted = Wanted(jobs, engine, shard_size or SHARD, prune, quiet)
    with ExitStack() as stack:
        nursery = None
        if engine == "local" and (force or output is None or not output.exists()) and _large(paths):
            nursery = stack.enter_context(_nursery(options))
        job = _job(output, date, options, sharded=shard_size is not None)
        job = job._replace(force=force, profile=profile, sync=len(paths) == 1 and paths[0].is_file())
        return _many(paths, job, wanted, nursery)


def _large(paths: tuple[Path, ...]) -> bool:
    """Say whether it takes no more than a look to see that these are many texts, so that loading can begin at once."""
    texts = (name for path in paths for _, _, names in os.walk(path) for name in names if name.endswith(".txt"))
    return len([*islice(texts, MANY)]) == MANY


def _nursery(options: Options) -> "AbstractContextManager[Nursery | None]":
    from annotator.batch.nursery import Nursery, possible

    return Nursery(options) if possible() else nullcontext()


def _options(model: str | None) -> Options:
    """Return the components' options: those of the project in this folder, and the model that was named."""
    from annotator import configuration

    options = configuration.options(configuration.read(Path()), Path())
    if model is not None:
        options.setdefault("annotator_actors", {})["model"] = model
    return options


def _one(output: Path | None, date: str | None, options: Options, quiet: bool) -> int:
    """Extract from standard input."""
    from annotator import records
    from annotator.extraction import load
    from annotator.source import article_from_bytes, looks_english

    article = article_from_bytes(shared.read_standard(), doc="stdin", where="standard input", date=date)
    if not quiet and not looks_english(article.text):
        shared.warn("standard input: this does not look like English; the rules are for English texts")
    annotations = load(options).annotate(article)
    if output is None or output == shared.STANDARD:
        shared.write_standard(records.encode(annotations))
    else:
        records.write(annotations, output / "stdin.jsonl")
    return 0


def _job(output: Path | None, date: str | None, options: Options, *, sharded: bool) -> "Job":
    from annotator.batch.manifest import made_by
    from annotator.batch.worker import Job

    forms: dict[str, Form] = {".jsonl": "jsonl", ".parquet": "parquet"}
    form: Form = "standard" if output is None else forms.get(output.suffix, "jsonl" if sharded else "files")
    return Job(form=form, folder=output, made=made_by(options), date=date, options=options)


def _many(paths: tuple[Path, ...], job: "Job", wanted: Wanted, nursery: "Nursery | None") -> int:
    """Extract from files, tell what it came to, and return the exit status."""
    from annotator.batch import inputs, pool, run
    from annotator.cli import progress

    told = _Told(job, wanted.quiet)
    if wanted.engine == "ray":
        from annotator.batch.cluster import extract

        summary = extract(paths, job, jobs=wanted.jobs, shard_size=wanted.shard_size, prune=wanted.prune)
        return told.end(summary)
    watch = run.Watch(output=told.output)
    jobs = wanted.jobs or pool.cores()
    work = partial(
        run.extract, paths, job, jobs=jobs, shard_size=wanted.shard_size, prune=wanted.prune, nursery=nursery
    )
    if not progress.wanted(quiet=wanted.quiet, records=job.folder is None):
        return told.end(work(watch=watch))
    with progress.Bar(inputs.total_size(inputs.sources(paths))) as bar:

        def output(done: "Done") -> None:
            bar.output(done)
            told.output(done, bar.tell)

        summary = work(watch=run.Watch(bar.progress, output))
    return told.end(summary)


class _Told:
    """Tells of outputs as they come, and of everything else at the end."""

    def __init__(self, job: "Job", quiet: bool) -> None:
        self.job = job
        self.quiet = quiet
        self.count = 0

    def output(self, done: "Done", tell: Callable[[str], None] = shared.tell) -> None:
        """Tell of an output, as long as there are few."""
        if done.content:
            shared.write_standard(done.content)
        if done.entry is None:
            return
        self.count += 1
        if self.quiet or self.count > SHOWN:
            return
        assert self.job.folder is not None
        what = f"{done.entry.records} records" if done.fresh else "unchanged"
        tell(f"{self.job.folder / done.output}: {what}")

    def end(self, summary: "Summary") -> int:
        """Tell what the run came to, and return the exit status."""
        if not self.quiet:
            self.rest(summary)
        for reason in dict.fromkeys(failure.reason for failure in summary.failures):  # a lacking model fails all alike
            shared.warn(reason)
        return shared.FAILED if summary.failures else 0

    def rest(self, summary: "Summary") -> None:
        """Tell of what is no failure."""
        for note in _few(summary.notes):
            shared.warn(note)
        for output in _few([f"{self.job.folder}/{name}" for name in summary.stale]):
            left = "removed, its input is gone" if summary.pruned else "its input is gone; --prune removes it"
            shared.warn(f"{output}: {left}")
        if summary.documents > 1:
            unchanged = summary.documents - summary.fresh - len(summary.failures)
            counts = f"{summary.fresh:,} extracted, {unchanged:,} unchanged, {len(summary.failures):,} failed"
            click.echo(f"{summary.documents:,} documents: {counts}", err=True)
        if summary.costs:
            click.echo(costs(summary), err=True)


def _few(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"… and {more:,} more"]


def costs(summary: "Summary") -> str:
    """Return a table of what each stage costs: seconds of all workers together, share, and nanoseconds a character."""
    total = sum(summary.costs.values()) - summary.costs["start-up"]
    rows = [f"{'stage':12} {'seconds':>9} {'share':>7} {'ns/character':>13}"]
    for stage, seconds in summary.costs.items():
        if stage == "start-up":
            rows.append(f"{stage:12} {seconds:9.3f}")
            continue
        each = f"{seconds / summary.characters * 1e9:13.0f}" if summary.characters else ""
        rows.append(f"{stage:12} {seconds:9.3f} {seconds / total:7.1%} {each}")
    rate = f", {summary.characters / total:,.0f} characters/s a process" if summary.characters else ""
    return "\n".join([*rows, f"{'all':12} {total:9.3f}{rate}"])
