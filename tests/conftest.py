"""Shared fixtures: the command line in this process, and a project in a folder of its own."""

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent


class Outcome(NamedTuple):
    """What a command did: its exit status, and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prove", action="store_true", help="Run random tests at full size; takes minutes.")
    parser.addoption(
        "--update-golden", action="store_true", help="Rewrite the golden files from what is extracted now."
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in a browser last: its event loop stays, and the terminal application's tests start their own."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture
def full_size(pytestconfig: pytest.Config) -> bool:
    """Return whether random tests are to run at full size."""
    return bool(pytestconfig.getoption("--prove"))


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line with arguments and standard input."""
    from annotator.cli import main

    def call(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["annotator", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as caught:
            main()
        captured = capfdbinary.readouterr()
        assert isinstance(caught.value.code, int)
        return Outcome(caught.value.code, captured.out.decode(), captured.err.decode())

    return call


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of this project's corpus and gold, as the current folder."""
    (tmp_path / "annotations").mkdir()
    (tmp_path / "corpus").mkdir()
    for name in ("corpus/japan-europe.txt", "corpus/japan-europe.toml", "annotations/japan-europe.gold.jsonl"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "tests/golden/japan-europe.jsonl", tmp_path / "annotations/japan-europe.jsonl")
    monkeypatch.chdir(tmp_path)
    return tmp_path
