"""Tasks come in, what came of them goes out, in any order; worker processes do them, and one that dies is replaced.

A worker tells of each document that it has done, so that a death can be laid to one document. That is tried once more
in a new process; when that dies, too, the document has failed and its task is done without it.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from time import sleep
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from annotator.batch import nursery
from annotator.batch.nursery import Nursery
from annotator.batch.worker import Done, Job, Task, Worker

if TYPE_CHECKING:
    from annotator.extraction import Extractor

AHEAD = 2
"""Tasks that a worker has been given at any time, so that it need not wait for the next."""
MANY, MANY_SIZE = 40, 60_000
"""So many instead of two, as long as their documents have no more bytes together."""
PAUSE = 0.01
"""Seconds between two times of listening to workers that all have enough to do: each time takes the core from one."""
TRIES = 2
"""How often a document may cost a worker process its life before it counts as failed."""

GARBAGE = 100_000, 50, 100
"""When to look for cycles: seldom, since records are many, and none is part of one."""

EARLY, EARLY_SIZE = 4_000, 32_000_000
"""Tasks, and bytes of their documents, that are made ready while the pipeline is loaded."""


class Progress(NamedTuple):
    """Documents of a task were done; `size` counts bytes of input."""

    documents: int
    size: int


class Died(NamedTuple):
    """A worker process has died; what it was writing may have been left half written, under another name."""


Said = Done | Progress | Died
"""What is heard while tasks are done."""

_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(Done | int)
"""What a worker tells: the size of a document that is done, or what came of a task."""


def here(job: Job, tasks: Iterator[Task]) -> Iterator[Done]:
    """Do the tasks in this process."""
    worker = Worker(job)
    for task in tasks:
        yield worker.do(task)


def processes(
    job: Job, tasks: Iterator[Task], count: int, *, ahead: int | None = None, nursery: Nursery | None = None
) -> Iterator[Said]:
    """Do the tasks in `count` processes, from `nursery` where there is one; each is given `ahead` tasks at a time.

    Without `ahead`, a worker that says much while it is at work gets one task at a time: were it given another
    meanwhile, each side could wait for the other to listen.
    """
    pool = _Pool(job, tasks, ahead or (AHEAD if job.form == "files" else 1), nursery)
    try:
        yield from pool.run(count)
    finally:
        pool.end()


class _Member:
    """A worker process with the tasks it was given, and how many documents of the first it has done."""

    def __init__(self, job: Job, nest: Nursery | None) -> None:
        self.process, self.connection = (nest.start if nest else nursery.spawn)(_serve, job)
        self.tasks: deque[Task] = deque()
        self.place = 0

    def give(self, task: Task) -> bool:
        """Hand a task over; say whether the process was there to take it."""
        self.tasks.append(task)
        try:
            self.connection.send(task)
        except OSError:
            return False
        return True

    def reason(self) -> str:
        """Say why the process is gone."""
        self.process.join()
        code = self.process.exitcode
        how = f" by {signal.Signals(-code).name}" if code and code < 0 else f" with status {code}"
        hint = "; there may not be enough memory for it" if code == -signal.SIGKILL else ""
        return f"the worker process ended{how if code is not None else ''} over this document, {TRIES} times{hint}"


class _Pool:
    def __init__(self, job: Job, tasks: Iterator[Task], ahead: int, nursery: Nursery | None) -> None:
        self.job = job
        self.ahead = ahead
        self.nursery = nursery
        self.tasks = tasks
        self.again: deque[Task] = deque()
        self.deaths: dict[tuple[int, int], int] = {}
        self.members: list[_Member] = []

    def run(self, count: int) -> Iterator[Said]:
        if self.nursery is not None:
            self.prepare()
        for _ in range(count):
            if not self.start():
                break
        while self.members:
            ready = wait([member.connection for member in self.members])
            for member in [member for member in self.members if member.connection in ready]:
                yield from self.hear(member)
                while member in self.members and member.connection.poll():
                    yield from self.hear(member)
            if all(len(member.tasks) > self.ahead for member in self.members):
                sleep(PAUSE)

    def prepare(self) -> None:
        """Make tasks ready, in the time that it takes until there can be a worker."""
        size = 0
        for task in islice(self.tasks, EARLY):
            self.again.append(task)
            size += sum(item.size for item in task.items)
            if size > EARLY_SIZE:
                break

    def start(self) -> bool:
        """Start a worker when there is a task for it."""
        task = self.next()
        if task is None:
            return False
        member = _Member(self.job, self.nursery)
        self.members.append(member)
        member.give(task)
        return True

    def next(self) -> Task | None:
        return self.again.popleft() if self.again else next(self.tasks, None)

    def hear(self, member: _Member) -> Iterator[Said]:
        """Take what a worker says, and give it more to do."""
        try:
            said = _decoder.decode(member.connection.recv_bytes())
        except (EOFError, OSError):
            self.bury(member)
            yield Died()
            return
        if isinstance(said, int):
            member.place += 1
            yield Progress(1, said)
        else:
            task = member.tasks.popleft()
            if len(task.items) > member.place:
                yield Progress(len(task.items) - member.place, said.size if member.place == 0 else 0)
            member.place = 0
            yield said
        while self.wants(member):
            task_ = self.next()
            if task_ is None:
                break
            if not member.give(task_):
                return
        if not member.tasks:
            self.dismiss(member)

    def wants(self, member: _Member) -> bool:
        """Say whether a worker is to be given another task."""
        count = len(member.tasks)
        if count < self.ahead or self.ahead < AHEAD:
            return count < self.ahead
        return count < MANY and sum(item.size for task in member.tasks for item in task.items) < MANY_SIZE

    def bury(self, member: _Member) -> None:
        """Give the tasks of a dead worker to others, without the document that it died of twice."""
        self.members.remove(member)
        member.connection.close()
        reason = member.reason()
        tasks = [*member.tasks]
        if tasks:
            first = tasks[0]
            place = _guilty(first, member.place)
            key = first.number, place
            self.deaths[key] = self.deaths.get(key, 0) + 1
            if self.deaths[key] >= TRIES:
                tasks[0] = first._replace(lost=(*first.lost, (place, reason)))
        self.again.extend(tasks)
        self.start()

    def dismiss(self, member: _Member) -> None:
        self.members.remove(member)
        member.connection.close()
        member.process.join()

    def end(self) -> None:
        """Stop all workers, wherever they are."""
        for member in self.members:
            member.process.terminate()
            member.process.join()
            member.connection.close()


def _guilty(task: Task, place: int) -> int:
    """Return the document that a worker was at when it died, after it had told of `place` documents.

    One that died with all documents told of was writing them: the last ones are left out in turn.
    """
    lost = dict(task.lost)
    within = range(place, len(task.items))
    return next((place for place in (*within, *reversed(range(len(task.items)))) if place not in lost), 0)


def _serve(connection: Connection, job: Job, extractor: "Extractor | None" = None) -> None:
    """Do tasks until there are no more; the life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*GARBAGE)
    worker = Worker(job, lambda size: connection.send_bytes(_encode(size)), extractor)
    try:
        while True:
            connection.send_bytes(_encode(worker.do(connection.recv())))
    except (EOFError, OSError):  # no more tasks, or the process that gave them is gone
        pass
    connection.close()
    os._exit(0)  # taking a pipeline apart takes half a second, and frees what the system frees anyway


def cores() -> int:
    """Return how many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
