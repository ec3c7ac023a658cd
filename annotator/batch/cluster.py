"""The engine for more than one machine: Ray Data reads, actors extract, shards and the manifest come out.

The output folder must be one that all nodes share. A shard is what one actor was given at once; its name follows from
its documents and from what makes the records, so that a block done a second time, after its actor or node was lost,
writes the same bytes under the same name, and a second run finds what is there. Only shards that Ray has handed back
enter the manifest. Each actor works through one process of its own, as the local engine does, so that a document that
kills it is tried once more and then reported.
"""

import hashlib
import logging
import os
import pickle
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from annotator.batch import inputs, pool, shards
from annotator.batch.inputs import Item
from annotator.batch.manifest import SHORT, Entry, Failure, input_of
from annotator.batch.run import Summary
from annotator.batch.state import State
from annotator.batch.worker import Done, Job, Task, digest_of
from annotator.errors import AnnotatorError, SourceError, UsageError
from annotator.source import METADATA

if TYPE_CHECKING:
    from ray.data import Dataset

REMOTE = re.compile(r"(?P<scheme>[a-z][a-z0-9]+):/+(?P<rest>[^/].*)")
"""The address of a file elsewhere, of which a path has made one slash of two."""
READER, ACTOR = 0.25, 0.75
"""Shares of a core. Were an actor to hold a whole one, nothing could read again what was lost with another node."""
OURS = re.compile(rf"{shards.PREFIX}[0-9a-f]{{{SHORT}}}\.")
"""How the names of this engine's shards begin."""


def extract(paths: Sequence[Path], job: Job, *, jobs: int | None, shard_size: int, prune: bool = False) -> Summary:
    """Extract from all documents at `paths` in a pool of at most `jobs` actors; return what it came to.

    Ray is used as it has been initialized; without that, the cluster of RAY_ADDRESS, else one on this machine.
    """
    if job.folder is None:
        raise UsageError("with --engine ray, name a folder for the shards with -o")
    job = job._replace(folder=Path(os.path.realpath(job.folder)), form="jsonl" if job.form == "files" else job.form)
    found = _Inputs(paths)
    _start()
    assert job.folder is not None
    state = State(job.folder)
    summary = Summary()
    try:
        before = {entry.output: [made.doc for made in entry.inputs] for entry in state.unseen()}
        for done in _done(found, job, jobs or _cores(), shard_size):
            _take(done, state, summary)
        _settle(state, job, summary, before, prune)
    except BaseException:
        state.leave()
        raise
    state.finish()
    return summary


class _Inputs:
    """The files to read, by how they are read, and the folders that documents are named below."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.texts: list[str] = []
        self.elsewhere: list[str] = []
        self.lines: list[str] = []
        self.rows: list[str] = []
        self.folders: list[str] = []
        for path in paths:
            match = REMOTE.fullmatch(str(path))
            if match is None:
                self.local(path)
            else:
                self.remote(f"{match['scheme']}://{match['rest']}")

    def local(self, path: Path) -> None:
        """Add what is at a path of this file system."""
        if path.is_dir():
            self.folders.append(os.path.realpath(path))
        elif not path.exists():
            self.folders.append(os.path.realpath(inputs.fixed(path)))
        for source in inputs.sources([path]):
            self.add(os.path.realpath(source.path), self.texts)

    def remote(self, address: str) -> None:
        """Add what is at an address; what does not look like a file is a folder of texts."""
        self.folders.append(address if "." not in address.rpartition("/")[2] else address.rpartition("/")[0])
        self.add(address, self.elsewhere)

    def add(self, file: str, texts: list[str]) -> None:
        kinds = {inputs.LINES: self.lines, inputs.ROWS: self.rows}
        kinds.get(Path(file).suffix, texts).append(file)

    def name(self, file: str) -> str:
        """Return the name of the document in a file, without suffix."""
        for folder in self.folders:
            if file.startswith(f"{folder}/"):
                return file[len(folder) + 1 :].rpartition(".")[0]
        return Path(file).stem

    def dataset(self) -> "Dataset":
        """Return all documents as rows of `kind`, `path`, `where` and `data`, which is what `kind` says."""
        import ray.data

        sets: list[Dataset] = []
        if self.texts:
            sets.append(ray.data.from_items([_row("file", path, path, b"") for path in self.texts]))
        if self.elsewhere:
            read = ray.data.read_binary_files(
                self.elsewhere, include_paths=True, file_extensions=["txt"], num_cpus=READER
            )
            sets.append(read.map(_text, num_cpus=READER))
        if self.lines:
            read = ray.data.read_binary_files(self.lines, include_paths=True, num_cpus=READER)
            sets.append(read.flat_map(_split, num_cpus=READER))
        if self.rows:
            read = ray.data.read_parquet(self.rows, include_paths=True, num_cpus=READER)
            sets.append(read.map(_columns, num_cpus=READER))
        return sets[0].union(*sets[1:]) if len(sets) > 1 else sets[0]


def _row(kind: str, path: str, where: str, data: bytes) -> dict[str, Any]:
    return {"kind": kind, "path": path, "where": where, "data": data}


def _text(row: Mapping[str, Any]) -> dict[str, Any]:
    return _row("text", row["path"], row["path"], row["bytes"])


def _split(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Part a file of JSON lines."""
    path = row["path"]
    lines = enumerate(row["bytes"].split(b"\n"), 1)
    return [_row("line", path, f"{path}:{number}", line) for number, line in lines if line.strip()]


def _columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a row of Parquet into the form of a JSON line."""
    known = {key: row[key] for key in (*inputs.KEYS, *METADATA) if row.get(key) is not None}
    data = msgspec.json.encode({key: inputs.plain(value) for key, value in known.items()})
    return _row("line", row["path"], row["path"], data)


class Extraction:
    """An actor: takes documents, writes them as a shard, and hands back what came of it."""

    def __init__(self, job: Job, found: _Inputs) -> None:
        self.job = job
        self.found = found
        self.given: deque[Task] = deque()
        self.said = pool.processes(job, self._tasks(), 1, ahead=1)

    def _tasks(self) -> Iterator[Task]:
        while True:
            yield self.given.popleft()

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """Do a shard."""
        rows = zip(batch["kind"], batch["path"], batch["where"], batch["data"], strict=True)
        items = tuple(self.item(str(kind), str(path), str(where), bytes(data)) for kind, path, where, data in rows)
        self.given.append(self.task(items, [bytes(data) for data in batch["data"]]))
        done = next(said for said in self.said if isinstance(said, Done))
        return {"done": [pickle.dumps(done)]}

    def item(self, kind: str, path: str, where: str, data: bytes) -> Item:
        """Return a row as a document."""
        if kind == "file":
            return Item(self.found.name(path), Path(path).stem, where, Path(path), size=len(data))
        try:
            if kind == "text":
                row = {"doc": self.found.name(path), "text": data.decode("utf-8")}
            else:
                row = inputs.decode(data, where)
        except UnicodeDecodeError as error:
            return Item("", "", where, Path(path), problem=f"{where}: not UTF-8 at byte offset {error.start}")
        except SourceError as error:
            return Item("", "", where, Path(path), problem=str(error))
        return inputs.named(Item(row["doc"], row["doc"], where, Path(path), row=row, size=len(data)))

    def task(self, items: tuple[Item, ...], contents: Sequence[bytes]) -> Task:
        """Return the task for a shard, with what stands there from before."""
        total = hashlib.sha256(msgspec.json.encode([self.job.made, self.job.date]))
        for item, content in zip(items, contents, strict=True):
            total.update(f"{item.name}\0".encode() + hashlib.sha256(content).digest())
        output = f"{shards.PREFIX}{total.hexdigest()[:SHORT]}.{self.job.shard_form}"
        assert self.job.folder is not None
        return Task(0, output, items, _stored(self.job.folder / output, self.job, items))


def _stored(path: Path, job: Job, items: Sequence[Item]) -> Entry | None:
    """Return what is in a shard that stands there already and would be made again, None where it is not whole."""
    from annotator import records

    if not path.is_file():
        return None
    known, count = [], 0
    named_so = {item.name: item for item in items}
    try:
        for chunk in shards.documents(path):
            document = records.decode(chunk.content, chunk.place).document
            article = named_so[chunk.doc].article(date=job.date, named=True)
            count += document.records
            if (article.sha256, article.title, article.date) == (document.sha256, document.title, document.date):
                known.append(input_of(article, ""))
    except (AnnotatorError, KeyError):
        return None
    return Entry(output=path.name, digest=digest_of(path), records=count, made=job.made, inputs=tuple(known))


def _start() -> None:
    """Initialize Ray unless that has been done, and keep it from telling of every step."""
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: pip install 'annotator[ray]'") from error
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = False


def _cores() -> int:
    import ray

    resources = ray.cluster_resources()  # type: ignore[no-untyped-call]  # Ray leaves it untyped
    return max(1, int(resources.get("CPU", 1)))


def _done(found: _Inputs, job: Job, jobs: int, shard_size: int) -> Iterator[Done]:
    """Yield what came of each shard."""
    from ray.data import ActorPoolStrategy

    made = found.dataset().map_batches(
        Extraction, fn_constructor_args=(job, found), batch_size=shard_size, batch_format="numpy", zero_copy_batch=True,
        compute=ActorPoolStrategy(min_size=1, max_size=jobs), num_cpus=ACTOR,
    )  # fmt: skip
    for row in made.iter_rows():
        done = pickle.loads(row["done"])
        assert isinstance(done, Done)
        yield done


def _take(done: Done, state: State, summary: Summary) -> None:
    """Note a shard; a document that stands in two is a failure."""
    summary.count(done)
    if done.entry is None:
        return
    state.put(done.entry)
    for made in done.entry.inputs:
        other = state.take(made.doc, f"{made.where} (in {done.output})")
        if other is not None:
            reason = f"{made.where}: document {made.doc!r} was read from {other} already; rename one of them"
            summary.failures.append(Failure(doc=made.doc, where=made.where, reason=reason))


def _settle(state: State, job: Job, summary: Summary, before: Mapping[str, Sequence[str]], prune: bool) -> None:
    """Take shards that nothing gives any more out of the manifest.

    Removed are those that were never in it, since they come from blocks that were lost, and those whose documents are
    all in other shards now.
    """
    assert job.folder is not None
    for entry in [*state.unseen()]:
        state.drop(entry.output)
    for path in sorted(job.folder.glob(f"{shards.PREFIX}*.{job.form}")):
        if state.old(path.name) is not None:
            continue
        gone = not all(state.taken(doc) for doc in before.get(path.name, ()))
        if gone:
            summary.stale.append(path.name)
        if OURS.match(path.name) and (prune or not gone):
            path.unlink()
    state.sweep()
    summary.pruned = len(summary.stale) if prune else 0
