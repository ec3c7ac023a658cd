"""`annotator diff` as people use it: files, folders and revisions, in each form."""

import json
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator import records
from annotator.model import Annotations
from tests.conftest import Run
from tests.support import LINES, TEXT, changed, extracted, filled, without

OLD = extracted(filled())


def place(text: str, annotations: Annotations = OLD) -> int:
    return next(index for index, record in enumerate(annotations.records) if record.text == text)


NEW = without(
    changed(
        changed(OLD, place("A year later"), value="2012", timex="2012", earliest="2012-01-01", latest="2012-12-31"),
        place("Norway"), entity="state:dk",
    ),
    place("Ann Berg"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of one article, as the current folder; the older records are committed, the newer are there."""
    monkeypatch.chdir(tmp_path)
    for name in ("corpus", "annotations"):
        (tmp_path / name).mkdir()
    (tmp_path / "corpus/doc.txt").write_bytes(TEXT.encode())
    records.write(OLD, tmp_path / "annotations/doc.jsonl")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "older")
    records.write(NEW, tmp_path / "annotations/doc.jsonl")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular, without the settings of this machine."""
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *settings, *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_words_in_their_sentence_with_what_changed_marked(run: Run, folder: Path) -> None:
    result = run("diff", "HEAD")
    assert result.status == 1
    assert "  ACTOR test.rule (2)\n    1:1 entity state:[-no-]{+dk+}\n      [Norway] and Chile signed" in result.out
    assert "3:25 removed “Ann Berg” (person, person:ann-berg)\n" in result.out
    assert "The Fjord Accord, wrote [-Ann Berg-], was “a start.”2" in result.out
    assert "1:58 value 201[-1-]{+2+}\n      [A year later], Chile left it.\n" in result.out
    assert "earliest" not in result.out
    assert result.out.endswith("1 of 1 document changed: 1 entity, 1 removed, 1 value\n")
    assert "\x1b" not in result.out


def test_a_boundary_shows_what_is_in_and_what_is_out(run: Run, folder: Path) -> None:
    wide = changed(OLD, place("Ann Berg"), start=OLD.records[place("Ann Berg")].start - 6, text="wrote Ann Berg")
    records.write(wide, folder / "annotations/doc.jsonl")
    assert "wrote {+wrote +}[Ann Berg]" not in run("diff", "HEAD").out
    assert "The Fjord Accord, {+wrote +}[Ann Berg], was" in run("diff", "HEAD").out


ARGUMENTS: dict[str, list[str]] = {
    "a revision and the working tree": ["HEAD"],
    "a revision and a file": ["HEAD", "annotations/doc.jsonl"],
    "a range": ["HEAD~1.."],
    "a range with both ends": ["HEAD~1..HEAD"],
    "since a branch was left": ["HEAD~1...HEAD"],
    "two revisions": ["HEAD~1", "HEAD"],
    "two revisions and a folder": ["HEAD~1", "HEAD", "annotations"],
    "files": ["old/doc.jsonl", "annotations/doc.jsonl"],
    "folders": ["old", "annotations"],
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_what_is_compared(run: Run, folder: Path, name: str) -> None:
    (folder / "old").mkdir()
    records.write(OLD, folder / "old/doc.jsonl")
    if "HEAD~1" in " ".join(ARGUMENTS[name]):
        git(folder, "commit", "-qam", "newer")
    result = run("diff", *ARGUMENTS[name])
    assert (result.status, result.err) == (1, "")
    assert "changed: 1 entity, 1 removed, 1 value\n" in result.out


WRONG: dict[str, tuple[list[str], int, str]] = {
    "nothing": ([], 2, "Missing argument"),
    "neither a path nor a revision": (["nonsense"], 2, "neither a file or folder here nor a git revision"),
    "a range with an end that is none": (["HEAD..nonsense"], 2, "neither a file or folder here nor a git revision"),
    "one path": (["annotations"], 2, "name the other path"),
    "a file and a folder": (["annotations/doc.jsonl", "annotations"], 2, "a file can only be compared with a file"),
    "three paths": (["annotations", "corpus", "corpus"], 2, "name the other path"),
    "an option as a revision": (["HEAD", "--", "--output=x"], 2, "neither a file"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(run: Run, folder: Path, name: str) -> None:
    arguments, status, words = WRONG[name]
    result = run("diff", *arguments)
    assert (result.status, words in result.err) == (status, True), result.err


def test_no_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("diff", "HEAD").status == 2


def test_no_difference_ends_with_0(run: Run, folder: Path) -> None:
    git(folder, "commit", "-qam", "newer")
    result = run("diff", "HEAD")
    assert (result.status, result.out) == (0, "no changes in 1 document\n")


def test_another_pipeline_alone_is_told_but_is_no_difference(run: Run, folder: Path) -> None:
    other = Annotations(msgspec.structs.replace(OLD.document, pipeline="1"), OLD.records)
    records.write(other, folder / "annotations/doc.jsonl")
    result = run("diff", "HEAD")
    assert (result.status, "made with another pipeline: 0 → 1" in result.out) == (0, True)


def test_a_document_that_came(run: Run, folder: Path) -> None:
    records.write(OLD, folder / "annotations/doc.gold.jsonl")
    result = run("diff", "HEAD")
    assert (result.status, "annotations/doc.gold.jsonl was added" in result.out) == (1, True)
    assert "doc.gold.jsonl** was added" in run("diff", "HEAD", "--format", "markdown").out.replace("\\", "")
    assert json.loads(run("diff", "HEAD", "--format", "json").out)["documents"][0]["alone"] == "added"


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run, folder: Path) -> None:
    (folder / "annotations/a.jsonl").write_text("{\n", "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "broken")
    (folder / "annotations/a.jsonl").write_text("{}\n", "utf-8")
    (folder / "annotations/doc.jsonl").write_bytes(records.encode(OLD))
    result = run("diff", "HEAD")
    assert result.status == 3
    assert "HEAD:annotations/a.jsonl:1:" in result.err
    assert "annotations/doc.jsonl" in result.out


def test_stat_is_a_table_by_label_kind_and_rule(run: Run, folder: Path) -> None:
    lines = run("diff", "--stat", "HEAD").out.splitlines()
    assert [line.split() for line in lines[:-1]] == [
        ["label", "kind", "rule", "changes"],
        ["ACTOR", "entity", "test.rule", "1"],
        ["ACTOR", "removed", "test.rule", "1"],
        ["DATE", "value", "test.rule", "1"],
    ]


def test_json_has_both_sides_and_the_place(run: Run, folder: Path) -> None:
    content: dict[str, Any] = json.loads(run("diff", "--format", "json", "HEAD").out)
    first = content["documents"][0]["changes"][0]
    assert (first["kinds"], first["line"], first["column"]) == (["entity"], 1, 1)
    assert first["keys"] == [{"key": "entity", "old": "state:no", "new": "state:dk"}]
    assert (first["old"]["entity"], first["new"]["entity"]) == ("state:no", "state:dk")
    assert first["sentence"].startswith("Norway and Chile")


def test_markdown_shows_the_words_as_they_are(run: Run, folder: Path) -> None:
    out = run("diff", "--format", "markdown", "HEAD").out
    assert out.startswith("### annotator diff: 1 of 1 document changed")
    assert "value 201<del>1</del><ins>2</ins>" in out
    assert "wrote <del>Ann Berg</del>, was" in out


def test_markdown_fits_into_a_comment(run: Run, tmp_path: Path) -> None:
    for side, annotations in (("old", OLD), ("new", NEW)):
        for number in range(300):
            document = msgspec.structs.replace(annotations.document, doc=f"d{number}")
            records.write(Annotations(document, annotations.records), tmp_path / side / f"d{number}.jsonl")
    out = run("diff", "--format", "markdown", tmp_path / "old", tmp_path / "new").out
    assert len(out) < 65_536
    assert "more documents changed; `annotator diff` shows all." in out


def test_changes_that_are_alike_are_told_once(run: Run, tmp_path: Path) -> None:
    text = " ".join(["Norway left."] * 9)
    lines = [
        {"label": "ACTOR", "text": "Norway", "occurrence": n, "type": "state", "entity": "state:no"}
        for n in range(1, 10)
    ]
    old = extracted(filled(lines, text))
    new = Annotations(old.document, [msgspec.structs.replace(record, entity="state:dk") for record in old.records])
    records.write(old, tmp_path / "old.jsonl")
    records.write(new, tmp_path / "new.jsonl")
    out = run("diff", tmp_path / "old.jsonl", tmp_path / "new.jsonl").out
    assert out.count("entity state:[-no-]{+dk+}") == 3
    assert "and 6 more like it: @39, @52" in out


def test_an_edit_of_the_article_is_one_line(run: Run, folder: Path) -> None:
    lines = [line | {"paragraph": line["paragraph"] + 1} if "paragraph" in line else line for line in LINES]
    edited = extracted(filled(lines, "Nobody was asked.\n\n" + TEXT))
    records.write(edited, folder / "annotations/doc.jsonl")
    (folder / "corpus/doc.txt").write_bytes(("Nobody was asked.\n\n" + TEXT).encode())
    result = run("diff", "HEAD")
    assert result.status == 1
    assert result.out.splitlines() == [
        "annotations/doc.jsonl no other changes",
        "  the article was edited: 14 records only stand elsewhere now",
        "1 of 1 document changed",
    ]


def test_nothing_in_a_text_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    text = "Norway \x1b[31mleft."
    old = extracted(filled([{"label": "ACTOR", "text": "Norway", "type": "state", "entity": "state:no"}], text))
    records.write(old, tmp_path / "old.jsonl")
    records.write(changed(old, 0, entity="state:\x1b[32m"), tmp_path / "new.jsonl")
    result = run("diff", tmp_path / "old.jsonl", tmp_path / "new.jsonl")
    assert result.status == 1
    assert "\x1b" not in result.out
