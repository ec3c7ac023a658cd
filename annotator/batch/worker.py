"""One task comes in, its outputs are written, and what came of it goes out; runs in the process it is called in.

The pipeline is loaded when the first document needs it, so that a run in which nothing has changed never does.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from annotator import files, records
from annotator.batch import shards
from annotator.batch.inputs import Item
from annotator.batch.kept import Kept, content_of
from annotator.batch.manifest import Entry, Failure, Input, Made, input_of
from annotator.errors import AnnotatorError
from annotator.model import Article
from annotator.source import looks_english

if TYPE_CHECKING:
    from annotator.extraction import Extractor

Form = Literal["files", "standard", "jsonl", "parquet"]


class Job(NamedTuple):
    """What all tasks of a run have in common; `folder` is None when results go to standard output."""

    form: Form
    folder: Path | None
    made: Made
    date: str | None = None
    options: Mapping[str, Mapping[str, Any]] | None = None
    force: bool = False
    profile: bool = False
    sync: bool = False

    @property
    def sharded(self) -> bool:
        """Whether an output holds many documents."""
        return self.shard_form is not None

    @property
    def shard_form(self) -> shards.Form | None:
        """The form of outputs that hold many documents, None where each holds one."""
        return self.form if self.form == "jsonl" or self.form == "parquet" else None


class Task(NamedTuple):
    """The documents of one output, its name below the folder, and what is known of it from before.

    `lost` are the places (in `items`) of documents that a worker died of.
    """

    number: int
    output: str
    items: tuple[Item, ...]
    old: Entry | None = None
    lost: tuple[tuple[int, str], ...] = ()


class Done(NamedTuple):
    """What came of a task: an entry unless nothing could be made; how many documents were extracted now.

    `content` is the output itself where it goes to standard output; `costs` are seconds of processor time by stage.
    """

    number: int
    output: str
    entry: Entry | None
    fresh: int
    documents: int
    characters: int
    size: int
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    content: bytes = b""
    costs: Mapping[str, float] | None = None


class Worker:
    """Does tasks, one after the other; `tell` is called with each document's size when it is done.

    `extractor` is the pipeline of the job's options, where it is loaded already.
    """

    def __init__(
        self, job: Job, tell: Callable[[int], None] = lambda size: None, extractor: "Extractor | None" = None
    ) -> None:
        self.job = job
        self.tell = tell
        self.costs: defaultdict[str, float] = defaultdict(float)
        self._extractor = extractor
        if extractor is not None:
            extractor.watch = self.lap
        self._last = process_time()

    def do(self, task: Task) -> Done:
        """Return what came of a task; no document's failure is raised."""
        self.costs.clear()
        self._last = process_time()
        done = _Doing(self, task)
        return (done.shard if self.job.sharded else done.file)()

    def annotate(self, article: Article) -> bytes:
        """Return the lines of an article."""
        content = records.encode(self.extractor().annotate(article))
        self.lap("encode")
        return content

    def extractor(self) -> "Extractor":
        """Return the pipeline, loaded on the first call."""
        if self._extractor is None:
            from annotator.extraction import load

            self._extractor = load(self.job.options, watch=self.lap)
            self.lap("start-up")
        return self._extractor

    def lap(self, stage: str) -> None:
        """Count the time since the last call as that stage's, where somebody wants to know."""
        if not self.job.profile:
            return
        now = process_time()
        self.costs[stage] += now - self._last
        self._last = now


class _Doing:
    """One task under way."""

    def __init__(self, worker: Worker, task: Task) -> None:
        self.worker, self.task, self.job = worker, task, worker.job
        self.lost = dict(task.lost)
        self.failures: list[Failure] = []
        self.notes: list[str] = []
        self.characters = 0
        self.fresh = 0
        self.records = 0

    def article(self, place: int) -> Article | None:
        """Return the document at a place; None, the failure noted, where it cannot be used."""
        item = self.task.items[place]
        with self.told(item):
            if place in self.lost:
                raise AnnotatorError(f"{item.where}: {self.lost[place]}")
            article = item.article(date=self.job.date, named=self.job.sharded)
            self.worker.lap("read")
            return article
        return None

    def lines(self, article: Article, item: Item) -> bytes | None:
        """Return the document's lines; None, the failure noted, where there are none."""
        with self.told(item):
            if not looks_english(article.text):
                self.notes.append(f"{item.where}: this does not look like English; the rules are for English texts")
            content = self.worker.annotate(article)
            self.fresh += 1
            self.characters += len(article.text)
            self.records += content.count(b"\n") - 1
            return content
        return None

    @contextmanager
    def told(self, item: Item) -> Iterator[None]:
        """Turn what is raised into a failure of the document."""
        try:
            yield
        except AnnotatorError as error:
            self.fail(item, str(error))
        except Exception as error:  # one document's failure must not cost the others
            self.fail(item, f"{item.where}: {type(error).__name__}: {error} (a defect of this program)")

    def fail(self, item: Item, reason: str) -> None:
        self.failures.append(Failure(doc=item.name, where=self.where(item), reason=reason))

    def where(self, item: Item) -> str:
        """Return the item's place as seen from the output folder."""
        if self.job.folder is None or item.path is None:
            return item.where
        return os.path.relpath(item.path, self.job.folder).replace(os.sep, "/") + item.where[len(str(item.path)) :]

    def file(self) -> Done:
        """Do one document, into a file of its own or for standard output."""
        item = self.task.items[0]
        article = self.article(0)
        if article is None:
            return self.done(None)
        inputs = (input_of(article, self.where(item)),)
        if self.unchanged(inputs):
            return self.done(self.again(inputs))
        content = self.lines(article, item)
        if content is None:
            return self.done(None)
        if self.job.folder is None:
            return self.done(None, content)
        with self.told(item):
            files.write_bytes(self.job.folder / self.task.output, content, sync=self.job.sync)
            self.worker.lap("write")
            return self.done(self.entry(inputs, hashlib.sha256(content).hexdigest()))
        return self.done(None)

    def unchanged(self, inputs: Sequence[Input]) -> bool:
        """Say whether the output stands as these inputs would make it."""
        old = self.task.old
        same = old is not None and not old.failures and [*map(content_of, old.inputs)] == [*map(content_of, inputs)]
        return same and self.whole()

    def whole(self) -> bool:
        """Say whether the output stands as the last run left it, and that run was by the same program."""
        old = self.task.old
        if old is None or self.job.force or old.made != self.job.made:
            return False
        assert self.job.folder is not None
        path = self.job.folder / self.task.output
        whole = path.is_file() and digest_of(path) == old.digest
        self.worker.lap("read")
        return whole

    def again(self, inputs: tuple[Input, ...]) -> Entry:
        """Return the entry of an unchanged output; its documents may be read elsewhere than before."""
        assert self.task.old is not None
        return msgspec.structs.replace(self.task.old, inputs=inputs)

    def shard(self) -> Done:
        """Do the documents of a shard, those unchanged taken over from the shard that stands there."""
        form = self.job.shard_form
        assert form is not None
        assert self.job.folder is not None
        path = self.job.folder / self.task.output
        kept = None
        if self.task.old is not None and self.whole():
            known = self.known()
            if known is not None and self.unchanged(known):
                return self.done(self.again(known))
            kept = Kept(path, self.task.old)
        inputs: list[Input] = []
        written = False
        with self.told(self.task.items[0]):
            with files.writing(path, sync=False) as file:
                out = shards.writer(form, file)
                for place, item in enumerate(self.task.items):
                    made = self.one(place, kept)
                    if made is not None:
                        inputs.append(made[0])
                        out.add(made[1])
                        self.worker.lap("write")
                    self.worker.tell(item.size)
                out.close()
            written = True
        return self.done(self.entry(tuple(inputs), digest_of(path)) if written else None)

    def known(self) -> tuple[Input, ...] | None:
        """Return what the shard is to be made from; None where a document fails."""
        made = []
        for item in self.task.items:
            try:
                made.append(input_of(item.article(date=self.job.date, named=True), self.where(item)))
            except AnnotatorError:
                return None
        return tuple(made)

    def one(self, place: int, kept: Kept | None) -> tuple[Input, bytes] | None:
        """Return a document of a shard with its lines, None where it failed."""
        article = self.article(place)
        if article is None:
            return None
        item = self.task.items[place]
        made = input_of(article, self.where(item))
        content = kept.take(made) if kept is not None else None
        if content is None:
            content = self.lines(article, item)
        else:
            self.records += content.count(b"\n") - 1
        return None if content is None else (made, content)

    def entry(self, inputs: tuple[Input, ...], digest: str) -> Entry:
        return Entry(
            output=self.task.output, digest=digest, records=self.records, made=self.job.made, inputs=inputs,
            failures=tuple(self.failures),
        )  # fmt: skip

    def done(self, entry: Entry | None, content: bytes = b"") -> Done:
        items = self.task.items
        return Done(
            self.task.number, self.task.output, entry, self.fresh, len(items), self.characters,
            sum(item.size for item in items), tuple(self.failures), tuple(self.notes), content,
            dict(self.worker.costs) if self.job.profile else None,
        )  # fmt: skip


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
