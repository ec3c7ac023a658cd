"""A new project: what is made, what is brought in, what is refused; and its workflow does what it says."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator import configuration, scaffold
from tests.conftest import ROOT, Run
from tests.support import TEXT


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    (tmp_path / "text.txt").write_bytes(TEXT.encode())
    return tmp_path / "work"


def test_from_nothing_to_the_dossier_in_four_commands(run: Run, here: Path) -> None:
    made = run("init")
    assert made.status == 0
    typed = [line.strip() for line in made.out.partition("Now type:")[2].splitlines() if line.strip()]
    assert [line.split()[1] for line in typed] == ["add", "extract", "report"]
    assert run("add", "../text.txt", "--title", "A text", "--date", "2016").status == 0
    assert run("extract").status == 0
    assert run("report").status == 0
    assert "A text" in (here / "dossier/text.html").read_text("utf-8")
    assert run("verify").status == 0


def test_init_in_another_folder(run: Run, here: Path) -> None:
    made = run("init", "sub/articles")
    assert "cd sub/articles" in made.out
    assert sorted(
        path.relative_to(here / "sub/articles").as_posix() for path in here.rglob("*") if path.is_file()
    ) == sorted(scaffold.SKELETON)


@pytest.mark.parametrize("name", scaffold.SKELETON)
def test_init_replaces_nothing(run: Run, here: Path, name: str) -> None:
    (here / name).parent.mkdir(parents=True, exist_ok=True)
    (here / name).write_text("mine")
    result = run("init")
    assert (result.status, f"{name} is there already" in result.err) == (2, True)
    assert [path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()] == [name]
    assert (here / name).read_text() == "mine"


def test_init_with_git(run: Run, here: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    assert run("init", "--git", "--quiet").out == ""
    assert (
        "annotator"
        in subprocess.run(["git", "config", "--list", "--local"], check=True, capture_output=True, text=True).stdout
    )


def test_the_configuration_names_every_setting(run: Run, here: Path) -> None:
    run("init")
    assert configuration.read(here) == configuration.Configuration()
    told = (here / "annotator.toml").read_text("utf-8")
    (here / "annotator.toml").write_text(re.sub(r"^# (\w+ = )", r"\1", told, flags=re.MULTILINE), "utf-8")
    every = msgspec.to_builtins(configuration.read(here))
    defaults = msgspec.to_builtins(configuration.Configuration())
    assert [(part, key) for part in every for key in every[part] if every[part][key] == defaults[part][key]] == []


def with_gold(run: Run, here: Path) -> None:
    """Make a project of one text, with a gold file that has one of its records."""
    (here.parent / "plain.txt").write_text("Norway and Chile signed the Fjord Accord on 4 May 2010.\n")
    run("init")
    run("add", "../plain.txt")
    run("extract")
    line = '{"label": "DATE", "text": "4 May 2010", "type": "date", "value": "2010-05-04"}\n'
    (here / "annotations/plain.gold.jsonl").write_text(line)
    assert run("gold", "fill", "annotations/plain.gold.jsonl", "--write").status == 0


def test_pytest_runs_the_gold_of_a_project(run: Run, here: Path) -> None:
    with_gold(run, here)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "1 failed, 1 passed" in done.stdout, done.stdout
    assert "spurious" in done.stdout


def test_the_workflow_does_what_it_says(run: Run, here: Path) -> None:
    yaml = pytest.importorskip("yaml")
    with_gold(run, here)
    workflow: dict[str, Any] = yaml.safe_load((here / ".github/workflows/annotations.yml").read_text("utf-8"))
    steps = [step.get("run", "") for step in workflow["jobs"]["annotations"]["steps"]]
    commands = [shlex.split(step)[1:] for step in steps if step.startswith("annotator ")]
    assert [run(*command).status for command in commands] == [0, 1, 0]
    assert {path.name for path in here.glob("*.sarif")} == {"verify.sarif", "reconcile.sarif"}
    assert (here / "dossier/plain.html").exists()


def test_a_text_is_copied_byte_for_byte(run: Run, here: Path) -> None:
    run("init")
    data = b"\xef\xbb\xbfIn 1999,\r\n Norway\xc2\xa0signed.\r\n"
    (here.parent / "odd.txt").write_bytes(data)
    assert run("add", "../odd.txt").status == 0
    assert (here / "corpus/odd.txt").read_bytes() == data
    assert not (here / "corpus/odd.toml").exists()


def test_metadata_are_written_as_they_were_given(run: Run, here: Path) -> None:
    run("init")
    told = {
        "title": 'A "quote" \\ and\ttab',
        "author": "É. O’Neil",
        "date": "2016-05",
        "url": "https://example.org/?a=b#c",
    }
    options = [part for key, value in told.items() for part in (f"--{key}", value)]
    assert run("add", "../text.txt", "--as", "named", *options).status == 0
    assert tomllib.loads((here / "corpus/named.toml").read_text("utf-8")) == told


def test_metadata_beside_the_text_come_along(run: Run, here: Path) -> None:
    run("init")
    run("add", ROOT / "corpus/japan-europe.txt")
    assert tomllib.loads((here / "corpus/japan-europe.toml").read_text("utf-8"))["date"] == "2022"


def test_the_same_text_twice_is_nothing_new(run: Run, here: Path) -> None:
    run("init")
    assert [run("add", "../text.txt", "--date", "2016").status for _ in range(2)] == [0, 0]


def test_standard_input(run: Run, here: Path) -> None:
    run("init")
    assert run("add", "-", "--as", "typed", stdin=b"In 1999.").status == 0
    assert (here / "corpus/typed.txt").read_bytes() == b"In 1999."


WRONG: dict[str, tuple[list[str], int, str]] = {
    "another text of that name": (["../other/text.txt"], 3, "--as"),
    "other metadata": (["../text.txt", "--title", "Other"], 3, "--as"),
    "a date that is none": (["../text.txt", "--as", "x", "--date", "May"], 3, "2022-08"),
    "not UTF-8": (["../bad.txt"], 3, "not UTF-8"),
    "missing": (["../nothing.txt"], 3, "no such file"),
    "a title for two": (["../text.txt", "../bad.txt", "--title", "x"], 2, "one FILE at a time"),
    "no name": (["-"], 2, "--as NAME"),
    "a name of gold": (["../text.txt", "--as", "x.gold"], 3, "another kind of file"),
    "the name of the baseline": (["../text.txt", "--as", "baseline"], 3, "another kind of file"),
    "a path for a name": (["../text.txt", "--as", "../../x"], 3, "cannot be a document"),
    "a hidden name": (["../text.txt", "--as", ".x"], 3, "cannot be a document"),
    "nothing": ([], 2, "FILE"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_added(run: Run, here: Path, name: str) -> None:
    arguments, status, words = WRONG[name]
    run("init")
    (here.parent / "other").mkdir()
    (here.parent / "other/text.txt").write_text("In 1999.")
    (here.parent / "bad.txt").write_bytes(b"caf\xe9")
    run("add", "../text.txt", "--title", "First")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    result = run("add", *arguments)
    assert (result.status, words in result.err) == (status, True), result.err
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


def test_add_needs_a_project(run: Run, here: Path) -> None:
    result = run("add", "../text.txt")
    assert (result.status, "is no project" in result.err) == (2, True)


def test_skeleton_files_are_all_used() -> None:
    assert {path.name for path in (ROOT / "annotator/skeleton").iterdir()} == set(scaffold.SKELETON.values())
    assert all(
        re.search(r"\S", (ROOT / "annotator/skeleton" / name).read_text("utf-8")) for name in scaffold.SKELETON.values()
    )
