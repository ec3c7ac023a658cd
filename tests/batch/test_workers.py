"""Worker processes: how they come into being, what they load, and what their deaths cost."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from annotator.batch import inputs, nursery, pool, run, worker
from annotator.batch.inputs import Item
from annotator.batch.worker import Done, Form, Job, Task
from annotator.model import Article
from tests.batch.support import content, extract, job

if TYPE_CHECKING:
    from annotator.extraction import Extractor


class Deadly(worker.Worker):
    """A worker that dies of some documents: of what has `DIES` in its text, once where a file says so."""

    def annotate(self, article: Article) -> bytes:
        """Return the lines, or die."""
        words = str(article)
        if "DIES" in words:
            os.kill(os.getpid(), 9)
        once = Path(words.partition("ONCE ")[2].split("\\n")[0]) if "ONCE " in words else None
        if once is not None and once.exists():
            once.unlink()
            os.kill(os.getpid(), 9)
        return super().annotate(article)


def _serve(connection: Connection, job: Job, extractor: "Extractor | None" = None) -> None:
    """Be a worker process that can die."""
    setattr(pool, "Worker", Deadly)  # noqa: B010  # a plain assignment to a class is refused by mypy
    pool._serve(connection, job, extractor)


@pytest.mark.parametrize(
    ("form", "forked"), [("files", True), ("files", False), ("jsonl", True), ("jsonl", False), ("parquet", True)]
)
def test_a_worker_that_dies_costs_one_document(
    texts: Path, tmp_path: Path, form: Form, forked: bool, processes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pool._serve
    monkeypatch.setattr(pool, "_serve", _serve)
    monkeypatch.setattr(run, "possible", lambda: forked)
    (texts / "a/a2.txt").write_text("In 1999 this one DIES.", "utf-8")
    (tmp_path / "once").write_text("")
    (texts / "b/b2.txt").write_text(f"In 1999, ONCE {tmp_path / 'once'}\nonly.", "utf-8")
    summary = extract(texts, job(tmp_path / "out", form))
    assert (summary.documents, summary.fresh) == (12, 11)
    [failure] = summary.failures
    assert failure.where == "../texts/a/a2.txt"
    assert failure.reason.startswith(f"{texts}/a/a2.txt: the worker process ended by SIGKILL over this document")
    assert not (tmp_path / "once").exists()
    monkeypatch.setattr(pool, "_serve", real)
    monkeypatch.setattr(run, "FEW", 1000)
    (texts / "a/a2.txt").write_text("In 1999 this one lives.", "utf-8")
    assert extract(texts, job(tmp_path / "out", form)).fresh == 1
    extract(texts, job(tmp_path / "new", form))
    assert content(tmp_path / "out") == content(tmp_path / "new")


def test_a_worker_that_dies_while_it_writes_does_not_go_on_forever() -> None:
    task = Task(0, "x", tuple(Item(str(n), str(n), str(n)) for n in range(3)))
    order = []
    for _ in range(3):
        place = pool._guilty(task, 3)
        order.append(place)
        task = task._replace(lost=(*task.lost, (place, "dead")))
    assert order == [2, 1, 0]


def test_done_is_in_any_order_but_whole(texts: Path, tmp_path: Path) -> None:
    def tasks() -> Iterator[Task]:
        for number, item in enumerate(inputs.items(inputs.sources([texts]))):
            yield Task(number, f"{item.name}.jsonl", (item,))

    done = [said for said in pool.processes(job(tmp_path / "out"), tasks(), 3) if isinstance(said, Done)]
    assert sorted(one.number for one in done) == list(range(12))


def test_large_shards_of_rows_do_not_block_their_worker(tmp_path: Path, processes: None) -> None:
    table = [{"doc": f"{number}", "text": f"In 1999.{' ' * 2000}"} for number in range(1200)]
    parquet.write_table(pa.Table.from_pylist(table), tmp_path / "many.parquet")
    summary = extract(tmp_path / "many.parquet", job(tmp_path / "out", "jsonl"), jobs=1, size=600)
    assert (summary.fresh, summary.failures) == (1200, [])


def _rear(control: Connection, options: dict[str, Any] | None) -> None:
    """Be a nursery with a thread that does not end."""
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    nursery._rear(control, options)


@pytest.mark.parametrize("trouble", ["options that cannot be loaded", "a nursery that was killed", "another thread"])
def test_where_forking_would_not_do_workers_load_for_themselves(
    texts: Path, tmp_path: Path, trouble: str, processes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    options: dict[str, Any] | None = {"annotator_dates": 1} if trouble.startswith("options") else None
    if trouble == "another thread":
        monkeypatch.setattr(nursery, "_rear", _rear)
    with nursery.Nursery(options) as made:
        if trouble.endswith("killed"):
            made.process.terminate()
        monkeypatch.setattr(run, "FEW", 8)
        summary = run.extract([texts], job(tmp_path / "out"), jobs=2, shard_size=5, nursery=made)
        assert not made.seconds
    assert (summary.fresh, summary.failures) == (12, [])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (-9, "ended by SIGKILL over this document, 2 times; there may not be enough memory for it"),
        (1, "ended with status 1 over this document, 2 times"),
        (0, "ended with status 0 over this document, 2 times"),
        (None, "ended over this document, 2 times"),  # its nursery is gone, and nobody knows
    ],
)
def test_why_a_worker_is_gone(code: int | None, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    process = SimpleNamespace(exitcode=code, join=lambda: None)
    monkeypatch.setattr(nursery, "spawn", lambda *_: (process, None))
    assert pool._Member(job(Path()), None).reason() == f"the worker process {words}"


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_process_hears_of_no_interruption_from_its_beginning() -> None:
    code = (
        "from annotator.batch import nursery; from pathlib import Path;"
        "made = nursery.Nursery(None); print(Path(f'/proc/{made.process.pid}/status').read_text());"
        "made.__exit__(None, None, None)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    blocked = next(line for line in told.splitlines() if line.startswith("SigBlk:"))
    assert int(blocked.split()[1], 16) & 1 << (signal.SIGINT - 1)


def test_spacy_loaded_without_its_commands_still_has_them() -> None:
    code = (
        "from annotator.batch import nursery; nursery._load(None); import sys; assert 'typer' not in sys.modules;"
        "import spacy.cli; assert spacy.cli.download"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
