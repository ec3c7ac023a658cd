"""Inputs of every form, and those that cannot be read."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from annotator.batch import inputs
from annotator.batch.worker import Form
from annotator.errors import SourceError
from tests.batch.support import NAMES, content, extract, job, lines_of, text
from tests.support import TEXT

if TYPE_CHECKING:
    pass


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


def test_a_line_read_elsewhere_is_the_same_document(tmp_path: Path) -> None:
    path = as_lines(tmp_path)
    extract(path, job(tmp_path / "out"))
    path.write_bytes(json.dumps({"doc": "new", "text": "In 1999."}).encode() + b"\n" + path.read_bytes())
    assert extract(path, job(tmp_path / "out")).fresh == 1
    extract(path, job(tmp_path / "new"))
    assert content(tmp_path / "out") == content(tmp_path / "new")


def test_a_document_gone_from_its_file_is_stale(tmp_path: Path) -> None:
    path = as_lines(tmp_path)
    extract(path, job(tmp_path / "out"))
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
    assert extract(path, job(tmp_path / "out")).stale == ["a0.jsonl"]


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


@pytest.mark.parametrize(("pattern", "words"), [("nowhere.txt", "no such file"), ("nowhere/*.txt", "no file fits")])
def test_paths_where_nothing_is(tmp_path: Path, pattern: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        extract(tmp_path / pattern, job(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_pattern_keeps_the_folders_below_its_fixed_part(texts: Path) -> None:
    found = [source.name for source in inputs.sources([Path(f"{texts}/**/*1.txt")])]
    assert found == ["a/a1", "b/b1", "c/c1"]


def test_a_name_that_is_not_utf_8_is_a_failure_and_costs_no_other(texts: Path, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(texts) + b"/a/\xff.txt")).write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    summary = extract(texts, job(tmp_path / "out"))
    assert (summary.fresh, [failure.where for failure in summary.failures]) == (12, [f"{texts}/a/\\xff.txt"])
    assert "rename it" in summary.failures[0].reason
