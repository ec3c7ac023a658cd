"""Fixtures of the tests of many documents."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.batch import run
from tests.batch.support import NAMES, text

if TYPE_CHECKING:
    pass


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do all work in this process, but in the tests marked as being about worker processes."""
    if "processes" not in request.fixturenames:
        monkeypatch.setattr(run, "FEW", 1000)


@pytest.fixture
def processes() -> None:
    """Ask for worker processes."""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Return a folder of texts, some of them in folders below."""
    folder = tmp_path / "texts"
    for name in NAMES:
        path = folder / name[0] / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(name), "utf-8")
    return folder
