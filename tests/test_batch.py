"""Many documents: inputs of every form, what is skipped and redone, what fails, and what the outputs hold."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from annotator.batch import inputs, manifest, nursery, pool, run, shards, stored, worker
from annotator.batch.inputs import Item
from annotator.batch.worker import Done, Form, Job, Task
from annotator.errors import FormatError, OutputError, SourceError, UsageError
from annotator.model import Article
from tests.conftest import ROOT, Run
from tests.support import TEXT

if TYPE_CHECKING:
    from annotator.extraction import Extractor

NAMES = [f"{letter}{number}" for letter in "abc" for number in range(4)]
"""Enough documents that worker processes are started."""


def text(name: str) -> str:
    return f"{TEXT}In 199{len(name)} Norway and {name.upper()} signed it; a year later Chile left.\n"


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do all work in this process, but in the tests marked as being about worker processes."""
    if "processes" not in request.fixturenames:
        monkeypatch.setattr(run, "FEW", 1000)


@pytest.fixture
def processes() -> None:
    """Ask for worker processes."""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Return a folder of texts, some of them in folders below."""
    folder = tmp_path / "texts"
    for name in NAMES:
        path = folder / name[0] / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(name), "utf-8")
    return folder


def job(folder: Path, form: Form = "files", **changes: Any) -> Job:
    return Job(form=form, folder=folder, made=manifest.made_by(None))._replace(**changes)


def extract(paths: Path | list[Path], job: Job, *, jobs: int = 2, size: int = 5, prune: bool = False) -> run.Summary:
    return run.extract(paths if isinstance(paths, list) else [paths], job, jobs=jobs, shard_size=size, prune=prune)


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def lines_of(folder: Path) -> list[bytes]:
    """Return all lines of all outputs of a folder, sorted, with documents named as their file or their shard has it."""
    found = [one.content for one in stored.documents(folder)]
    return sorted(line for lines in found for line in lines.splitlines())


@pytest.mark.parametrize("form", ["files", "jsonl", "parquet"])
def test_the_bytes_are_the_same_at_any_number_of_workers(
    texts: Path, tmp_path: Path, form: Form, processes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for jobs in (1, 3, 0):
        monkeypatch.setattr(run, "FEW", 8 if jobs else 1000)  # 0: in this process
        summary = extract(texts, job(tmp_path / f"{jobs}", form), jobs=jobs)
        assert (summary.documents, summary.fresh, summary.failures) == (12, 12, [])
    assert content(tmp_path / "1") == content(tmp_path / "3") == content(tmp_path / "0")
    assert manifest.NAME in content(tmp_path / "1")


def test_both_forms_of_shards_hold_the_same_lines(texts: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "parquet"):
        extract(texts, job(tmp_path / form, form))
    assert lines_of(tmp_path / "jsonl") == lines_of(tmp_path / "parquet")
    names = [one.doc for one in stored.documents(tmp_path / "parquet")]
    assert names == [f"{name[0]}/{name}" for name in NAMES]


def rows(folder: Path) -> list[dict[str, object]]:
    return [{"doc": name, "text": text(name), "date": "2022-05-04", "more": 1} for name in NAMES]


def as_lines(folder: Path) -> Path:
    path = folder / "many.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(folder)), "utf-8")
    return path


def as_parquet(folder: Path) -> Path:
    path = folder / "many.parquet"
    table = [{**row, "date": date(2022, 5, 4)} for row in rows(folder)]
    parquet.write_table(pa.Table.from_pylist(table), path, row_group_size=5)
    return path


def as_files(folder: Path) -> Path:
    path = folder / "many"
    path.mkdir()
    for row in rows(folder):
        (path / f"{row['doc']}.txt").write_text(str(row["text"]), "utf-8")
        (path / f"{row['doc']}.toml").write_text('date = "2022-05-04"', "utf-8")
    return path


def as_pattern(folder: Path) -> Path:
    return Path(f"{as_files(folder)}/*.txt")


@pytest.mark.parametrize("make", [as_lines, as_parquet, as_files, as_pattern])
def test_every_form_of_input_gives_the_same_records(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    extract(make(tmp_path), job(tmp_path / "out"))
    other = tmp_path / "other"
    other.mkdir()
    extract(as_lines(other), job(tmp_path / "lines", "jsonl"))
    files = b"".join((tmp_path / f"out/{name}.jsonl").read_bytes() for name in NAMES)
    assert sorted(files.splitlines()) == lines_of(tmp_path / "lines")
    assert b'"date":"2022-05-04"' in files


def test_what_has_not_changed_is_skipped_and_the_pipeline_not_loaded(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    extract(texts / "a", job(out))
    before = content(out)

    def refuse(self: object) -> None:
        raise AssertionError("the pipeline was loaded")

    monkeypatch.setattr(worker.Worker, "extractor", refuse)
    summary = extract(texts / "a", job(out))
    assert (summary.documents, summary.fresh) == (4, 0)
    assert content(out) == before


def edit_text(texts: Path, out: Path) -> None:
    (texts / "a/a1.txt").write_text("In 2001, Chile signed.", "utf-8")


def edit_metadata(texts: Path, out: Path) -> None:
    (texts / "a/a1.toml").write_text('author = "Ann"', "utf-8")


def cut_output(texts: Path, out: Path) -> None:
    path = next(iter(sorted(out.rglob("*a1.jsonl"))), out / "part-000000.jsonl")
    path.write_bytes(path.read_bytes()[:-9])


def remove_output(texts: Path, out: Path) -> None:
    next(iter(sorted(out.rglob("*a1.jsonl"))), out / "part-000000.jsonl").unlink()


def nothing(texts: Path, out: Path) -> None:
    pass


CHANGES: dict[str, tuple[Callable[[Path, Path], None], dict[str, Any], int, int]] = {
    "nothing": (nothing, {}, 0, 0),
    "a text": (edit_text, {}, 1, 1),
    "its metadata": (edit_metadata, {}, 1, 1),
    "an output was cut off": (cut_output, {}, 1, 5),
    "an output was removed": (remove_output, {}, 1, 5),
    "forced": (nothing, {"force": True}, 12, 12),
    "the version": (nothing, {"annotator": "9"}, 12, 12),
    "the configuration": (nothing, {"configuration": "9"}, 12, 12),
    "the lexicons": (nothing, {"lexicons": "9"}, 12, 12),
    "the program": (nothing, {"program": "9"}, 12, 12),
    "the date asked for": (nothing, {"date": "2022"}, 12, 12),
}
"""What changes between two runs, and how many documents are extracted again: as files, and in shards of five."""


@pytest.mark.parametrize("form", ["files", "jsonl"])
@pytest.mark.parametrize("name", CHANGES)
def test_only_what_has_changed_is_done_again(texts: Path, tmp_path: Path, name: str, form: Form) -> None:
    change, settings, as_files, in_shards = CHANGES[name]
    out = tmp_path / "out"
    extract(texts, job(out, form))
    change(texts, out)
    again = job(out, form)
    for key, value in settings.items():
        if key in Job._fields:
            again = again._replace(**{key: value})
        else:
            again = again._replace(made=manifest.Made(**{**_asdict(again.made), key: str(value)}))
    summary = extract(texts, again)
    assert summary.fresh == (as_files if form == "files" else in_shards)
    extract(texts, again._replace(folder=tmp_path / "new"))
    assert content(out) == content(tmp_path / "new")


def _asdict(made: manifest.Made) -> dict[str, str]:
    return {key: getattr(made, key) for key in made.__struct_fields__}


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_document_added_in_front_costs_a_document_a_shard(texts: Path, tmp_path: Path, form: Form) -> None:
    extract(texts, job(tmp_path / "out", form))
    (texts / "0.txt").write_text("In 2001, Chile signed.", "utf-8")
    assert extract(texts, job(tmp_path / "out", form)).fresh == 3
    extract(texts, job(tmp_path / "new", form))
    assert content(tmp_path / "out") == content(tmp_path / "new")


def test_a_line_read_elsewhere_is_the_same_document(tmp_path: Path) -> None:
    path = as_lines(tmp_path)
    extract(path, job(tmp_path / "out"))
    path.write_bytes(json.dumps({"doc": "new", "text": "In 1999."}).encode() + b"\n" + path.read_bytes())
    assert extract(path, job(tmp_path / "out")).fresh == 1
    extract(path, job(tmp_path / "new"))
    assert content(tmp_path / "out") == content(tmp_path / "new")


def test_stale_outputs_are_listed_and_removed_only_when_told(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(texts, job(out))
    (texts / "a/a1.txt").unlink()
    assert extract(texts / "b", job(out)).stale == ["a/a1.jsonl"]
    assert (out / "a/a1.jsonl").exists()
    summary = extract(texts, job(out), prune=True)
    assert (summary.stale, summary.pruned) == (["a/a1.jsonl"], 1)
    assert not (out / "a/a1.jsonl").exists()
    assert extract(texts, job(out)).stale == []


def test_a_document_gone_from_its_file_is_stale(tmp_path: Path) -> None:
    path = as_lines(tmp_path)
    extract(path, job(tmp_path / "out"))
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
    assert extract(path, job(tmp_path / "out")).stale == ["a0.jsonl"]


def test_shards_that_are_no_longer_needed_are_stale_and_not_read(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(texts, job(out, "jsonl"))
    shutil.rmtree(texts / "c")
    assert extract(texts, job(out, "jsonl")).stale == ["part-000002.jsonl"]
    assert [one.doc for one in stored.documents(out)] == [f"{name[0]}/{name}" for name in NAMES[:8]]
    extract(texts, job(out, "jsonl"), prune=True)
    assert not (out / "part-000002.jsonl").exists()


BAD_LINES = {
    "no JSON": (b"{", "JSON"),
    "no doc": (b'{"text": "In 1999."}', "missing required field"),
    "no text": (b'{"doc": "x"}', "missing required field"),
    "an empty text": (b'{"doc": "x", "text": ""}', "nothing but white space"),
    "a NUL": (b'{"doc": "x", "text": "a\\u0000"}', "NUL"),
    "a date that is none": (b'{"doc": "x", "text": "In 1999.", "date": "May"}', "is no date"),
    "a name above the folder": (b'{"doc": "../x", "text": "In 1999."}', "cannot name a file"),
    "an absolute name": (b'{"doc": "/x", "text": "In 1999."}', "cannot name a file"),
    "a name used twice": (b'{"doc": "b1", "text": "In 1999."}', "was read from"),
    "not UTF-8": (b'{"doc": "x", "text": "\xff"}', "utf-8"),
}


@pytest.mark.parametrize("form", ["files", "jsonl"])
@pytest.mark.parametrize("name", BAD_LINES)
def test_a_line_that_fails_is_told_with_its_place_and_the_others_are_done(
    tmp_path: Path, name: str, form: Form
) -> None:
    line, words = BAD_LINES[name]
    path = as_lines(tmp_path)
    path.write_bytes(path.read_bytes() + line + b"\n")
    summary = extract(path, job(tmp_path / "out", form))
    assert summary.fresh == 12
    [failure] = summary.failures
    assert failure.reason.startswith(f"{path}:13: ")
    assert words.lower() in failure.reason.lower()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("x")] == []


def test_a_broken_file_does_not_cost_the_others(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"doc": ["a"], "body": ["x"]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    as_parquet(tmp_path)
    summary = extract(tmp_path / "*.parquet", job(tmp_path / "out"))
    assert summary.fresh == 12
    reasons = [failure.reason for failure in summary.failures]
    assert "no column 'text'; it has doc, body" in reasons[0]
    assert "not a whole Parquet file" in reasons[1]


def test_a_path_named_twice_is_done_once(texts: Path, tmp_path: Path) -> None:
    summary = extract([texts, texts], job(tmp_path / "out"))
    assert (summary.fresh, summary.failures) == (12, [])


def test_a_shard_can_be_read_without_its_manifest(texts: Path, tmp_path: Path) -> None:
    extract(texts, job(tmp_path / "out", "jsonl"))
    alone = tmp_path / "part-000000.jsonl"
    shutil.copy(tmp_path / "out" / alone.name, alone)
    assert [one.doc for one in stored.documents(alone)] == [f"{name[0]}/{name}" for name in NAMES[:5]]
    with pytest.raises(SourceError, match="not in the manifest"):
        stored.Articles().of(next(stored.documents(alone)))


@pytest.mark.parametrize(("pattern", "words"), [("nowhere.txt", "no such file"), ("nowhere/*.txt", "no file fits")])
def test_paths_where_nothing_is(tmp_path: Path, pattern: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        extract(tmp_path / pattern, job(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_folder_of_another_form_is_refused(texts: Path, tmp_path: Path) -> None:
    extract(texts, job(tmp_path / "out", "jsonl"))
    for form in ("files", "parquet"):
        with pytest.raises(UsageError, match="holds shards of jsonl"):
            extract(texts, job(tmp_path / "out", form))
    extract(texts / "a", job(tmp_path / "files"))
    with pytest.raises(UsageError, match="one file a document"):
        extract(texts, job(tmp_path / "files", "jsonl"))


def test_two_runs_in_one_folder(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.batch import state

    monkeypatch.setattr(state, "WAIT", 0.1)
    other = state.State(tmp_path / "out")
    with pytest.raises(OutputError, match="another run"):
        extract(texts, job(tmp_path / "out"))
    other.leave()
    extract(texts, job(tmp_path / "out"))


def test_a_state_that_a_loss_of_power_has_broken_is_begun_anew(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.annotator.state").write_bytes(b"not a database, but longer than its head" * 99)
    (tmp_path / "out/.x.jsonl.abc.tmp").write_bytes(b"half")
    extract(texts, job(tmp_path / "out"))
    extract(texts, job(tmp_path / "new"))
    assert content(tmp_path / "out") == content(tmp_path / "new")


def test_a_broken_manifest_is_told_with_its_line(texts: Path, tmp_path: Path) -> None:
    extract(texts, job(tmp_path / "out"))
    path = tmp_path / "out" / manifest.NAME
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FormatError, match=rf"{manifest.NAME}:12: "):
        extract(texts, job(tmp_path / "out"))


def test_a_defect_in_one_document_does_not_cost_the_others(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = worker.Worker.annotate

    def break_on(self: worker.Worker, article: Article) -> bytes:
        if "A1" in str(article):
            raise RecursionError("too deep")
        return real(self, article)

    monkeypatch.setattr(worker.Worker, "annotate", break_on)
    summary = extract(texts / "a", job(tmp_path / "out"))
    assert summary.fresh == 3
    assert summary.failures[0].reason == f"{texts}/a/a1.txt: RecursionError: too deep (a defect of this program)"


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
    setattr(pool, "Worker", Deadly)  # noqa: B010
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


def test_the_cost_of_every_stage_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(TEXT, "utf-8")
    summary = extract([path], job(tmp_path / "out", profile=True))
    assert {"reading", "actors", "dates", "records", "encode", "write"} <= set(summary.costs)
    extract([path], job(tmp_path / "other"))
    assert content(tmp_path / "out") == content(tmp_path / "other")


def test_the_command_line_shards_verifies_and_reconciles(run: Run, project: Path) -> None:
    shutil.copy(ROOT / "corpus/japan-europe.txt", project / "corpus/second.txt")
    assert run("extract", "corpus", "-o", "out.parquet", "--shard-size", "1").status == 0
    assert sorted(p.name for p in (project / "out.parquet").iterdir()) == [
        "annotator.manifest", "part-000000.parquet", "part-000001.parquet",
    ]  # fmt: skip
    verified = run("verify", "out.parquet")
    assert verified.status == 0
    assert "records proved" in verified.out
    reconciled = run("reconcile", "out.parquet", "--gold", "annotations")
    assert reconciled.status in (0, 1)
    assert reconciled.out.partition("\n")[0] == run("reconcile", "annotations").out.partition("\n")[0]
    assert run("reconcile", "out.parquet").status == 3


def test_the_command_line_tells_of_everything(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        (tmp_path / f"{name}.txt").write_text(text(name), "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    first = run("extract", ".", "-o", "out", "--profile", "--jobs", "2")
    assert first.status == 3
    assert "13 documents: 12 extracted, 0 unchanged, 1 failed" in first.err
    assert "bad.txt: not UTF-8" in first.err.splitlines()[-1]
    assert "characters/s a process" in first.err
    (tmp_path / "bad.txt").unlink()
    (tmp_path / "a1.txt").unlink()
    second = run("extract", ".", "-o", "out")
    assert second.status == 0
    assert "11 documents: 0 extracted, 11 unchanged, 0 failed" in second.err
    assert "out/a1.jsonl: its input is gone; --prune removes it" in second.err
    assert "removed" in run("extract", ".", "-o", "out", "--prune").err


def test_standard_output_keeps_the_order_of_the_inputs(run: Run, texts: Path, processes: None) -> None:
    (texts / "a/a0.txt").write_text(text("a0") * 40, "utf-8")
    result = run("extract", texts, "-o", "-", "--jobs", "2")
    docs = [json.loads(line)["doc"] for line in result.out.splitlines() if '"DOCUMENT"' in line]
    assert docs == NAMES


def test_tables_of_documents_are_joined_as_they_come(texts: Path, tmp_path: Path) -> None:
    extract(texts, job(tmp_path / "old", "jsonl"))
    (texts / "a/a1.txt").unlink()
    (texts / "c/new.txt").write_text(TEXT, "utf-8")
    extract(texts, job(tmp_path / "new", "parquet"), size=3)
    pairs = [*stored.joined(tmp_path / "old", tmp_path / "new")]
    assert [new.doc for old, new in pairs if old is None and new is not None] == ["c/new"]
    assert [old.doc for old, new in pairs if new is None and old is not None] == ["a/a1"]
    assert all(old.content == new.content for old, new in pairs if old is not None and new is not None)
    assert len(pairs) == 13


def test_names_of_shards_are_told_from_names_of_documents() -> None:
    assert shards.form_of(shards.name(0, "parquet")) == "parquet"
    assert [shards.form_of(name) for name in ("part-one.jsonl", "a/b.jsonl", "part-000001.txt")] == [None] * 3


def test_a_pattern_keeps_the_folders_below_its_fixed_part(texts: Path) -> None:
    found = [source.name for source in inputs.sources([Path(f"{texts}/**/*1.txt")])]
    assert found == ["a/a1", "b/b1", "c/c1"]


def test_done_is_in_any_order_but_whole(texts: Path, tmp_path: Path) -> None:
    def tasks() -> Iterator[Task]:
        for number, item in enumerate(inputs.items(inputs.sources([texts]))):
            yield Task(number, f"{item.name}.jsonl", (item,))

    done = [said for said in pool.processes(job(tmp_path / "out"), tasks(), 3) if isinstance(said, Done)]
    assert sorted(one.number for one in done) == list(range(12))


def test_the_command_line_compares_shards(run: Run, texts: Path, tmp_path: Path) -> None:
    for name, form in (("old", "jsonl"), ("new", "parquet")):
        extract(texts, job(tmp_path / name, form))  # type: ignore[arg-type]
        (texts / "a/a1.txt").write_text("In 2001, Chile signed.", "utf-8")
    assert run("diff", tmp_path / "old", tmp_path / "old").status == 0
    (texts / "c/new.txt").write_text(TEXT, "utf-8")
    extract(texts, job(tmp_path / "new", "parquet"))
    result = run("diff", tmp_path / "old", tmp_path / "new")
    assert result.status == 1
    assert "2001" in result.out
    assert "c/new" in result.out


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


def test_a_name_that_is_not_utf_8_is_a_failure_and_costs_no_other(texts: Path, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(texts) + b"/a/\xff.txt")).write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    summary = extract(texts, job(tmp_path / "out"))
    assert (summary.fresh, [failure.where for failure in summary.failures]) == (12, [f"{texts}/a/\\xff.txt"])
    assert "rename it" in summary.failures[0].reason


def test_spacy_loaded_without_its_commands_still_has_them() -> None:
    code = (
        "from annotator.batch import nursery; nursery._load(None); import sys; assert 'typer' not in sys.modules;"
        "import spacy.cli; assert spacy.cli.download"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
