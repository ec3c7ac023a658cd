"""git shows and merges annotations by content, in real repositories; merging by itself."""

import os
import random
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator import drivers, records, verify
from annotator.gold import fill
from annotator.merging import merge
from annotator.model import Annotations, AnyRecord
from tests.conftest import Run
from tests.support import LINES, TEXT, article, extracted, filled
from tests.test_diff import git

BASE = filled()
GOLD = Path("annotations/doc.gold.jsonl")


def gold(
    *changes: dict[str, Any], drop: tuple[str, ...] = (), add: tuple[dict[str, Any], ...] = (), text: str = TEXT
) -> Annotations:
    """Return gold with lines of that `text` changed, dropped, added."""
    lines = [dict(line) for line in LINES if line["text"] not in drop]
    for change in changes:
        for line in lines:
            if line["text"] == change["of"]:
                line |= {key: value for key, value in change.items() if key != "of"}
    return filled([*lines, *add], text)


START = {"label": "ACTOR", "text": "start", "type": "bloc", "entity": "bloc:start"}
LEFT: dict[str, Any] = {"label": "EVENT", "text": "Chile left it", "event": "withdrawn", "entity": "agr:fjord-accord"}
RENAMED = {"of": "Ann Berg", "entity": "person:berg"}
WIDER = {"of": "Ann Berg", "text": "wrote Ann Berg"}
LATER = {"of": "2015", "value": "2016"}

MERGED: dict[str, tuple[Annotations, Annotations, Annotations]] = {
    "nothing": (BASE, BASE, BASE),
    "ours alone": (gold(RENAMED), BASE, gold(RENAMED)),
    "theirs alone": (BASE, gold(RENAMED), gold(RENAMED)),
    "the same on both sides": (gold(RENAMED), gold(RENAMED), gold(RENAMED)),
    "one here, one there": (gold(RENAMED), gold(LATER), gold(RENAMED, LATER)),
    "neighbouring lines": (gold(RENAMED), gold(drop=("Oslo",)), gold(RENAMED, drop=("Oslo",))),
    "both add": (gold(add=(START,)), gold(add=(LEFT,)), gold(add=(START, LEFT))),
    "both add the same": (gold(add=(START,)), gold(add=(START,)), gold(add=(START,))),
    "one removes, one adds": (gold(drop=("Ann Berg",)), gold(add=(START,)), gold(drop=("Ann Berg",), add=(START,))),
    "both remove the same": (gold(drop=("Ann Berg",)), gold(drop=("Ann Berg",)), gold(drop=("Ann Berg",))),
    "one re-bounds what the other renames": (
        gold({"of": "Ann Berg", "text": "Berg"}), gold(RENAMED), gold({"of": "Ann Berg", "text": "Berg", "entity": "person:berg"}),
    ),
    "a copy goes and the others are numbered anew": (
        filled([line for line in LINES if line.get("occurrence") != 1]), BASE,
        filled([line for line in LINES if line.get("occurrence") != 1]),
    ),
    "parties hold for all mentions": (
        gold({"of": "Fjord Accord", "parties": ["state:no"]}), gold(RENAMED),
        gold({"of": "Fjord Accord", "parties": ["state:no"]}, RENAMED),
    ),
}  # fmt: skip


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("name", MERGED)
def test_what_does_not_contradict_is_merged(name: str, swapped: bool) -> None:
    ours, theirs, expected = MERGED[name]
    result = merge(BASE, *((theirs, ours) if swapped else (ours, theirs)))
    assert result.conflicts == ()
    assert fill(records.encode(result.annotations), article(), "merged") == expected
    assert verify(result.annotations, article(), gold=True).holds


CONFLICTS: dict[str, tuple[Annotations, Annotations, str]] = {
    "both change a value": (gold(LATER), gold({"of": "2015", "value": "2017"}), "both sides changed value of “2015”"),
    "both change a place": (
        gold({"of": "Ann Berg", "text": "Berg"}), gold({"of": "Ann Berg", "text": "Ann"}), "both sides changed the place of “Berg”",
    ),
    "one changes what the other removes": (gold(RENAMED), gold(drop=("Ann Berg",)), "we changed what they removed: “Ann Berg”"),
    "one removes what the other changes": (gold(drop=("Ann Berg",)), gold(RENAMED), "they changed what we removed: “Ann Berg”"),
    "one adds where the other widens": (
        gold(WIDER), gold(add=({"label": "ACTOR", "text": "wrote", "type": "bloc", "entity": "bloc:wrote"},)), "would overlap",
    ),
    "one removes what the other refers to": (
        gold(drop=("A year later",)), gold(add=({**LEFT, "date": "left"},)), "refers to what was removed on the other side",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_real_conflict_is_told_and_the_result_is_whole(name: str) -> None:
    ours, theirs, words = CONFLICTS[name]
    result = merge(BASE, ours, theirs)
    assert any(words in conflict.words for conflict in result.conflicts), result.conflicts
    content = records.encode(result.annotations)
    assert records.encode(records.decode(content, "merged")) == content
    assert verify(result.annotations, article(), gold=True).holds


def test_changes_are_carried_to_an_edited_article() -> None:
    text = "It was long ago. " + TEXT
    edited = filled(LINES, text)
    expected = gold(RENAMED, drop=("Oslo",), add=(START,), text=text)
    changed = gold(RENAMED, drop=("Oslo",), add=(START,))
    for ours, theirs in ((edited, changed), (changed, edited)):
        result = merge(BASE, ours, theirs)
        assert result.conflicts == ()
        assert records.encode(result.annotations) == records.encode(expected)


def test_two_edits_of_the_article_are_a_conflict() -> None:
    ours, theirs = filled(LINES, "Once. " + TEXT), filled(LINES, "Twice. " + TEXT)
    result = merge(BASE, ours, theirs)
    assert result.annotations == ours
    assert [conflict.words for conflict in result.conflicts] == [
        "both sides were made from different edits of the article"
    ]


APART: tuple[dict[str, Any], ...] = (
    RENAMED, LATER, {"of": "Norway", "entity": "state:dk"}, {"of": "A year later", "comment": "counted from the signing"},
    {"of": "Oslo renewed it in 2015", "event": "revised"}, {"of": "4 May 2010", "text": "May 2010", "value": "2010-05"},
    {"of": "Chile", "type": "organization", "entity": "org:chile"},
)  # fmt: skip
"""Changes that have nothing to do with one another."""


def test_any_changes_of_different_records_are_merged() -> None:
    rng = random.Random(5)
    for _ in range(60):
        ours: list[dict[str, Any]] = []
        theirs: list[dict[str, Any]] = []
        for change in APART:
            rng.choice((ours, theirs, [])).append(change)
        result = merge(BASE, gold(*ours), gold(*theirs))
        assert result.conflicts == ()
        assert fill(records.encode(result.annotations), article(), "merged") == gold(*ours, *theirs)


def without_rule(record: AnyRecord) -> AnyRecord:
    return msgspec.structs.replace(record, rule=None)


def test_extracted_records_are_merged_too() -> None:
    ours, theirs = extracted(gold(RENAMED)), extracted(gold(LATER))
    result = merge(extracted(BASE), ours, theirs)
    assert result.conflicts == ()
    assert [without_rule(r) for r in result.annotations.records] == list(gold(RENAMED, LATER).records)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with one article and its gold, as the current folder."""
    for variable in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    for name in ("corpus", "annotations"):
        (tmp_path / name).mkdir()
    (tmp_path / "corpus/doc.txt").write_bytes(TEXT.encode())
    records.write(BASE, tmp_path / GOLD)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "user.name", "A")
    git(tmp_path, "config", "user.email", "a@example.org")
    commit(tmp_path)
    return tmp_path


def commit(folder: Path, annotations: Annotations | None = None) -> None:
    if annotations is not None:
        records.write(annotations, folder / GOLD)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "a commit")


def test_git_diff_shows_words(run: Run, repository: Path) -> None:
    assert run("git", "install").status == 0
    records.write(gold(RENAMED, {"of": "A year later", "comment": "checked"}), repository / GOLD)
    shown = git(repository, "diff")
    assert "annotations/doc.gold.jsonl" in shown
    assert "3:25 entity person:[-ann--]berg" in shown
    assert "wrote [Ann Berg], was" in shown
    assert '"prefix"' not in shown


def test_git_log_shows_readable_lines_without_offsets(run: Run, repository: Path) -> None:
    run("git", "install")
    commit(repository, gold(RENAMED))
    shown = git(repository, "log", "-p", "-1")
    assert "-ACTOR “Ann Berg” person · person:ann-berg" in shown
    assert "+ACTOR “Ann Berg” person · person:berg" in shown
    assert '"start"' not in shown
    assert "3:25 entity person:[-ann--]berg" in git(repository, "log", "-p", "-1", "--ext-diff")


def test_git_log_shows_little_of_an_edit_that_shifts_everything(run: Run, repository: Path) -> None:
    run("git", "install")
    text = "It was long ago. " + TEXT
    (repository / "corpus/doc.txt").write_bytes(text.encode())
    commit(repository, filled(LINES, text))
    shown = git(repository, "log", "-p", "-1", "--", str(GOLD))
    assert sum(line.startswith("+") for line in shown.splitlines()) <= 8


def test_git_diff_shows_what_is_no_annotation_as_text(run: Run, repository: Path) -> None:
    run("git", "install")
    (repository / GOLD).write_text("not JSON\n", "utf-8")
    shown = git(repository, "diff")
    assert "+not JSON" in shown
    assert "shown as text" in shown


def test_git_diff_of_a_new_and_of_a_removed_file(run: Run, repository: Path) -> None:
    run("git", "install")
    records.write(extracted(BASE), repository / "annotations/doc.jsonl")
    git(repository, "add", ".")
    git(repository, "rm", "-q", "--cached", str(GOLD))
    shown = git(repository, "diff", "--cached", "--no-renames")
    assert "annotations/doc.jsonl was added" in shown
    assert "annotations/doc.gold.jsonl was removed" in shown


def attempt(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)


def branches(folder: Path, ours: Annotations, theirs: Annotations) -> None:
    git(folder, "checkout", "-qb", "theirs")
    commit(folder, theirs)
    git(folder, "checkout", "-q", "main")
    commit(folder, ours)


def test_git_merges_by_content(run: Run, repository: Path) -> None:
    run("git", "install")
    branches(repository, gold(RENAMED), gold(drop=("Oslo",)))
    git(repository, "merge", "-q", "theirs")
    assert (repository / GOLD).read_bytes() == records.encode(gold(RENAMED, drop=("Oslo",)))
    assert git(repository, "status", "--porcelain") == ""


def test_git_merges_what_both_sides_have_added(run: Run, repository: Path) -> None:
    run("git", "install")
    git(repository, "rm", "-q", str(GOLD))
    git(repository, "commit", "-qm", "none yet")
    branches(repository, gold(add=(START,)), gold(add=(LEFT,)))
    git(repository, "merge", "-q", "theirs")
    assert (repository / GOLD).read_bytes() == records.encode(gold(add=(START, LEFT)))


def test_git_leaves_a_conflict_as_a_finding_and_the_file_whole(run: Run, repository: Path) -> None:
    run("git", "install")
    branches(repository, gold(LATER, RENAMED), gold({"of": "2015", "value": "2017"}, drop=("Oslo",)))
    done = attempt(repository, "merge", "theirs")
    assert done.returncode == 1
    assert b"value DATE: both sides changed value" in done.stderr
    assert b"annotator review annotations/doc.gold.jsonl" in done.stderr
    assert (repository / GOLD).read_bytes() == records.encode(gold(LATER, RENAMED, drop=("Oslo",)))
    found = drivers.read_conflicts(repository / GOLD)
    assert [(f.kind, f.label, f.line, f.column) for f in found] == [("value", "DATE", 3, 70)]
    assert "UU annotations/doc.gold.jsonl" in git(repository, "status", "--porcelain")


def test_git_refuses_to_merge_what_is_no_annotation(run: Run, repository: Path) -> None:
    run("git", "install")
    git(repository, "checkout", "-qb", "theirs")
    (repository / GOLD).write_text("not JSON\n", "utf-8")
    commit(repository)
    git(repository, "checkout", "-q", "main")
    commit(repository, gold(RENAMED))
    done = attempt(repository, "merge", "theirs")
    assert done.returncode == 1
    assert (repository / GOLD).read_bytes() == records.encode(gold(RENAMED))


def test_uninstall_leaves_no_trace(run: Run, repository: Path) -> None:
    attributes, config = repository / ".git/info/attributes", repository / ".git/config"
    attributes.write_text("*.png binary", "utf-8")
    before = config.read_bytes()
    run("git", "install")
    run("git", "install")
    assert attributes.read_text("utf-8").count("annotations/**/*.jsonl") == 1
    assert git(repository, "check-attr", "diff", str(GOLD), "annotations/a/b.jsonl", "annotations/baseline.jsonl").split("\n")[:3] == [
        "annotations/doc.gold.jsonl: diff: annotator", "annotations/a/b.jsonl: diff: annotator",
        "annotations/baseline.jsonl: diff: unspecified",
    ]  # fmt: skip
    assert "any text again" in run("git", "uninstall").out
    assert attributes.read_text("utf-8").rstrip("\n") == "*.png binary"
    assert config.read_bytes() == before
    assert "nothing of annotator" in run("git", "uninstall").out


def test_uninstall_removes_a_file_that_install_has_made(run: Run, repository: Path) -> None:
    attributes = repository / ".git/info/attributes"
    attributes.unlink(missing_ok=True)
    run("git", "install")
    run("git", "uninstall")
    assert not attributes.exists()


def test_a_project_below_the_top_of_a_repository(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = repository / "some/project"
    for name in ("corpus", "annotations"):
        (below / name).mkdir(parents=True)
    monkeypatch.chdir(below)
    run("git", "install")
    shown = git(repository, "check-attr", "merge", "some/project/annotations/x.jsonl", "annotations/x.jsonl")
    assert shown.splitlines() == [
        "some/project/annotations/x.jsonl: merge: annotator", "annotations/x.jsonl: merge: unspecified",
    ]  # fmt: skip


def test_no_project_and_no_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("git", "install").status == 2
    for name in ("corpus", "annotations"):
        (tmp_path / name).mkdir()
    result = run("git", "install")
    assert (result.status, "in no git repository" in result.err) == (3, True)
