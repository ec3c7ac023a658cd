"""A report as one JSON object, for programs."""

import msgspec

from annotator.report.report import Report


def render(report: Report) -> str:
    """Return the report: every finding with its status, the figures as counts, and the entries that are fixed."""
    sorted_ = report.findings
    statuses = {"new": sorted_.new, "known": sorted_.known, "expired": sorted_.expired}
    content = {
        "command": report.command,
        "summary": report.summary(),
        "failing": len(sorted_.failing),
        "findings": [
            {"status": status, "source": report.source(finding.doc), **msgspec.to_builtins(finding)}
            for status, findings in statuses.items()
            for finding in findings
        ],
        "fixed": msgspec.to_builtins(sorted_.fixed),
        "score": {label: _present(msgspec.to_builtins(figures)) for label, figures in (report.score or {}).items()},
        "notes": list(report.notes),
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n"


def _present(figures: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in figures.items() if value is not None}
