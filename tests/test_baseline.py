"""The baseline: accepted gaps do not fail, until they expire or are gone."""

import re
from datetime import date
from pathlib import Path

import pytest

from annotator import baseline
from annotator.errors import FormatError
from annotator.model import Finding
from annotator.reconciliation import reconcile
from tests.support import article, extracted, filled, without

GOLD = filled()
TODAY = date(2030, 6, 15)


def gap() -> Finding:
    index = next(i for i, record in enumerate(GOLD.records) if record.text == "Ann Berg")
    (finding,) = reconcile(GOLD, extracted(without(GOLD, index)), article()).findings
    return finding


CASES = {
    "not accepted": (None, "new"),
    "accepted for good": ("", "known"),
    "accepted until tomorrow": ("2030-06-16", "known"),
    "accepted until today": ("2030-06-15", "known"),
    "accepted until yesterday": ("2030-06-14", "expired"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_baseline_says_of_a_finding(name: str) -> None:
    until, status = CASES[name]
    expires = date.fromisoformat(until) if until else None
    entries = [] if until is None else [baseline.accept(gap(), why="later", owner="ed", expires=expires)]
    result = baseline.sort([gap()], entries, today=TODAY)
    assert [len(result.new), len(result.known), len(result.expired)] == [
        int(s == status) for s in ("new", "known", "expired")
    ]
    assert bool(result.failing) == (status != "known")
    assert result.fixed == ()


def test_an_accepted_gap_that_is_gone_is_told() -> None:
    entry = baseline.accept(gap(), why="later", owner="ed")
    assert baseline.sort([], [entry], today=TODAY).fixed == (entry,)


def test_a_finding_keeps_its_id_whatever_changes_elsewhere() -> None:
    index = next(i for i, record in enumerate(GOLD.records) if record.text == "Ann Berg")
    less = without(without(GOLD, index), 0)
    findings = reconcile(GOLD, extracted(less), article()).findings
    assert gap().id in {finding.id for finding in findings}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    entries = [baseline.accept(gap(), why="wörtlich", owner="ed", expires=TODAY)]
    path = tmp_path / "baseline.jsonl"
    path.write_bytes(baseline.encode(entries))
    assert list(baseline.read(path)) == entries


REFUSED = {
    "no JSON": ("{", "Input data was truncated"),
    "unknown key": ('{"id":"a","reason":"x"}', 'unknown field "reason"; allowed keys: id, doc'),
    "missing key": ('{"id":"a"}', 'missing required field "doc"'),
    "no day": (
        '{"id":"a","doc":"d","kind":"value","label":"DATE","text":"t","why":"w","owner":"o","expires":"soon"}',
        "Invalid",
    ),
    "not UTF-8": ('{"id":"\udcff"}', "codec"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_file_and_line(tmp_path: Path, name: str) -> None:
    line, words = REFUSED[name]
    path = tmp_path / "baseline.jsonl"
    path.write_bytes(b"\n" + line.encode("utf-8", "surrogateescape") + b"\n")
    with pytest.raises(FormatError, match=re.escape(words)) as caught:
        baseline.read(path)
    assert str(caught.value).startswith(f"{path}:2: ")


def test_one_finding_is_accepted_once(tmp_path: Path) -> None:
    path = tmp_path / "baseline.jsonl"
    path.write_bytes(2 * baseline.encode([baseline.accept(gap(), why="later", owner="ed")]))
    with pytest.raises(FormatError, match="a second entry"):
        baseline.read(path)
