"""A report as workflow commands, which GitHub shows beside the lines of a change."""

from annotator.report.report import Report, end_place, sides


def render(report: Report) -> str:
    """Return one `::error` or `::warning` a gap, then a notice with the summary."""
    lines = []
    for finding, _ in report.shown:
        line, column = end_place(finding)
        place = {
            "file": report.source(finding.doc), "line": finding.line, "endLine": line, "col": finding.column,
            "endColumn": column, "title": f"{finding.kind} {finding.label}",
        }  # fmt: skip
        words = "\n".join([finding.cause, *(f"{side}: {said}" for side, said in sides(finding))])
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
        lines.append(f"::{finding.severity} {properties}::{_data(words)}")
    lines.append(f"::notice title=annotator {report.command}::{_data(report.summary())}")
    return "\n".join(lines) + "\n"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
