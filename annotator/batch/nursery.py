"""How worker processes come into being: spawned, or forked from one that has loaded the pipeline for all of them.

Loading takes most of a second of a core, and processes that load at once get in each other's way. The one that others
are forked from was itself spawned, so that nothing of the run is copied; it forks only while it has a single thread.
"""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import get_context, reduction, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from annotator.extraction import Extractor

Options = Mapping[str, Mapping[str, Any]]
"""Settings of the components, by factory."""

Serve = Callable[..., None]
"""The life of a process: takes its connection, the arguments it was made with, and what was loaded, if that was."""
THREADS = Path("/proc/self/task")
"""Where Linux lists the threads of a process, those of libraries, too."""


class Process(Protocol):
    """A worker process, as one would have it: `exitcode` is there once it was joined, None where nobody knows it."""

    @property
    def exitcode(self) -> int | None:
        """Its status, the negative number of the signal it ended by."""

    def join(self) -> None:
        """Wait for its end."""

    def terminate(self) -> None:
        """Ask it to end."""


def spawn(serve: Serve, *args: object) -> tuple[Process, Connection]:
    """Return a new process, in which nothing is loaded, and the connection to it."""
    context = get_context("spawn")
    connection, there = context.Pipe()
    process = context.Process(target=serve, args=(there, *args), daemon=True)
    with _uninterrupted():
        process.start()
    there.close()
    return process, connection


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep what is begun from hearing of an interruption (Ctrl-C), which this process will tell it of.

    The tracker of multiprocessing, when it is begun, lets interruptions through again: so it is begun first.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Nursery:
    """A process that loads the pipeline under these options, at once, and then makes others by forking itself.

    `seconds` is the processor time that loading took: None while it goes on, 0 where nothing can be forked from it.
    """

    def __init__(self, options: Options | None) -> None:
        self.process, self.control = spawn(_rear, options)
        self.seconds: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.control.close()
        self.process.terminate()
        self.process.join()

    def start(self, serve: Serve, *args: object) -> tuple[Process, Connection]:
        """Return a process that has loaded, and the connection to it; where forking would not do, a spawned one."""
        connection, there = get_context("spawn").Pipe()
        try:
            if self.seconds is None:
                self.seconds = self.control.recv()
            if self.seconds:
                self.control.send((serve, args))
                reduction.send_handle(self.control, there.fileno(), 0)
                return _Forked(self.control.recv(), self.control), connection
        except (EOFError, OSError):  # it was killed
            self.seconds = 0.0
        finally:
            there.close()
        connection.close()
        return spawn(serve, *args)


class _Forked:
    """A process whose parent is the one at the other end of `control`, which keeps its number from being used again."""

    def __init__(self, pid: int, control: Connection) -> None:
        self.pid = pid
        self.control = control
        self.exitcode: int | None = None

    def join(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            self.control.send(self.pid)
            self.exitcode = self.control.recv()

    def terminate(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)


def possible() -> bool:
    """Say whether forking is safe here: on macOS its own libraries do not bear it, and Windows cannot."""
    return sys.platform == "linux" and THREADS.is_dir()


def _rear(control: Connection, options: Options | None) -> None:
    """Load, tell how long that took, and do as told: fork, or wait for one's end. The life of a nursery."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else numpy has a second thread, which nobody needs
    gc.disable()
    loaded = None
    with contextlib.suppress(Exception):  # a worker that loads for itself meets the same, and tells of it
        loaded = _load(options)
    alone = len([*THREADS.iterdir()]) == 1
    gc.freeze()  # what is shared is not looked through for cycles, nor copied for that
    gc.enable()
    with contextlib.suppress(EOFError, OSError):  # the process that gave the orders is gone
        control.send(process_time() if alone and loaded is not None else 0.0)
        while True:
            told: Any = control.recv()
            control.send(_end(told) if isinstance(told, int) else _fork(control, *told, loaded=loaded))
    os._exit(0)


def _load(options: Options | None) -> "Extractor":
    """Load all that a worker needs."""
    with _without_commands():
        import spacy
    from annotator.batch import pool
    from annotator.extraction import Extractor

    assert spacy
    assert pool
    return Extractor(options)


@contextlib.contextmanager
def _without_commands() -> Iterator[None]:
    """Let spaCy be imported without its command line, which takes a third of that time, and of which it uses nothing.

    What it takes from there is `spacy.info`, which tells of an installation. Its commands can be imported afterwards.
    """
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    vars(info)["info"] = None
    stands = {module.__name__: module for module in (commands, info)}
    if "spacy" not in sys.modules:
        sys.modules.update(stands)
    yield
    for name, module in stands.items():
        if sys.modules.get(name) is module:
            del sys.modules[name]


def _end(pid: int) -> int:
    """Wait for the end of a process and return how it ended, as `Process.exitcode` has it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _fork(control: Connection, serve: Serve, args: Sequence[object], *, loaded: object) -> int:
    """Fork, and return the number of the new process, which serves at the connection that is handed over."""
    handle = reduction.recv_handle(control)
    pid = os.fork()
    if pid:
        os.close(handle)
        return pid
    try:
        control.close()
        serve(Connection(handle), *args, loaded)
    finally:
        os._exit(1)
