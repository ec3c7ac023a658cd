"""Verification: what holds is proved, and whatever is changed is caught."""

from typing import Any

import msgspec
import pytest

from annotator.model import Actor, Agreement, AnyRecord, Citation, Date, Event
from annotator.verification import Verification, verify
from tests.support import LINES, TEXT, article, changed, extracted, filled, without

GOLD = filled()
FOUND = extracted(GOLD)


def causes(result: Verification) -> list[str]:
    return [f"{finding.kind} {finding.label}: {finding.cause}" for finding in result.findings]


def test_whole_records_are_proved() -> None:
    for annotations, gold in ((GOLD, True), (FOUND, False)):
        result = verify(annotations, article(), gold=gold)
        assert causes(result) == []
        assert result.holds
        assert result.proved == result.records == 14


OTHER: dict[str, Any] = {
    "id": "000000000000", "start": 1, "end": 2, "text": "other", "prefix": "other", "suffix": "other", "notes": ("9",),
    "value": "2003", "mod": "end", "timex": "2003", "earliest": "2003-01-01", "latest": "2003-12-31", "anchor": "document",
    "relation": "before", "entity": "state:fr", "parties": ("state:fr",), "agreement": "000000000000",
    "date": "000000000000", "note_start": 1, "note_end": 2,
}  # fmt: skip
"""For each key a value that no record of the document has."""

TYPES = {"DATE": "duration", "ACTOR": "organization"}
TRUSTED = {"rule", "comment", "modality"}
"""What is nobody's but the extractor's or the editor's word."""
IDENTITY = {("ACTOR", "entity"), ("AGREEMENT", "entity")}
"""Taken on trust: who or what is meant."""
CONSISTENT = {"name", "kind", "parties"}
"""Only held against other mentions of the same entity: not caught where there is but one."""


def changes() -> list[tuple[int, str]]:
    return [
        (index, key)
        for index, record in enumerate(FOUND.records)
        for key in record.__struct_fields__
        if key not in TRUSTED
        and (record.label, key) not in IDENTITY
        and not (key in CONSISTENT and mentions(record) < 2)
    ]


def mentions(record: AnyRecord) -> int:
    entity = getattr(record, "entity", None)
    return sum(getattr(other, "entity", "") == entity for other in FOUND.records)


def other_value(record: AnyRecord, key: str) -> Any:
    if key == "type":
        return TYPES[record.label]
    if key == "kind":
        return "treaty"
    if key == "event":
        return "ended"
    if key == "name":
        return "Other"
    if key == "value" and isinstance(record, Citation):
        return "7"
    return OTHER[key]


@pytest.mark.parametrize(("index", "key"), changes(), ids=lambda part: str(part))
def test_any_change_to_what_is_proved_is_caught(index: int, key: str) -> None:
    record = FOUND.records[index]
    result = verify(changed(FOUND, index, **{key: other_value(record, key)}), article())
    assert not result.holds
    assert result.proved < result.records


@pytest.mark.parametrize("key", ["sha256", "length", "doc", "schema"])
def test_any_change_to_the_document_line_is_caught(key: str) -> None:
    other = {"sha256": "0" * 64, "length": 1, "doc": "other", "schema": 3}[key]
    document = msgspec.structs.replace(FOUND.document, **{key: other})
    assert not verify(msgspec.structs.replace(FOUND, document=document), article()).holds


def test_one_changed_digit_of_a_quote_is_caught() -> None:
    index = next(i for i, record in enumerate(FOUND.records) if record.text == "4 May 2010")
    result = verify(changed(FOUND, index, text="4 May 2011"), article())
    assert "citation DATE: text is “4 May 2011”, the source says “4 May 2010”" in causes(result)


def test_a_changed_article_is_stale_and_proves_nothing() -> None:
    result = verify(FOUND, article(TEXT.replace("Berg", "Burg")))
    assert {finding.kind for finding in result.findings} == {"stale", "citation"}
    assert result.proved == 0


def test_a_mark_without_a_record_is_told_with_its_place() -> None:
    index = next(i for i, record in enumerate(FOUND.records) if isinstance(record, Citation) and record.value == "2")
    result = verify(without(FOUND, index), article())
    (finding,) = result.findings
    assert finding.cause == "footnote mark 2 has no record"
    assert (finding.line, finding.column) == (3, 49)


def test_a_break_in_the_run_of_marks_is_a_warning() -> None:
    text = TEXT.replace("start.”2", "start.”3")
    lines = [line | {"text": "3", "occurrence": 1} if line["text"] == "2" else line for line in LINES]
    result = verify(filled(lines, text), article(text), gold=True)
    assert result.warnings == 1
    assert result.holds


def test_anchors_in_a_circle_are_caught() -> None:
    index = next(i for i, record in enumerate(FOUND.records) if record.text == "A year later")
    result = verify(changed(FOUND, index, anchor=FOUND.records[index].id), article())
    assert any("circle" in cause for cause in causes(result))


GOLD_ONLY: dict[str, tuple[dict[str, Any], str | None, str | None]] = {
    "a value that words do not give": (
        {"text": "2015", "value": "2016"},
        "if it is right, say why in `comment`",
        "warning",
    ),
    "the same with a comment": ({"text": "2015", "value": "2016", "comment": "a misprint"}, None, None),
    "no value at all": ({"text": "2015", "value": "in spring"}, "is no EDTF date", "error"),
}


@pytest.mark.parametrize("name", GOLD_ONLY)
def test_gold_is_not_bent_to_the_extractor(name: str) -> None:
    change, cause, severity = GOLD_ONLY[name]
    index = next(i for i, record in enumerate(GOLD.records) if record.text == change["text"])
    fields = {key: value for key, value in change.items() if key != "text"}
    if fields["value"] == "2016":
        fields |= {"earliest": "2016-01-01", "latest": "2016-12-31", "timex": None}
    records = list(GOLD.records)
    records[index] = msgspec.structs.replace(records[index], **fields)
    records = [
        msgspec.structs.replace(record, value=fields["value"])
        if isinstance(record, Event) and record.date == records[index].id
        else record
        for record in records
    ]
    result = verify(msgspec.structs.replace(GOLD, records=records), article(), gold=True)
    told = [(finding.cause, finding.severity) for finding in result.findings]
    if cause is None:
        assert told == []
    else:
        assert any(cause in words and level == severity for words, level in told)


def test_entities_of_the_wrong_kind_are_caught() -> None:
    index = next(i for i, record in enumerate(FOUND.records) if isinstance(record, Actor) and record.type == "person")
    assert not verify(changed(FOUND, index, entity="state:no"), article()).holds


def test_unsorted_parties_are_caught() -> None:
    index = next(i for i, record in enumerate(FOUND.records) if isinstance(record, Agreement))
    assert not verify(changed(FOUND, index, parties=("state:no", "state:cl")), article()).holds


def test_dates_of_the_document_are_proved_by_its_date() -> None:
    text = "They met a year ago."
    lines = [{"label": "DATE", "text": "a year ago", "type": "date", "value": "2021"}]
    annotations = filled(lines, text, date="2022")
    (record,) = annotations.records
    assert isinstance(record, Date)
    assert record.anchor == "document"
    assert verify(annotations, article(text, date="2022"), gold=True).holds
    assert not verify(annotations, article(text, date="2020"), gold=True).holds
