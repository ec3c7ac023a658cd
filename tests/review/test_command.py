"""Review from the command line, without a screen."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from annotator import records
from annotator.cli.review import KINDS, LABELS
from annotator.model import Annotations, FindingKind
from annotator.review.rows import FIELDS
from tests.conftest import Run
from tests.review.support import EXPECTED, found, make, opened, state_of
from tests.support import LINES, extracted, filled
from tests.test_diff import git


def listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads(run("review", "--list", "--format", "json", *arguments).out)
    return content


def test_without_a_terminal_it_says_what_to_type(run: Run, folder: Path) -> None:
    result = run("review")
    assert result.status == 2
    assert "annotator review --list" in result.err
    assert "--accept ID" in result.err


def test_the_list_tells_ids_and_the_next_commands(run: Run, folder: Path) -> None:
    result = run("review", "--list")
    first = result.out.split()[0]
    assert result.status == 0
    assert f"annotator review --accept {first}" in result.out
    assert f"annotator review --reject {first} --why WORDS" in result.out
    assert len(listed(run)) == len(EXPECTED)
    assert [(f["kind"], f["label"], f["state"]) for f in listed(run, "--label", "DATE")] == [("value", "DATE", "open")]
    assert [f["label"] for f in listed(run, "--kind", "entity")] == ["AGREEMENT", "AGREEMENT"]


def test_accept_and_reject_by_id(run: Run, folder: Path) -> None:
    ids = {(f["kind"], f["label"]): f["id"] for f in listed(run)}
    result = run(
        "review", "--accept", ids["boundary", "ACTOR"], ids["value", "DATE"], "--reject", ids["missing", "ACTOR"],
        "--why", "it is there",
    )  # fmt: skip
    assert (result.status, result.err) == (0, "")
    assert "2 accepted into gold, 1 rejected; 4 left to decide" in result.out
    assert run("verify", "annotations/doc.gold.jsonl").status == 0
    assert "it is there" in (folder / "annotations/baseline.jsonl").read_text("utf-8")


def test_ids_end_where_a_path_begins(run: Run, folder: Path) -> None:
    first, second = (f["id"] for f in listed(run, "--label", "ACTOR")[:2])
    result = run("review", "--accept", first, second, "annotations/doc.jsonl")
    assert (result.status, "2 accepted into gold" in result.out) == (0, True)


def test_accept_all_of_a_label_and_kind(run: Run, folder: Path) -> None:
    assert run("review", "--accept-all", "--label", "DATE", "--kind", "value").status == 0
    assert "DATE" not in {f["label"] for f in listed(run)}
    assert len(listed(run)) == len(EXPECTED) - 1


WRONG: dict[str, tuple[list[str], str]] = {
    "an unknown id": (["--accept", "0000000000"], "no finding has the id 0000000000"),
    "a rejection without a reason": (["--reject", "0000000000"], "--reject needs --why"),
    "accepting everything unseen": (["--accept-all"], "--accept-all needs --label or --kind"),
    "neither a path nor a revision": (["--list", "nonsense"], "neither a file or folder here nor a git revision"),
    "an option without an id": (["--accept"], "requires an argument"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(run: Run, folder: Path, name: str) -> None:
    arguments, words = WRONG[name]
    before = state_of(folder)
    result = run("review", *arguments)
    assert (result.status, words in result.err) == (2, True), result.err
    assert state_of(folder) == before


def test_what_is_refused_is_told_and_the_rest_is_saved(run: Run, folder: Path) -> None:
    lines = [line for line in LINES if line["text"] not in ("2015", "Ann Berg", "Oslo renewed it in 2015")]
    records.write(
        extracted(filled([*lines, {k: v for k, v in LINES[-1].items() if k != "date"}])),
        folder / "annotations/doc.jsonl",
    )
    ids = [f["id"] for f in listed(run) if f["kind"] == "missing" and f["label"] in ("DATE", "ACTOR")]
    result = run("review", "--accept", *ids)
    assert result.status == 1
    assert "decide that event first" in result.err
    assert "1 accepted into gold" in result.out


def test_only_what_changed_since_a_revision_is_asked(run: Run, folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "older")
    newer = [msgspec.structs.replace(r, entity="person:b") if r.text == "Berg" else r for r in found().records]
    records.write(Annotations(found().document, newer), folder / "annotations/doc.jsonl")
    assert {f["kind"] for f in listed(run, "HEAD")} == {"boundary"}
    assert len(listed(run)) >= len(EXPECTED)


def test_every_label_and_kind_can_be_asked_for() -> None:
    assert (set(LABELS), KINDS) == (set(FIELDS), get_args(FindingKind))


def test_a_second_review_is_refused_on_the_command_line(run: Run, folder: Path) -> None:
    session = opened(folder)
    result = run("review", "--list")
    assert (result.status, "is being reviewed by another process" in result.err) == (3, True)
    session.close()


def replay(run: Run, folder: Path, steps: Sequence[Sequence[str]]) -> dict[str, bytes]:
    for step in steps:
        assert run("review", *step).status == 0
    return state_of(folder)


def test_a_whole_review_replayed_by_script_gives_the_same_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = []
    for name in ("one", "other"):
        make(tmp_path / name)
        monkeypatch.chdir(tmp_path / name)
        ids = {(f["kind"], f["label"]): f["id"] for f in listed(run)}
        one = [["--accept", ids["boundary", "ACTOR"]], ["--accept", ids["value", "DATE"]]]
        whole = [["--accept", ids["value", "DATE"], ids["boundary", "ACTOR"]]]
        reject = ["--reject", ids["missing", "ACTOR"], "--why", "there"]
        outcomes.append(replay(run, tmp_path / name, [*(one if name == "one" else whole), reject]))
    assert outcomes[0] == outcomes[1]
