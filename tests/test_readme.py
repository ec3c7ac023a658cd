"""What the README tells a reader to type, works."""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

COMMANDS = re.findall(r"^\$ annotator (.+)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_example_runs(run: Run, project: Path, command: str) -> None:
    result = run(*shlex.split(command))
    assert result.status == (1 if command.startswith("reconcile") else 0)
    assert result.out or result.err
