"""Dates in texts: which words are found, what they mean there, and that each can be proved again."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import spacy

from annotator.pipeline import groups
from annotator.pipeline.dates import DateFinder
from annotator.temporal import find_dates
from annotator.temporal.register import register_of
from annotator.temporal.scan import scan
from tests.test_temporal_properties import proves

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "dates_texts.jsonl").read_text(encoding="utf-8").splitlines()
]
NEWS = "The minister resigned on Monday. He will speak today. It rained yesterday."
HISTORY = "In 1783 they made peace. In May 1794 they met. In 1795 and 1801 they fought. In 1812 they signed."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_texts(case: dict[str, Any]) -> None:
    """The row's text shows each date in ⟦…⟧, but for vague references; they mean what the row says."""
    text = re.sub("[⟦⟧]", "", case["text"])
    found = find_dates(text, date=case.get("date"))
    told = [one for one in found if one["type"] != "ref"]
    assert [text[one["start"] : one["end"]] for one in told] == re.findall("⟦(.*?)⟧", case["text"])
    assert [one["value"] for one in told] == case["values"]
    proves(text, found, case.get("date"))


def test_nothing_inside_names() -> None:
    """What actors and agreements take is left out, and nothing reaches into it."""
    text = "The Treaty of 1951 and the May 2006 Accord, in June 1999."
    taken = [(4, 18), (27, 42)]
    found = find_dates(text, date=None, taken=taken)
    assert [text[one["start"] : one["end"]] for one in found] == ["June 1999"]


def test_spans_are_sorted_and_apart() -> None:
    """Dates come in order, and do not overlap."""
    text = " ".join(re.sub("[⟦⟧]", "", case["text"]) for case in CASES)
    found = find_dates(text, date=None)
    assert all(one["end"] <= two["start"] for one, two in pairwise(found))
    proves(text, found, None)


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        (NEWS, "2020-05-06", "news"),
        (NEWS, None, "narrative"),
        (HISTORY, "2009-12-19", "narrative"),
        ("In January 2026 and May 2025 it grew. In 2024 it fell.", "2026-04-16", "formal"),
    ],
)
def test_register(text: str, date: str | None, expected: str) -> None:
    """A text's own evidence tells its kind."""
    assert register_of(scan(text), date) == expected


def test_register_can_be_forced() -> None:
    """An option outweighs the evidence."""
    free = find_dates("In 1990 he left. In May he came back.", date="2020-05-06")
    forced = find_dates("In 1990 he left. In May he came back.", date="2020-05-06", register="news")
    assert [one["value"] for one in free] == ["1990", "1990-05"]
    assert [one["value"] for one in forced] == ["1990", "2020-05"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fought in 1914–18.", [("1914", "1914"), ("18", "1918")]),
        ("They fought in 1939–45.", [("1939", "1939"), ("45", "1945")]),
        ("They met on 6–7 January 1916.", [("6", "1916-01-06"), ("7 January 1916", "1916-01-07")]),
        ("In 1950 they met on April 6–7.", [("1950", "1950"), ("April 6", "1950-04-06"), ("7", "1950-04-07")]),
        ("They met in April–June 1945.", [("April", "1945-04"), ("June 1945", "1945-06")]),
        ("They fought in 499–493 BC.", [("499", "-0498"), ("493 BC", "-0492")]),
        ("In the 16th–17th centuries.", [("16th", "15XX"), ("17th centuries", "16XX")]),
    ],
)
def test_split_ranges(text: str, expected: list[tuple[str, str]]) -> None:
    """As an option, a range is two dates, which can be proved like all others."""
    found = find_dates(text, date=None, ranges="split")
    assert [(text[one["start"] : one["end"]], one["value"]) for one in found] == expected
    proves(text, found, None)


def test_lists_without_an_end() -> None:
    """Members that each wait for the next are no list that something completes."""
    found = find_dates("5 and 31 February, " * 500, date=None)
    assert {one["value"] for one in found[:400]} == {None}


def test_former_is_the_story_s() -> None:
    """In news `former` is no reference to a time."""
    text = "The former minister spoke on Monday, today and yesterday."
    assert [one["type"] for one in find_dates(text, date="2020-05-06")] == ["date"] * 3
    assert find_dates(text, date=None)[0]["timex"] == "PAST_REF"


def test_component() -> None:
    """The component stores what the function finds, with the document's date and around its names."""
    nlp = spacy.blank("en")
    finder = nlp.add_pipe("annotator_dates")
    assert isinstance(finder, DateFinder)
    text = "A treaty of 1951 lapsed a decade ago, in May 2012."
    doc = nlp.make_doc(text)
    doc.user_data[groups.DATE_KEY] = "2022"
    name: groups.FoundAgreement = {
        "start": 2, "end": 16, "rule": "agreements.name", "kind": "treaty", "entity": "agr:x", "name": "treaty of 1951", "parties": []
    }  # fmt: skip
    groups.store(doc, groups.AGREEMENTS, [name])
    found = groups.load(finder(doc), groups.DATES)
    assert [(text[one["start"] : one["end"]], one["value"], one["anchor"]) for one in found] == [
        ("a decade ago", "2012", "document"),
        ("May 2012", "2012-05", None),
    ]
    assert [span.text for span in doc.spans[groups.DATES]] == ["a decade ago", "May 2012"]
