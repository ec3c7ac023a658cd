"""The engine for more than one machine, on a cluster of two nodes on this one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.batch import manifest, run, stored
from annotator.batch.cluster import _Inputs
from annotator.batch.worker import Job
from annotator.errors import UsageError
from tests.conftest import Run
from tests.support import TEXT

DOCUMENTS = 2_000
FILES = 10


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a pattern of files of JSON lines, one line of which is no document."""
    folder = tmp_path / "in"
    folder.mkdir()
    for file in range(FILES):
        rows = [
            {"doc": f"{file}/{number}", "text": f"{TEXT}Number {number} of {file}.", "date": "2022"}
            for number in range(DOCUMENTS // FILES)
        ]
        (folder / f"{file}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with (folder / "9.jsonl").open("a") as out:
        out.write('{"doc": "broken"}\n')
    return Path(f"{folder}/*.jsonl")


def lines(folder: Path) -> list[bytes]:
    """Return the lines of all shards, sorted."""
    return sorted(line for one in stored.documents(folder) for line in one.content.splitlines())


@pytest.mark.slow
def test_a_lost_worker_and_a_lost_node_lose_and_double_nothing(source: Path, tmp_path: Path) -> None:
    local, out = tmp_path / "local", tmp_path / "out"
    expected = run.extract([source], Job("jsonl", local, manifest.made_by(None)), jobs=2, shard_size=100)
    command = [sys.executable, "-m", "tests.cluster_run", str(source), str(out), "losses"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=150)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert [line for line in said if line.startswith("killed")] == ["killed a worker process", "killed a node"]
    counts = [tuple(map(int, line.split()[2:])) for line in said if line.startswith("came to")]
    assert [(documents, failures) for documents, _, failures in counts] == [(DOCUMENTS + 1, 1)] * 2
    assert counts[1][1] == 0
    assert lines(out) == lines(local)
    assert {entry.made for entry in manifest.read(out)} == {entry.made for entry in manifest.read(local)}
    failed = [failure for entry in manifest.read(out) for failure in entry.failures]
    assert [failure.reason for failure in failed] == [failure.reason for failure in expected.failures]
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [manifest.NAME, *(entry.output for entry in manifest.read(out))]
    )
    inputs = [made.doc for entry in manifest.read(out) for made in entry.inputs]
    assert len(inputs) == len(set(inputs)) == DOCUMENTS


def test_a_folder_must_be_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text(TEXT, "utf-8")
    result = run("extract", "x.txt", "--engine", "ray")
    assert (result.status, "name a folder" in result.err) == (2, True)


def test_without_ray_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.batch import cluster

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'annotator\[ray\]'"):
        cluster._start()


ADDRESSES = {
    "a bucket of texts": ("s3://bucket/news", ["s3://bucket/news"], "elsewhere"),
    "lines in a bucket": ("gs://bucket/news/1.jsonl", ["gs://bucket/news/1.jsonl"], "lines"),
    "rows on HDFS": ("hdfs://host:9000/a/b.parquet", ["hdfs://host:9000/a/b.parquet"], "rows"),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_read_as_it_was_written(name: str) -> None:
    address, files, kind = ADDRESSES[name]
    assert getattr(_Inputs([Path(address)]), kind) == files


def test_documents_are_named_as_the_local_engine_names_them(tmp_path: Path) -> None:
    for name in ("a/one.txt", "two.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    for path in (tmp_path, tmp_path / "**/*.txt"):
        found = _Inputs([path])
        assert [found.name(text) for text in found.texts] == ["a/one", "two"]
    assert _Inputs([tmp_path / "two.txt"]).name(str(tmp_path / "two.txt")) == "two"
    assert _Inputs([Path("s3://bucket/news")]).name("s3://bucket/news/2020/x.txt") == "2020/x"
