"""The package's functions on paths, on texts and on what has been read."""

from pathlib import Path

import pytest

import annotator
from annotator import records
from annotator.errors import UsageError
from tests.support import TEXT, article, extracted, filled

GOLD = filled()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/doc.txt").write_bytes(TEXT.encode())
    records.write(GOLD, tmp_path / "annotations/doc.gold.jsonl")
    records.write(extracted(GOLD), tmp_path / "annotations/doc.jsonl")
    return tmp_path


def test_verify_takes_paths_texts_and_articles(folder: Path) -> None:
    path = folder / "annotations/doc.gold.jsonl"
    assert annotator.verify(path).holds
    assert annotator.verify(path, folder / "corpus/doc.txt").holds
    assert annotator.verify(GOLD, TEXT, gold=True).holds
    assert annotator.verify(GOLD, article(), gold=True).holds
    assert not annotator.verify(GOLD, TEXT.replace("2010", "2011"), gold=True).holds


def test_reconcile_and_compare_take_paths(folder: Path) -> None:
    gold, found = folder / "annotations/doc.gold.jsonl", folder / "annotations/doc.jsonl"
    assert annotator.reconcile(gold, found).agrees
    assert annotator.reconcile(GOLD, found, article()).agrees
    assert annotator.compare(found, found) == annotator.compare(extracted(GOLD), extracted(GOLD))


def test_what_was_read_needs_its_source() -> None:
    with pytest.raises(UsageError, match="need their source"):
        annotator.verify(GOLD)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'annotate'"):
        annotator.annotate  # noqa: B018 - asking for the name is the test
