"""Timelines: rows in lanes, an axis for every age, and what charts, tables and calendars make of them."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotator import records, timeline
from annotator.history import histories, names
from annotator.model import EventKind
from annotator.report import charts, ical, timeline_chart
from annotator.timeline import Row
from tests.conftest import Run
from tests.support import LINES, TEXT, extracted, filled

HOSTILE = '</script><script>window.owned=1</script>"'


STORY: tuple[EventKind, ...] = ("negotiations", "signed", "in_force", "ended")


def rows_of(lines: Any = LINES, text: str = TEXT) -> list[Row]:
    found = extracted(filled(lines, text)).records
    return timeline.rows(histories(found), names(found), "doc")


def many(count: int) -> list[Row]:
    """Return rows with so many events in all, four an agreement, over a century and many lanes."""
    row = rows_of()[0]
    made = []
    for number in range(count // 4):
        start = 1900 + number * 97 % 100
        moments = tuple(
            row.moments[0]._replace(
                id=f"{number}-{k}", event=event, start=start + k, end=start + k + 0.1, earliest=f"{start + k}-01-01",
                latest=f"{start + k}-02-05", notes=("1",) if k % 2 else (),
            )
            for k, event in enumerate(STORY)
        )  # fmt: skip
        made.append(
            row._replace(lane=f"Lane {number % 12}", name=f"Treaty {number}", entity=f"agr:{number}", moments=moments)
        )
    return timeline.arranged(made)


def test_rows_tell_what_became_of_an_agreement() -> None:
    (row,) = rows_of()
    assert (row.lane, row.name, row.doc) == ("Chile – Norway", "Fjord Accord", "doc")
    assert [(m.event, m.earliest, m.latest, m.cited) for m in row.moments] == [
        ("signed", "2010-05-04", "2010-05-04", True), ("renewed", "2015-01-01", "2015-12-31", False),
    ]  # fmt: skip
    assert row.moments[0].end - row.moments[0].start == pytest.approx(1 / 12 / 31, abs=1e-4)
    assert (row.moments[1].start, row.moments[1].end) == (2015.0, 2016.0)


def test_one_agreement_in_two_documents_is_one_row_of_a_chart() -> None:
    (row,) = rows_of()
    uncited = row.moments[0]._replace(notes=())
    later = row.moments[0]._replace(event="ended", start=2020.0, end=2021.0)
    other = row._replace(doc="other", moments=(uncited, later))
    (joined,) = timeline.merged([other, row])
    assert [(moment.event, moment.cited) for moment in joined.moments] == [
        ("signed", True),
        ("renewed", False),
        ("ended", True),
    ]
    assert len(timeline.merged([row, row._replace(lane="elsewhere")])) == 2


def test_undated_events_have_no_place() -> None:
    lines = [{k: v for k, v in line.items() if k != "date"} if line["label"] == "EVENT" else line for line in LINES]
    assert rows_of(lines) == []


def test_the_busiest_lane_comes_first_and_order_does_not_matter() -> None:
    found = many(40)
    assert timeline.arranged(reversed(found)) == found
    lanes = [row.lane for row in found]
    assert lanes == sorted(lanes, key=lambda lane: (-lanes.count(lane), lane))


AXES = {
    "one year": (2010.0, 2010.2, (2010, 2012), (2010, 2011, 2012)),
    "a decade": (2001.9, 2012.1, (2001, 2013), (2002, 2004, 2006, 2008, 2010, 2012)),
    "centuries": (1648.0, 2020.0, (1648, 2020), (1650, 1700, 1750, 1800, 1850, 1900, 1950, 2000)),
    "before Christ": (-479.0, -400.5, (-479, -400), (-470, -460, -450, -440, -430, -420, -410, -400)),
    "through the turn": (-5.0, 10.0, (-5, 10), (-4, -2, 0, 2, 4, 6, 8, 10)),
}  # fmt: skip


@pytest.mark.parametrize("name", AXES)
def test_axis(name: str) -> None:
    start, end, bounds, ticks = AXES[name]
    row = rows_of()[0]
    axis = timeline.axis([row._replace(moments=(row.moments[0]._replace(start=start, end=end),))])
    assert ((axis.first, axis.last), axis.ticks) == (bounds, ticks)
    assert 0 <= axis.share(start) < axis.share(end) <= 100


def test_an_axis_of_nothing() -> None:
    assert timeline.axis([]).ticks == (0, 1, 2)


@pytest.mark.parametrize("count", [0, 4, 12, 500])
def test_charts_of_few_and_of_many(count: int) -> None:
    svg = charts.render(timeline_chart.chart(many(count), title="Many"), "svg")
    root = ET.fromstring(svg)
    words = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "Many" in words
    assert {f"Treaty {number}" for number in range(count // 4)} <= words


def test_the_same_rows_give_the_same_bytes() -> None:
    first, second = (charts.render(timeline_chart.chart(many(40), title="x"), "svg") for _ in range(2))
    assert first == second


def test_png() -> None:
    assert charts.render(timeline_chart.chart(many(12), title="x"), "png").startswith(b"\x89PNG")


def test_a_page_with_a_chart_asks_for_nothing_and_escapes() -> None:
    row = rows_of()[0]._replace(name=HOSTILE, lane=HOSTILE)
    page = charts.render(timeline_chart.chart([row], title=HOSTILE), "html").decode()
    assert HOSTILE not in page
    assert page.count("<script") == 3
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=", page)
    assert "default-src &#39;none&#39;" in page and "unsafe" not in page.partition("</head>")[0]
    content = re.findall(r'id="specification">(.*?)</script>', page, re.DOTALL)[0]
    assert json.loads(content)["title"]["text"] == HOSTILE


def test_calendar() -> None:
    text = ical.render(rows_of()).decode()
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR" and unfolded[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20100504" in unfolded and "DTEND;VALUE=DATE:20100505" in unfolded
    assert "DTSTART;VALUE=DATE:20150101" in unfolded and "DTEND;VALUE=DATE:20160101" in unfolded
    assert "SUMMARY:Fjord Accord: signed" in unfolded
    assert "DESCRIPTION:“Norway and Chile signed the Fjord Accord on 4 May 2010” (footnote 1)" in unfolded
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 2


CALENDAR_WORDS = {"a,b;c": "a\\,b\\;c", "a\\b": "a\\\\b", "a\nb\r\nc": "a\\nb\\nc", "a\x07b": "a b", "é" * 60: "é" * 60}


@pytest.mark.parametrize("words", CALENDAR_WORDS, ids=ascii)
def test_words_in_a_calendar(words: str) -> None:
    unfolded = ical.render([rows_of()[0]._replace(name=words)]).decode().replace("\r\n ", "")
    assert f"SUMMARY:{CALENDAR_WORDS[words]}: signed\r\n" in unfolded


STATUSES = {"actual": "CONFIRMED", "planned": "TENTATIVE", "conditional": "TENTATIVE", "denied": "CANCELLED"}


@pytest.mark.parametrize("modality", STATUSES)
def test_what_has_not_happened_is_not_confirmed(modality: Any) -> None:
    row = rows_of()[0]
    row = row._replace(moments=(row.moments[0]._replace(modality=modality),))
    assert f"STATUS:{STATUSES[modality]}\r\n" in ical.render([row]).decode()


@pytest.mark.parametrize(
    "days", [("-0479-01-01", "-0479-12-31"), ("9999-01-01", "9999-12-31"), ("0000-01-01", "0000-12-31")]
)
def test_days_that_a_calendar_cannot_have(days: tuple[str, str]) -> None:
    row = rows_of()[0]
    row = row._replace(moments=(row.moments[0]._replace(earliest=days[0], latest=days[1]), row.moments[1]))
    assert ical.left_out([row]) == 1
    assert ical.render([row]).decode().count("BEGIN:VEVENT") == 1


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    records.write(extracted(filled()), tmp_path / "annotations/doc.jsonl")
    records.write(filled(), tmp_path / "annotations/doc.gold.jsonl")
    return tmp_path


STARTS = {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE html>", "csv": b"doc,lane,", "ics": b"BEGIN:VCALENDAR"}


@pytest.mark.parametrize("form", STARTS)
def test_command_by_suffix(run: Run, stored: Path, form: str) -> None:
    result = run("timeline", "-o", f"out.{form}")
    assert (result.status, result.out) == (0, "")
    assert "out." + form + ": 2 events of 1 agreements" in result.err
    assert (stored / f"out.{form}").read_bytes().startswith(STARTS[form])


def test_command_to_standard_output(run: Run, stored: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("timeline", "--format", "csv").out)))
    assert [(row["event"], row["earliest"], row["notes"]) for row in rows] == [
        ("signed", "2010-05-04", "1"), ("renewed", "2015-01-01", ""),
    ]  # fmt: skip
    assert date.fromisoformat(rows[1]["latest"]) == date(2015, 12, 31)


WRONG = {
    "png to nowhere": (["--format", "png"], 2, "-o chart.png"),
    "a party that is none": (["--party", "state:zz"], 2, "ids are like"),
    "no such file": (["nothing.jsonl"], 3, "no such file"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(run: Run, stored: Path, name: str) -> None:
    arguments, status, words = WRONG[name]
    result = run("timeline", *arguments)
    assert (result.status, words in result.err) == (status, True)


def test_one_party(run: Run, stored: Path) -> None:
    assert "2 events" in run("timeline", "--party", "state:cl", "-o", "out.csv").err
