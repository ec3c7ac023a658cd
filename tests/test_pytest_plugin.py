"""The pytest plugin, in a pytest of its own."""

from pathlib import Path

import pytest

from annotator import baseline, records
from annotator.model import Annotations
from annotator.reconciliation import reconcile
from tests.support import TEXT, article, extracted, filled, without

pytest_plugins = ["pytester"]

GOLD = filled()


def less() -> Annotations:
    """Return extracted records without Ann Berg."""
    index = next(i for i, record in enumerate(GOLD.records) if record.text == "Ann Berg")
    return extracted(without(GOLD, index))


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """Return a project whose stored annotations lack an actor."""
    root = pytester.path
    for name in ("corpus", "annotations"):
        (root / name).mkdir()
    (root / "corpus/doc.txt").write_bytes(TEXT.encode())
    records.write(GOLD, root / "annotations/doc.gold.jsonl")
    records.write(less(), root / "annotations/doc.jsonl")
    (root / "pytest.ini").write_text("[pytest]\nannotator_stored = true\n")
    return root


def test_each_record_is_an_item_that_fails_with_its_sentence(pytester: pytest.Pytester, folder: Path) -> None:
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=14, failed=1)
    result.stdout.fnmatch_lines(
        ["*ACTOR:3:25:Ann Berg*", "*missing ACTOR: no ACTOR was extracted here*", "*in*wrote Ann Berg*"]
    )


def test_items_can_be_chosen_by_name(pytester: pytest.Pytester, folder: Path) -> None:
    pytester.runpytest_inprocess("-k", "DATE").assert_outcomes(passed=3, deselected=12)


def test_accepted_gaps_are_expected_failures(pytester: pytest.Pytester, folder: Path) -> None:
    findings = reconcile(GOLD, less(), article()).findings
    entries = [baseline.accept(finding, why="known", owner="ed") for finding in findings]
    (folder / "annotations/baseline.jsonl").write_bytes(baseline.encode(entries))
    pytester.runpytest_inprocess().assert_outcomes(passed=14, xfailed=1)
    records.write(extracted(GOLD), folder / "annotations/doc.jsonl")
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(passed=14, failed=1)
    result.stdout.fnmatch_lines(["*take them out of baseline.jsonl*"])


def test_broken_gold_is_told_with_its_line(pytester: pytest.Pytester, folder: Path) -> None:
    path = folder / "annotations/doc.gold.jsonl"
    path.write_bytes(path.read_bytes()[:-9])
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*doc.gold.jsonl:15: *"])
