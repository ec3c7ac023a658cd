"""What words mean: a table of expressions with anchor and relation, checked against edtf and dateparser."""

import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

from annotator.temporal import bounds, derivation, derive, is_value
from annotator.temporal.grammar import read
from annotator.temporal.values import parse, text_of

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "dates_words.jsonl").read_text(encoding="utf-8").splitlines()
]
VALUES = sorted({case["value"] for case in CASES if case["value"]})
ABSOLUTE = [case for case in CASES if "anchor" not in case and re.fullmatch(r"\d{4}-\d\d-\d\d", case["value"] or "")]


def name(case: dict[str, Any]) -> str:
    """Return what a row is called."""
    return f"{case['words']} from {case['anchor']}" if "anchor" in case else str(case["words"])


@pytest.mark.parametrize("case", CASES, ids=name)
def test_meaning(case: dict[str, Any]) -> None:
    """Words, anchor and relation give type, value, mod, and the TIMEX3 value where the row says one."""
    found = derive(case["words"], anchor=case.get("anchor"), relation=case.get("relation"))
    assert (found.type, found.value, found.mod) == (case["type"], case["value"], case.get("mod"))
    assert found.timex == case.get("timex", found.timex)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_every_meaning_is_explained(case: dict[str, Any]) -> None:
    """The steps name the rule, the words and the value."""
    steps = derivation(case["words"], case.get("anchor"), case.get("relation"))
    hit = read(case["words"])
    assert hit is not None
    assert hit.rule in steps and case["words"] in steps
    assert case["value"] is None or case["value"] in steps


@pytest.mark.parametrize("value", VALUES)
def test_values_are_edtf(value: str) -> None:
    """Every point and interval is what the edtf package reads; every value is one that the design allows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf import parse_edtf
    assert is_value(value)
    if not value.startswith("P"):
        assert parse_edtf(value) is not None


@pytest.mark.parametrize(
    "value", [value for value in VALUES if "/" not in value and "T" not in value and value[0] != "P"]
)
def test_values_are_read_back(value: str) -> None:
    """A value and its period are two forms of one thing."""
    period = parse(value)
    assert period is not None and text_of(period) == value


@pytest.mark.parametrize("case", ABSOLUTE, ids=name)
def test_dateparser_agrees(case: dict[str, Any]) -> None:
    """On absolute days, a second opinion."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

        order = "DMY" if case["words"].startswith("15") or "." in case["words"] else "MDY"
        words = re.sub(r"\bof\b", "", case["words"])
        found = dateparser.parse(words, languages=["en"], settings={"DATE_ORDER": order})
    if found is not None and not words[0].isalpha():
        assert found.date().isoformat() == case["value"]


@pytest.mark.parametrize(
    ("value", "mod", "expected"),
    [
        ("2013-04-15", None, ("2013-04-15", "2013-04-15")),
        ("2012-02", None, ("2012-02-01", "2012-02-29")),
        ("1983", "start", ("1983-01-01", "1983-04-30")),
        ("1983", "mid", ("1983-05-01", "1983-08-31")),
        ("1983", "end", ("1983-09-01", "1983-12-31")),
        ("198X", None, ("1980-01-01", "1989-12-31")),
        ("198X", "start", ("1980-01-01", "1983-12-31")),
        ("19XX", "end", ("1966-01-01", "1999-12-31")),
        ("1910", "approx", ("1909-01-01", "1911-12-31")),
        ("2014-21", None, ("2014-03-01", "2014-05-31")),
        ("1978-24", None, ("1978-01-01", "1979-02-28")),
        ("2019-35", None, ("2019-07-01", "2019-09-30")),
        ("1941-40", None, ("1941-01-01", "1941-06-30")),
        ("2012/2022", None, ("2012-01-01", "2022-12-31")),
        ("2022-03-21/2022-03-27", None, ("2022-03-21", "2022-03-27")),
        ("2020-05-04T15:00:00", None, ("2020-05-04", "2020-05-04")),
        ("-0479", None, ("-0479-01-01", "-0479-12-31")),
        ("-03XX", None, ("-0399-01-01", "-0300-12-31")),
        ("P10Y", None, None),
        (None, None, None),
    ],
)
def test_bounds(value: str | None, mod: str | None, expected: tuple[str, str] | None) -> None:
    """Earliest and latest follow from value and mod alone."""
    assert bounds(value, mod) == expected


@pytest.mark.parametrize(
    "text",
    ["", "2013-13", "2013-02-30", "1999/1998", "P", "PT", "P1H", "13", "2013-04-15T25:61:00", "now", "198", "2013-04/"],
)
def test_no_values(text: str) -> None:
    """What is no value is not taken for one."""
    assert not is_value(text)


@pytest.mark.parametrize(
    "words", ["", "the treaty", "may", "12", "Resolution 1373", "2+2", "early", "of 1995", "May 5 and 6", "x" * 500]
)
def test_words_that_are_no_date(words: str) -> None:
    """Words that are no single expression have no value, and the explanation says so."""
    found = derive(words, anchor="2013-04-15", relation="same")
    assert words in ("12", "may") or found.value is None
    if words not in ("12", "may"):
        assert "No rule reads" in derivation(words, "2013-04-15", "same")
