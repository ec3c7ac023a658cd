"""Fixtures of the tests of reviewing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.review import Session
from tests.review.support import make, opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of one article whose gold and extracted annotations differ, as the current folder."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    return tmp_path


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    """Return an open review of the article."""
    one = opened(folder)
    yield one
    one.close()
