"""Shells complete commands and options; the script they are given is one that they can read."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.cli import COMMANDS
from annotator.cli.completion import SHELLS
from tests.conftest import Run

WORDS = {
    "commands": ("annotator re", 1, {"reconcile", "report", "review"}),
    "one command": ("annotator recon", 1, {"reconcile"}),
    "options": ("annotator report --f", 2, {"--format"}),
    "values": ("annotator report --format ", 3, {"html", "csv", "parquet"}),
    "commands of a group": ("annotator gold ", 2, {"fill"}),
    "nothing": ("annotator zzz", 1, set()),
}


def ask(shell: str, words: str, place: int) -> set[str]:
    """Return what the program offers a shell for a line with a word begun at its end."""
    program = "from annotator.cli import main; main()"
    environment = os.environ | {
        "_ANNOTATOR_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(place),
    }
    if shell == "fish":
        environment["COMP_CWORD"] = words.split(" ")[-1]
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    if shell == "zsh":
        return set(done.stdout.split("\n")[1::3]) - {""}
    lines = [line.partition(",")[2] for line in done.stdout.splitlines()]
    return {line.partition("\t")[0] for line in lines} - {""}


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_offered(shell: str, name: str) -> None:
    words, place, expected = WORDS[name]
    assert expected <= ask(shell, words, place)
    if name in ("one command", "nothing"):
        assert ask(shell, words, place) == expected


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_of_its_shell(run: Run, tmp_path: Path, shell: str) -> None:
    result = run("completion", shell)
    assert (result.status, "_ANNOTATOR_COMPLETE" in result.out) == (0, True)
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(result.out)
    assert subprocess.run([shell, "-n", str(script)], capture_output=True, check=False).stderr == b""


def test_bash_completes(run: Run, tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    (tmp_path / "annotator").write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from annotator.cli import main; main()" "$@"\n'
    )
    (tmp_path / "annotator").chmod(0o755)
    script = run("completion", "bash").out
    line = 'COMP_WORDS=(annotator recon); COMP_CWORD=1; _annotator_completion annotator; echo "${COMPREPLY[@]}"'
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", f"{script}\n{line}"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["reconcile"]


def test_every_command_is_offered() -> None:
    assert ask("bash", "annotator ", 1) >= set(COMMANDS)


def test_another_shell(run: Run) -> None:
    assert run("completion", "tcsh").status == 2
