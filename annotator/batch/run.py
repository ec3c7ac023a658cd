"""A whole run on one machine: inputs are parted into tasks, the tasks are done, and what is made is written down."""

import contextlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotator.batch import inputs, pool, shards
from annotator.batch.inputs import Item, Source
from annotator.batch.manifest import Entry, Failure
from annotator.batch.nursery import Nursery, possible
from annotator.batch.pool import Died, Progress
from annotator.batch.state import State
from annotator.batch.worker import Done, Job, Task
from annotator.errors import UsageError

SMALL = 300_000
"""Bytes of input for which starting processes costs more than it brings."""
FEW = 8
"""Documents among which it is looked for whether the input is small."""


class Summary(msgspec.Struct):
    """What a run came to.

    `stale` are outputs whose inputs are gone, `costs` seconds by stage over all workers, `deaths` worker processes that
    ended before their time.
    """

    documents: int = 0
    fresh: int = 0
    characters: int = 0
    failures: list[Failure] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    stale: list[str] = msgspec.field(default_factory=list)
    pruned: int = 0
    deaths: int = 0
    costs: defaultdict[str, float] = msgspec.field(default_factory=lambda: defaultdict(float))

    def count(self, done: Done) -> None:
        """Add what came of a task."""
        self.documents += done.documents
        self.fresh += done.fresh
        self.characters += done.characters
        self.failures += done.failures
        self.notes += done.notes
        for stage, seconds in (done.costs or {}).items():
            self.costs[stage] += seconds


class _Crew(NamedTuple):
    """Who is to do the work: so many processes, from a nursery where one was begun."""

    jobs: int
    nursery: Nursery | None


class Watch(NamedTuple):
    """What a caller wants to hear while a run goes on: of documents done, and of each output."""

    progress: Callable[[Progress], None] = lambda progress: None
    output: Callable[[Done], None] = lambda done: None


def extract(
    paths: Sequence[Path], job: Job, *, jobs: int, shard_size: int, prune: bool = False, watch: Watch | None = None,
    nursery: Nursery | None = None,
) -> Summary:  # fmt: skip
    """Extract from all documents at `paths` in `jobs` processes; return what it came to.

    `nursery` is one that has begun to load already; without it, one is made where it helps.

    A document that fails is in the summary; raise SourceError for paths that cannot be read at all, UsageError for two
    texts with one output, OutputError where nothing can be written.
    """
    watch = watch or Watch()
    crew = _Crew(jobs, nursery)
    if job.folder is None:
        return _to_standard(paths, job, crew, watch)
    if len(paths) > 1 or any(sign in str(paths[0]) for sign in inputs.PATTERN):
        inputs.refuse_doubles(inputs.sources(paths), job.folder)
    found = _begun(inputs.sources(paths))
    state = State(job.folder)
    try:
        _refuse_other_form(state, job)
        summary = _run(found, job, state, crew, shard_size, watch)
        _settle(state, job, paths, summary, prune)
    except BaseException:
        state.leave()
        raise
    state.finish()
    return summary


def _begun(found: Iterator[Source]) -> Iterator[Source]:
    """Return the same files, the first of them looked for now, so that nothing is made for a path that is not there."""
    first = [*islice(found, 1)]
    return chain(first, found)


def _run(found: Iterator[Source], job: Job, state: State, crew: _Crew, shard_size: int, watch: Watch) -> Summary:
    summary = Summary()
    items = _once(inputs.items(found), state, job, summary)
    form = job.shard_form
    tasks = _files(items, state) if form is None else _shards(items, state, form, shard_size)
    for done in _done(job, tasks, crew, watch, summary):
        if done.entry is not None:
            state.put(done.entry)
        else:
            state.mark(done.output)
        summary.count(done)
        watch.output(done)
    if summary.deaths:
        state.sweep()
    return summary


def _once(items: Iterable[Item], state: State, job: Job, summary: Summary) -> Iterator[Item]:
    """Yield the documents whose name no other had before; the others are failures."""
    for item in items:
        other = state.take(item.name, item.where) if item.problem is None else None
        if other is None:
            yield item
        elif other != item.where:
            reason = f"{item.where}: document {item.name!r} was read from {other} already; rename one of them"
            summary.failures.append(Failure(doc=item.name, where=item.where, reason=reason))
            summary.documents += 1


def _files(items: Iterable[Item], state: State) -> Iterator[Task]:
    for number, item in enumerate(items):
        output = f"{item.name}.jsonl"
        yield Task(number, output, (item,), state.old(output))


def _shards(items: Iterator[Item], state: State, form: shards.Form, size: int) -> Iterator[Task]:
    number = 0
    while batch := tuple(islice(items, size)):
        output = shards.name(number, form)
        yield Task(number, output, batch, state.old(output))
        number += 1


def _done(job: Job, tasks: Iterator[Task], crew: _Crew, watch: Watch, summary: Summary) -> Iterator[Done]:
    """Yield what came of the tasks; a small input is not worth a process of its own.

    Where the first of them were done by a former run, it may well be that nothing needs the pipeline.
    """
    first = [*islice(tasks, FEW)]
    items = [item for task in first for item in task.items]
    if len(first) < FEW and len(items) <= FEW and sum(item.size for item in items) <= SMALL:
        for done in pool.here(job, iter(first)):
            watch.progress(Progress(done.documents, done.size))
            yield done
        return
    with contextlib.ExitStack() as stack:
        nursery = crew.nursery
        if nursery is None and possible() and (job.force or all(task.old is None for task in first)):
            nursery = stack.enter_context(Nursery(job.options))
        for said in pool.processes(job, chain(first, tasks), crew.jobs, nursery=nursery):
            if isinstance(said, Done):
                yield said
            elif isinstance(said, Died):
                summary.deaths += 1
            else:
                watch.progress(said)
        if job.profile and nursery is not None:
            summary.costs["start-up"] += nursery.seconds or 0.0


def _to_standard(paths: Sequence[Path], job: Job, crew: _Crew, watch: Watch) -> Summary:
    """Extract to standard output, in the order of the inputs."""
    summary = Summary()
    tasks = (Task(number, "", (item,)) for number, item in enumerate(inputs.items(inputs.sources(paths))))
    waiting: dict[int, Done] = {}
    number = 0
    for done in _done(job, tasks, crew, watch, summary):
        waiting[done.number] = done
        while number in waiting:
            ready = waiting.pop(number)
            summary.count(ready)
            watch.output(ready)
            number += 1
    return summary


def _refuse_other_form(state: State, job: Job) -> None:
    """Raise UsageError where the folder holds outputs of another form."""
    entry = next(state.unseen(), None)
    if entry is None or (form := shards.form_of(entry.output)) == job.shard_form:
        return
    what = "one file a document" if form is None else f"shards of {form}"
    raise UsageError(f"{job.folder}: this folder holds {what}; choose another one with -o")


def _settle(state: State, job: Job, paths: Sequence[Path], summary: Summary, prune: bool) -> None:
    """Find outputs whose inputs are gone; they are removed only when `prune` says so.

    Of shards, which together are what the inputs give, those of the run before are no longer in the manifest.
    """
    assert job.folder is not None
    if job.sharded:
        for entry in [*state.unseen()]:
            state.drop(entry.output)
        found = sorted(path.name for path in job.folder.glob(f"{shards.PREFIX}*.{job.form}"))
        stale = [name for name in found if state.old(name) is None]
    else:
        read: set[str] | None = None
        stale = []
        for entry in state.unseen():
            if read is None:
                read = {os.path.realpath(source.path) for source in inputs.sources(paths) if source.holds_many}
            if _gone(entry, job.folder, read):
                stale.append(entry.output)
    summary.stale = stale
    if not prune:
        return
    for output in stale:
        (job.folder / output).unlink(missing_ok=True)
        state.drop(output)
    summary.pruned = len(stale)


def _gone(entry: Entry, folder: Path, read: set[str]) -> bool:
    """Say whether the input of an output is there no more: its file, or its place in a file that was read whole."""
    where = entry.inputs[0].where
    path = Path(where)
    if not (folder / path).exists():
        path = Path(where.rpartition(":")[0] or where)
    file = folder / path
    if not file.exists():
        return True
    return file.suffix in (inputs.LINES, inputs.ROWS) and os.path.realpath(file) in read
