"""Whole articles, extracted and compared byte for byte; `make golden` rewrites them on purpose."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import extract, reconcile, records, verify
from annotator.model import Annotations, Citation
from annotator.source import read_article

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "corpus/japan-europe.txt"
GOLDEN = ROOT / "tests/golden/japan-europe.jsonl"
GOLD = ROOT / "annotations/japan-europe.gold.jsonl"

BARS = {
    ("DATE", "strict"): 0.97, ("DATE", "value"): 0.95, ("ACTOR", "strict"): 0.97, ("AGREEMENT", "strict"): 0.95,
    ("EVENT", "strict"): 0.9, ("CITATION", "strict"): 1.0, ("CITATION", "value"): 1.0,
}  # fmt: skip
"""F1 that extraction of the article must not fall below."""


@pytest.fixture(scope="module")
def extracted() -> Annotations:
    return extract(ARTICLE)


def test_the_article_is_the_one_that_was_received() -> None:
    digest = hashlib.sha256(ARTICLE.read_bytes()).hexdigest()
    assert digest == "1af7cc2f4afa7ee7f74bb0a9aa218ce0b6aa0f95f86c704b2738a1db1f944329"


def test_extraction_gives_the_golden_file(extracted: Annotations, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        records.write(extracted, GOLDEN)
    assert records.encode(extracted) == GOLDEN.read_bytes()


def test_another_process_gives_the_same_bytes() -> None:
    command = [sys.executable, "-m", "annotator", "extract", "-o", "-", str(ARTICLE)]
    assert subprocess.run(command, capture_output=True, check=True).stdout == GOLDEN.read_bytes()


def test_every_record_is_the_slice_of_the_source_that_it_says(extracted: Annotations) -> None:
    text = ARTICLE.read_bytes().decode()
    assert all(text[record.start : record.end] == record.text for record in extracted.records)


def test_extraction_is_proved(extracted: Annotations) -> None:
    result = verify(extracted, read_article(ARTICLE))
    assert result.findings == ()
    assert result.proved == len(extracted.records)


def test_all_47_footnote_marks_are_found(extracted: Annotations) -> None:
    values = [record.value for record in extracted.records if isinstance(record, Citation)]
    assert values == [str(number) for number in range(1, 48)]


def test_gold_is_proved() -> None:
    result = verify(records.read(GOLD), read_article(ARTICLE), gold=True)
    assert result.findings == ()


@pytest.mark.parametrize(("label", "figure"), BARS)
def test_extraction_agrees_with_gold(extracted: Annotations, label: str, figure: str) -> None:
    score = reconcile(records.read(GOLD), extracted, read_article(ARTICLE)).score
    assert getattr(score[label], figure).f1 >= BARS[label, figure]
