"""A report as JUnit XML, for viewers of test results: a suite a document, a failed case a gap."""

import re
from xml.etree import ElementTree

from annotator.report.report import Report, sides

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def render(report: Report) -> str:
    """Return the report; a document without gaps is one case that passes, a warning is a case that was skipped."""
    suites = ElementTree.Element("testsuites", name=f"annotator {report.command}")
    totals = [0, 0, 0]
    for doc in sorted({*report.sources, *(finding.doc for finding, _ in report.shown)}):
        cases = [finding for finding, _ in report.shown if finding.doc == doc]
        skipped = sum(finding.severity == "warning" for finding in cases)
        counts = (max(len(cases), 1), len(cases) - skipped, skipped)
        totals = [one + other for one, other in zip(totals, counts, strict=True)]
        suite = ElementTree.SubElement(suites, "testsuite", _counts(*counts), name=_text(doc))
        if not cases:
            ElementTree.SubElement(suite, "testcase", classname=_text(doc), name="no gaps")
        for finding in cases:
            record = finding.gold or finding.found
            name = f"{finding.label} {finding.line}:{finding.column} {record.text if record else ''} [{finding.kind}]"
            case = ElementTree.SubElement(suite, "testcase", classname=_text(doc), name=_text(name))
            case.set("file", _text(report.source(doc)))
            case.set("line", str(finding.line))
            outcome = "skipped" if finding.severity == "warning" else "failure"
            failure = ElementTree.SubElement(case, outcome, message=_text(finding.cause))
            if outcome == "failure":
                failure.set("type", finding.reason)
            lines = [*(f"{side}: {words}" for side, words in sides(finding)), f"in: {finding.sentence}"]
            failure.text = _text("\n".join(lines))
    for key, value in _counts(*totals).items():
        suites.set(key, value)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _counts(tests: int, failures: int, skipped: int) -> dict[str, str]:
    return {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _text(words: str) -> str:
    return NOT_XML.sub("\ufffd", words)
