"""Many documents: what is skipped and redone, what fails, and what the outputs hold."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from annotator.batch import manifest, run, shards, stored, worker
from annotator.batch.worker import Form, Job
from annotator.errors import FormatError, OutputError, SourceError, UsageError
from annotator.model import Article
from tests.batch.support import NAMES, content, extract, job, lines_of, text
from tests.conftest import ROOT, Run
from tests.support import TEXT

if TYPE_CHECKING:
    pass


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


def test_shards_that_are_no_longer_needed_are_stale_and_not_read(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(texts, job(out, "jsonl"))
    shutil.rmtree(texts / "c")
    assert extract(texts, job(out, "jsonl")).stale == ["part-000002.jsonl"]
    assert [one.doc for one in stored.documents(out)] == [f"{name[0]}/{name}" for name in NAMES[:8]]
    extract(texts, job(out, "jsonl"), prune=True)
    assert not (out / "part-000002.jsonl").exists()


def test_a_shard_can_be_read_without_its_manifest(texts: Path, tmp_path: Path) -> None:
    extract(texts, job(tmp_path / "out", "jsonl"))
    alone = tmp_path / "part-000000.jsonl"
    shutil.copy(tmp_path / "out" / alone.name, alone)
    assert [one.doc for one in stored.documents(alone)] == [f"{name[0]}/{name}" for name in NAMES[:5]]
    with pytest.raises(SourceError, match="not in the manifest"):
        stored.Articles().of(next(stored.documents(alone)))


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


def test_the_command_line_compares_shards(run: Run, texts: Path, tmp_path: Path) -> None:
    forms: dict[str, Form] = {"old": "jsonl", "new": "parquet"}
    for name, form in forms.items():
        extract(texts, job(tmp_path / name, form))
        (texts / "a/a1.txt").write_text("In 2001, Chile signed.", "utf-8")
    assert run("diff", tmp_path / "old", tmp_path / "old").status == 0
    (texts / "c/new.txt").write_text(TEXT, "utf-8")
    extract(texts, job(tmp_path / "new", "parquet"))
    result = run("diff", tmp_path / "old", tmp_path / "new")
    assert result.status == 1
    assert "2001" in result.out
    assert "c/new" in result.out
