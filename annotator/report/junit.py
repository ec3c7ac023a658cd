"""A report as JUnit XML, for viewers of test results: a suite a document, a failed case a gap.

It keeps to the elements and attributes of the schema that Jenkins checks (junit-10.xsd of its xUnit plugin), which all
other viewers read: a case has no place of its own there, so that this stands in its text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from textwrap import fill
from xml.etree import ElementTree

from annotator.model import Finding
from annotator.report.report import Report, sides

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
WIDTH = 100
"""Characters in a line of what is told of a gap: many viewers break none."""


def render(report: Report) -> str:
    """Return the report; a document without gaps is one case that passes, a warning is a case that was skipped."""
    suites = ElementTree.Element("testsuites", name=f"annotator {report.command}")
    totals = [0, 0]
    for doc in sorted({*report.sources, *(finding.doc for finding, _ in report.shown)}):
        cases = [finding for finding, _ in report.shown if finding.doc == doc]
        skipped = sum(finding.severity == "warning" for finding in cases)
        counts = (max(len(cases), 1), len(cases) - skipped)
        totals = [one + other for one, other in zip(totals, counts, strict=True)]
        suite = ElementTree.SubElement(suites, "testsuite", _counts(*counts), name=_text(doc))
        suite.set("skipped", str(skipped))
        suite.set("file", _text(report.source(doc)))
        if not cases:
            ElementTree.SubElement(suite, "testcase", classname=_text(doc), name="no gaps", time="0")
        for finding, name in zip(cases, _names(cases), strict=True):
            case = ElementTree.SubElement(suite, "testcase", classname=_text(doc), name=_text(name), time="0")
            outcome = "skipped" if finding.severity == "warning" else "failure"
            failure = ElementTree.SubElement(case, outcome, message=_text(finding.cause))
            if outcome == "failure":
                failure.set("type", finding.reason)
            place = f"{report.source(doc)}:{finding.line}:{finding.column}"
            lines = [place, *(f"{side}: {words}" for side, words in sides(finding)), f"in: {finding.sentence}"]
            failure.text = _text("\n".join(fill(line, WIDTH, subsequent_indent="    ") for line in lines))
    for key, value in _counts(*totals).items():
        suites.set(key, value)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _names(cases: Sequence[Finding]) -> list[str]:
    """Return a name for each case, no two alike: viewers take cases of one name for one."""
    seen: Counter[str] = Counter()
    names = []
    for finding in cases:
        record = finding.gold or finding.found
        what = finding.kind if finding.kind == finding.reason else f"{finding.kind}: {finding.reason}"
        name = f"{finding.label} {finding.line}:{finding.column} {record.text if record else ''} [{what}]"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return names


def _counts(tests: int, failures: int) -> dict[str, str]:
    return {"tests": str(tests), "failures": str(failures), "errors": "0", "time": "0"}


def _text(words: str) -> str:
    return NOT_XML.sub("\ufffd", words)
