"""A report as SARIF 2.1.0 (OASIS 2020), for code scanning: regions point into the articles."""

import json
from importlib.metadata import version
from pathlib import PurePath
from urllib.parse import quote

from annotator.model import Finding
from annotator.reconciliation.causes import REASONS as DIFFERENCES
from annotator.report.report import Report, end_place, sides
from annotator.verification import REASONS as PROOFS

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RULES = dict(sorted((PROOFS | DIFFERENCES).items()))


def render(report: Report) -> str:
    """Return the report; accepted gaps are results too, suppressed with their status."""
    sorted_ = report.findings
    results = [_result(finding, report, "new") for finding, _ in report.shown]
    results += [_result(finding, report, "unchanged") for finding in sorted_.known]
    rules = [{"id": reason, "shortDescription": {"text": words}} for reason, words in RULES.items()]
    driver = {"name": "annotator", "version": version("annotator"), "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, report: Report, state: str) -> dict[str, object]:
    line, column = end_place(finding)
    region = {
        "startLine": finding.line, "startColumn": finding.column, "endLine": line, "endColumn": column,
        "charOffset": finding.start, "charLength": finding.end - finding.start,
    }  # fmt: skip
    place = {"artifactLocation": {"uri": _uri(report.source(finding.doc))}, "region": region}
    words = "; ".join([f"{finding.kind} {finding.label}: {finding.cause}", *(": ".join(s) for s in sides(finding))])
    result: dict[str, object] = {
        "ruleId": finding.reason,
        "ruleIndex": list(RULES).index(finding.reason),
        "level": finding.severity,
        "message": {"text": words},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"findingId/v1": finding.id},
        "baselineState": state,
    }
    if state == "unchanged":
        result["suppressions"] = [{"kind": "external", "justification": "accepted in the baseline"}]
    return result


def _uri(path: str) -> str:
    return quote(PurePath(path).as_posix())
