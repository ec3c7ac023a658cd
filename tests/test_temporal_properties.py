"""Properties of dates on random input: nothing fails, everything found can be proved, the calendar is a calendar."""

from datetime import date

from dateutil.easter import easter as easter_sunday  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.temporal import FoundDate, bounds, derivation, derive, find_dates, is_value
from annotator.temporal.calendar import easter, from_ordinal, iso_week, ordinal, weekday
from annotator.temporal.find import Ranges
from annotator.temporal.reading import plain
from annotator.temporal.words import MONTHS, tables

WORDS = sorted({word for words in tables().values() for word in words} | set(MONTHS))
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([word.title() for word in WORDS]),
    st.integers(0, 2100).map(str),
    st.integers(1, 31).map(lambda day: f"{day}th"),
    st.sampled_from(
        ["of", "and", "to", "the", "in", ",", ".", "\n", "-", "–", "’", "(", ")", "BC", "p.m.", "$", "/", ":"]
    ),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", "", "-"])), max_size=40).map(
    lambda parts: "".join(piece + space for piece, space in parts)
)
DATES = st.one_of(st.none(), st.just("2022"), st.just("2020-05"), st.dates().map(date.isoformat))


def proves(text: str, found: list[FoundDate], date: str | None) -> None:
    """Assert that every date follows from its words, its anchor's value and its relation, and that no anchors form a circle."""
    for one in found:
        index = one["anchor"]
        anchor = date if index == "document" else found[index]["value"] if isinstance(index, int) else None
        assert (index is None) == (one["relation"] is None)
        meant = derive(text[one["start"] : one["end"]], anchor=anchor, relation=one["relation"])
        assert tuple(meant) == (one["type"], one["value"], one["mod"], one["timex"])
        seen = set()
        while isinstance(index, int):
            assert index not in seen
            seen.add(index)
            index = found[index]["anchor"]


@settings(max_examples=300, deadline=None)
@given(TEXTS, DATES, st.sampled_from(["joined", "split"]))
def test_everything_found_can_be_proved(text: str, day: str | None, ranges: Ranges) -> None:
    """Words, anchor and relation give each meaning again; spans are in order, on one line, not empty, with allowed values."""
    found = find_dates(text, date=day, ranges=ranges)
    proves(text, found, day)
    end = 0
    for one in found:
        words = text[one["start"] : one["end"]]
        assert end <= one["start"] < one["end"] <= len(text)
        assert words == words.strip() and "\n" not in words
        assert one["value"] is None or is_value(one["value"])
        if one["value"] is not None and not one["value"].startswith("P"):
            assert bounds(one["value"], one["mod"]) is not None
        end = one["end"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.one_of(st.none(), st.sampled_from(["2013-04-15", "199X", "-0479", "P10Y", "nonsense"])))
def test_any_words_derive(words: str, anchor: str | None) -> None:
    """No words and no anchor make the derivation or its explanation fail."""
    found = derive(words, anchor=anchor, relation="after" if anchor else None)
    assert found.value is None or is_value(found.value)
    assert derivation(words, anchor, "after" if anchor else None)


@given(st.text(max_size=80))
def test_plain_keeps_offsets(text: str) -> None:
    """The plain form is as long as the text."""
    assert len(plain(text)) == len(text)


@given(st.dates())
def test_calendar_is_datetime_s(day: date) -> None:
    """Days, weekdays and weeks are those of the standard library."""
    number = ordinal(day.year, day.month, day.day)
    assert number == day.toordinal() - date(1970, 1, 1).toordinal()
    assert from_ordinal(number) == (day.year, day.month, day.day)
    assert weekday(number) == day.isoweekday()
    if 1 < day.year < 9999:
        assert iso_week(number) == tuple(day.isocalendar())[:2]


@given(st.integers(-2_000_000, 2_000_000))
def test_calendar_before_christ(number: int) -> None:
    """Every day has a date of its own, in years before Christ too."""
    assert ordinal(*from_ordinal(number)) == number


@given(st.integers(1583, 4099))
def test_easter_is_dateutil_s(year: int) -> None:
    """Easter is what the dateutil package computes."""
    found = easter_sunday(year)
    assert from_ordinal(easter(year)) == (found.year, found.month, found.day)
