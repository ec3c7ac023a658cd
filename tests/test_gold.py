"""Gold: what people write becomes whole records, or an error that says where and what."""

import re
from typing import Any

import pytest

from annotator import records
from annotator.errors import FormatError
from annotator.gold import fill
from annotator.model import Actor, Agreement, Citation, Date, Event
from tests.support import LINES, article, filled, written

GOLD = filled()


def one(kind: type, text: str) -> Any:
    return next(record for record in GOLD.records if isinstance(record, kind) and record.text == text)


def test_places_are_found_from_quotes() -> None:
    assert [record.start for record in GOLD.records if record.text == "Fjord Accord"] == [28, 91]


def test_a_date_gets_anchor_relation_timex_and_bounds() -> None:
    record = one(Date, "A year later")
    assert record.anchor == one(Date, "4 May 2010").id
    assert (record.relation, record.timex, record.earliest, record.latest) == (
        "after",
        "2011",
        "2011-01-01",
        "2011-12-31",
    )


def test_an_event_gets_the_mention_in_its_clause_or_the_one_before() -> None:
    signed, renewed = (record for record in GOLD.records if isinstance(record, Event))
    first, second = (record for record in GOLD.records if isinstance(record, Agreement))
    assert (signed.agreement, renewed.agreement) == (first.id, second.id)
    assert (signed.value, renewed.value) == ("2010-05-04", "2015")
    assert signed.parties == renewed.parties == ("state:cl", "state:no")


def test_names_and_parties_are_the_same_in_all_mentions() -> None:
    assert {record.name for record in GOLD.records if isinstance(record, Actor) and record.entity == "state:no"} == {
        "Norway"
    }
    assert {record.parties for record in GOLD.records if isinstance(record, Agreement)} == {("state:cl", "state:no")}


def test_footnotes_are_those_of_the_sentence() -> None:
    assert one(Date, "4 May 2010").notes == ("1",)
    assert one(Date, "A year later").notes is None
    assert one(Actor, "Ann Berg").notes == ("2",)
    assert all(record.notes is None for record in GOLD.records if isinstance(record, Citation))


def test_filling_whole_records_again_changes_nothing() -> None:
    whole = records.encode(GOLD)
    assert records.encode(fill(whole, article(), "f")) == whole


def test_the_order_of_lines_plays_no_part() -> None:
    assert records.encode(filled(LINES[::-1])) == records.encode(GOLD)


def test_filled_ids_follow_an_edit_elsewhere() -> None:
    text = "A new first paragraph.\n\n" + article().text
    ids = [
        record.id
        for record in filled(
            [line for line in LINES if "paragraph" not in line and line["label"] != "EVENT"], text
        ).records
    ]
    assert set(ids) < {record.id for record in GOLD.records}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no label": ({"text": "Norway"}, 'missing required field "label"'),
    "unknown key": ({"label": "ACTOR", "texts": "Norway"}, 'unknown field "texts"'),
    "no type": ({"label": "ACTOR", "text": "Norway", "entity": "state:no"}, 'ACTOR needs "type"'),
    "no place": ({"label": "DATE", "type": "date"}, 'needs "start" and "end", or "text"'),
    "quote not there": ({"label": "DATE", "type": "date", "text": "1999"}, "“1999” does not stand in the article"),
    "quote not in the paragraph": ({"label": "DATE", "type": "date", "text": "2015", "paragraph": 1}, "not stand in paragraph 1"),
    "no such paragraph": ({"label": "DATE", "type": "date", "text": "2015", "paragraph": 3}, "no paragraph 3, the article has 2"),
    "which of two": ({"label": "ACTOR", "type": "state", "entity": "state:cl", "text": "Chile"}, "stands 2 times"),
    "no third": ({"label": "ACTOR", "type": "state", "entity": "state:cl", "text": "Chile", "occurrence": 3}, "no occurrence 3"),
    "other words there": ({"label": "DATE", "type": "date", "start": 0, "end": 6, "text": "Sweden"}, "the article has “Norway” there"),
    "offsets past the end": ({"label": "DATE", "type": "date", "start": 0, "end": 999}, "no span of the article"),
    "a type of another label": ({"label": "ACTOR", "type": "duration", "entity": "x", "text": "Norway"}, "Invalid enum value"),
    "no mark there": ({"label": "CITATION", "text": "2015"}, "no footnote mark stands there"),
    "an event without agreement": ({"label": "EVENT", "text": "Oslo", "event": "signed"}, 'needs "entity" or "agreement"'),
    "an agreement that is none": ({"label": "EVENT", "text": "Oslo", "event": "signed", "agreement": "x"}, 'has the id "x"'),
    "a date that is none": ({"label": "EVENT", "text": "Oslo", "event": "signed", "entity": "agr:x", "date": "x"}, 'has the id "x"'),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_file_and_line(name: str) -> None:
    line, words = REFUSED[name]
    with pytest.raises(FormatError, match=re.escape(words)) as caught:
        fill(written([LINES[0], line]), article(), "x.gold.jsonl")
    assert str(caught.value).startswith("x.gold.jsonl:2: ")
