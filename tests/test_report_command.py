"""`annotator report` as people use it: pages, an index, tables, and what goes wrong."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from annotator import records
from annotator.cli import counting
from annotator.report import table
from annotator.report.words import date_words
from tests.conftest import ROOT, Run
from tests.support import LINES, TEXT, article, extracted, filled


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of two small articles, one of them in a folder and without gold."""
    monkeypatch.chdir(tmp_path)
    gold = filled()
    for name in ("doc", "sub/other"):
        for folder, suffix in (("corpus", ".txt"), ("annotations", ".jsonl")):
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            path = (tmp_path / folder / name).with_suffix(suffix)
            if folder == "corpus":
                path.write_bytes(TEXT.encode())
            else:
                records.write(extracted(gold), path)
    records.write(gold, tmp_path / "annotations/doc.gold.jsonl")
    return tmp_path


def test_the_article_in_this_project(run: Run, tmp_path: Path) -> None:
    result = run("report", ROOT / "annotations/japan-europe.jsonl", "-o", tmp_path)
    assert (result.status, result.out) == (0, "")
    assert f"{tmp_path}/japan-europe.html: " in result.err
    assert (tmp_path / "japan-europe.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert not (tmp_path / "index.html").exists()


def test_many_articles_get_an_index_and_keep_their_folders(run: Run, small: Path) -> None:
    result = run("report")
    assert result.status == 0
    assert sorted(path.relative_to(small).as_posix() for path in small.rglob("*.html")) == [
        "dossier/doc.html", "dossier/index.html", "dossier/sub/other.html",
    ]  # fmt: skip
    assert 'href="sub/other.html"' in (small / "dossier/index.html").read_text("utf-8")
    assert 'href="../index.html"' in (small / "dossier/sub/other.html").read_text("utf-8")
    assert 'href="index.html"' in (small / "dossier/doc.html").read_text("utf-8")


def test_one_article_into_a_file_or_to_standard_output(run: Run, small: Path) -> None:
    assert run("report", "annotations/doc.jsonl", "-o", "page.html", "--quiet").err == ""
    page = (small / "page.html").read_text("utf-8")
    assert run("report", "annotations/doc.jsonl", "-o", "-", "--format", "html").out == page


def test_gold_alone_is_enough(run: Run, small: Path) -> None:
    (small / "annotations/doc.jsonl").unlink()
    assert run("report", "annotations/doc.gold.jsonl").status == 0
    assert "Curated by hand" in (small / "dossier/doc.html").read_text("utf-8")


def test_a_baseline_accepts_gaps(run: Run, small: Path) -> None:
    gold = filled(LINES[1:])
    records.write(gold, small / "annotations/doc.gold.jsonl")
    run("report", "annotations/doc.jsonl")
    before = (small / "dossier/doc.html").read_text("utf-8")
    assert "<small>accepted</small>" not in before
    run("reconcile", "annotations/doc.jsonl", "--format", "json", "-o", "gaps.json")
    ids = [f["id"] for f in json.loads((small / "gaps.json").read_text("utf-8"))["findings"]]
    entry = '{{"id":"{}","doc":"doc","kind":"x","label":"x","text":"x","why":"x","owner":"x"}}\n'
    (small / "annotations/baseline.jsonl").write_text("".join(map(entry.format, ids)), "utf-8")
    run("report", "annotations/doc.jsonl")
    assert "<small>accepted</small>" in (small / "dossier/doc.html").read_text("utf-8")


def test_the_table_as_csv(run: Run, small: Path) -> None:
    result = run("report", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [(row["doc"], row["event"], row["date"], row["notes"]) for row in rows] == [
        ("doc", "signed", "2010-05-04", "1"), ("doc", "renewed", "2015", ""),
        ("other", "signed", "2010-05-04", "1"), ("other", "renewed", "2015", ""),
    ]  # fmt: skip
    assert rows[0] | {"id": ""} == {
        "doc": "doc", "title": "", "document_date": "", "agreement": "agr:fjord-accord", "name": "Fjord Accord",
        "kind": "agreement", "parties": "state:cl; state:no", "party_names": "Chile; Norway", "event": "signed",
        "modality": "actual", "date": "2010-05-04", "earliest": "2010-05-04", "latest": "2010-05-04",
        "date_text": "4 May 2010", "sentence": "Norway and Chile signed the Fjord Accord on 4 May 2010.", "notes": "1",
        "id": "", "start": "0", "end": "54", "line": "1", "column": "1",
    }  # fmt: skip


def test_the_table_as_parquet(run: Run, small: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("report", "-o", "all.parquet").status == 0
    rows = parquet.read_table(small / "all.parquet").to_pylist()
    assert len(rows) == 4
    assert rows[0]["parties"] == ["state:cl", "state:no"]
    assert (rows[0]["start"], rows[0]["notes"], rows[1]["notes"]) == (0, ["1"], [])


def test_an_agreement_without_events_has_a_row() -> None:
    lines = [line for line in LINES if line["label"] != "EVENT"]
    rows = table.lines(article(), extracted(filled(lines)))
    assert [(row.name, row.event, row.line, row.column) for row in rows] == [("Fjord Accord", None, 1, 29)]


FORMULAS = {
    "=1+1": "'=1+1", "+44": "+44", "-2": "-2", "-0479-03-01": "-0479-03-01", "@SUM(A1)": "'@SUM(A1)", "-cmd": "'-cmd",
    "plain": "plain", "": "",
}  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    row = table.lines(article(), extracted(filled()))[0]._replace(name=text)
    read = next(csv.DictReader(io.StringIO(table.to_csv([row]).decode())))
    assert read["name"] == FORMULAS[text]


WRONG = {
    "parquet to nowhere": (["--format", "parquet"], 2, "-o agreements.parquet"),
    "many into one page": (["-o", "one.html"], 2, "name a folder"),
    "no such file": (["nothing.jsonl"], 3, "no such file"),
    "no such form": (["--format", "pdf"], 2, "pdf"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(run: Run, small: Path, name: str) -> None:
    arguments, status, words = WRONG[name]
    result = run("report", *arguments)
    assert (result.status, words in result.err) == (status, True)
    assert not list(small.rglob("*.html"))


def test_shards_are_read_too(run: Run, small: Path) -> None:
    assert run("extract", "corpus", "-o", "shards.jsonl", "--jobs", "1").status == 0
    assert run("report", "shards.jsonl", "-o", "pages").status == 0
    assert len(list((small / "pages").rglob("*.html"))) == 3
    files = run("report", "--format", "csv").out
    assert run("report", "shards.jsonl", "--format", "csv").out.count("\n") >= files.count("\n") - 2
    assert "agreements" in run("timeline", "shards.jsonl", "-o", "out.svg").err


def test_two_documents_of_one_name(run: Run, small: Path) -> None:
    (small / "more").mkdir()
    shutil.copy(small / "annotations/doc.jsonl", small / "more/doc.jsonl")
    assert run("report", "annotations", "more", "--corpus", "corpus").status == 2


def test_one_that_fails_does_not_stop_the_others(run: Run, small: Path) -> None:
    (small / "corpus/doc.txt").write_text("Another text.\n", "utf-8")
    result = run("report")
    assert result.status == 3
    assert "another version of the text" in result.err
    assert (small / "dossier/sub/other.html").exists()


@pytest.mark.parametrize(
    ("terminal", "quiet", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_how_far_it_has_come_is_shown_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool, quiet: bool, shown: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    monkeypatch.setattr(counting, "AFTER", 0.0)
    monkeypatch.setattr(counting, "EVERY", 0.0)
    assert list(counting.counted([1, 2, 3], "articles", quiet=quiet)) == [1, 2, 3]
    assert ("2 of 3 articles" in capsys.readouterr().err) == shown


DATES = {
    ("2013-04-15", None): "15 April 2013", ("2014-07", None): "July 2014", ("198X", "start"): "early 1980s",
    ("19XX", None): "20th century", ("2014-21", None): "spring 2014", ("2014-34", None): "second quarter of 2014",
    ("2014-40", "mid"): "mid-first half of 2014", ("-0479", None): "480 BC", ("2012/2022", None): "2012–2022",
    ("PXY", None): "some years", ("P1M", None): "1 month", ("PT3H", None): "3 hours", ("P2Y6M", None): "P2Y6M",
    ("2020-05-04T15:00:00", None): "4 May 2020, 15:00", ("2020?", None): "2020", ("2014-99", None): "2014-99",
    ("nonsense", None): "nonsense", (None, None): "undated", ("0033", None): "33", ("2012/", None): "2012/",
}  # fmt: skip


@pytest.mark.parametrize("value", DATES, ids=str)
def test_dates_in_words(value: tuple[str | None, str | None]) -> None:
    assert date_words(*value) == DATES[value]
