"""Events of agreements: a table of texts and what they tell, in tests/cases/events.jsonl."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from annotator.pipeline import groups
from annotator.pipeline.agreements import find_agreements
from annotator.pipeline.events import EventFinder, find_events
from annotator.pipeline.events.words import trigger, verbs
from annotator.pipeline.groups import FoundDate, FoundEvent

CASES = Path(__file__).parent / "cases"


def dates(text: str) -> list[FoundDate]:
    """Return each year, with or without a month, as a date."""
    return [
        FoundDate(
            start=match.start(), end=match.end(), rule="test", type="date", value=match[0], mod=None, timex=None,
            anchor=None, relation=None,
        )
        for match in re.finditer(r"\b(?:18|19|20)\d\d(?:-\d\d)?\b", text)
    ]  # fmt: skip


def events(text: str) -> list[FoundEvent]:
    return find_events(text, find_agreements(text, []), dates(text), [])


def told(text: str, event: FoundEvent) -> tuple[str, str, str]:
    """Return kind, agreement and date of an event in words; the agreement by its first name in the text."""
    names = find_agreements(text, [])
    first = next(item for item in names if item["entity"] == event["entity"])
    index = event["date"]
    value = dates(text)[index]["value"] if index is not None else None
    return event["event"], text[first["start"] : first["end"]], value or ""


def rows() -> list[Any]:
    found = [json.loads(line) for line in (CASES / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["name"]) for row in found]


@pytest.mark.parametrize("row", rows())
def test_told(row: dict[str, Any]) -> None:
    """Each text tells the dated events of its row as having happened, and no others."""
    text = row["text"]
    found = {told(text, event) for event in events(text) if event["date"] is not None}
    assert found == {tuple(event) for event in row["events"]}
    assert {event["modality"] for event in events(text)} <= {"actual"}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Norway signed the Treaty of Bergen in 1921.", "actual"),
        ("Norway would sign the Treaty of Bergen in 1921.", "planned"),
        ("Norway sent Costa to sign the Treaty of Bergen in 1921.", "planned"),
        ("They announced that they would begin negotiations on the Treaty of Bergen in 1921.", "planned"),
        ("In 1921, if Norway signed the Treaty of Bergen, Chile would leave.", "conditional"),
        ("If signed, the Treaty of Bergen of 1921 would help.", "conditional"),
        ("Norway revoked its ratification of the Treaty of Bergen in 1921.", "denied"),
        ("Norway failed to ratify the Treaty of Bergen in 1921.", "denied"),
        ("Norway never signed the Treaty of Bergen in 1921.", "denied"),
        ("Norway called for a trade agreement with Chile in 1921.", "actual"),
        ("In May 1921 Norway signed the Treaty of Bergen.", "actual"),
        ("The Treaty of Bergen, which Chile had hoped to see, was signed in 1921.", "actual"),
        ("The Treaty of Bergen, intended to end the war, was never signed in 1921.", "denied"),
        ("The Treaty of Bergen, if all goes well, would be signed in 1921.", "conditional"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    """What was planned, conditional or denied is told apart from what happened; a proposal happened."""
    assert {event["modality"] for event in events(text)} == {modality}


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (
            "Norway was poor, but the Treaty of Bergen was signed in 1921; Chile was rich.",
            "but the Treaty of Bergen was signed in 1921",
        ),
        ("The Treaty of Bergen was signed in 1921.", "The Treaty of Bergen was signed in 1921"),
        ("The Treaty of Bergen was signed in 1921 …", "The Treaty of Bergen was signed in 1921 "),
        ("The Treaty of Bergen was signed in 1921 by the U.S.", "The Treaty of Bergen was signed in 1921 by the U.S."),
    ],
)
def test_clause(text: str, clause: str) -> None:
    """An event's span is the clause that tells it, without the full stop of its sentence."""
    assert [text[event["start"] : event["end"]] for event in events(text)] == [clause.rstrip()]


def test_lengths_date_nothing() -> None:
    """A length of time is no event's date."""
    text = "The Treaty of Bergen was signed for ten years."
    length: FoundDate = {**dates("1921")[0], "start": text.index("ten"), "end": len(text) - 1, "type": "duration"}
    assert [event["date"] for event in find_events(text, find_agreements(text, []), [length], [])] == [None]


def test_component() -> None:
    """The component reads what the others left and leaves its own."""
    doc = spacy.blank("en")("The Treaty of Bergen was signed in 1921.")
    groups.store(doc, groups.AGREEMENTS, find_agreements(doc.text, []))
    groups.store(doc, groups.DATES, dates(doc.text))
    EventFinder(spacy.blank("en"), "events")(doc)
    assert groups.load(doc, groups.EVENTS) == events(doc.text)


@pytest.mark.parametrize("form", sorted(verbs()))
def test_every_form_is_found(form: str) -> None:
    """The tree of letters finds each form whole."""
    match = trigger().search(f"x {form} y")
    assert match is not None
    assert match[1] == form


PIECES = st.sampled_from(
    ["The Treaty of Bergen ", "the treaty ", "was signed ", "in 1921", ", ", ". ", "and ", "Negotiations began ", "(",
     ") ", "the Lima Accord ", "replaced ", "It ", "expired ", "\n", "which ", "both treaties ", "İ "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_events_hold_together(text: str) -> None:
    """Spans stay in a line and refer to what was found, and nothing is told twice, whatever the text."""
    found = events(text)
    names = find_agreements(text, [])
    for event in found:
        assert 0 <= event["start"] < event["end"] <= len(text)
        assert "\n" not in text[event["start"] : event["end"]].strip()
        assert event["agreement"] is not None
        assert names[event["agreement"]]["entity"] == event["entity"]
    keys = [(event["event"], event["entity"], event["modality"], event["date"]) for event in found]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("written", "modality"), [("2013-05-01", "planned"), ("2021", "actual"), ("2022-01-01", "actual"), ("", "actual")]
)
def test_what_is_dated_after_the_text_is_planned(written: str, modality: str) -> None:
    text = "The Treaty of Bergen expired in 2021."
    [event] = find_events(text, find_agreements(text, []), dates(text), [], written=written)
    assert event["modality"] == modality
