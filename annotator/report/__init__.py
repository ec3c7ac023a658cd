"""Findings and figures as text, in the forms that people and programs read; it returns text and never prints."""

from pathlib import Path
from types import MappingProxyType

from annotator.errors import UsageError
from annotator.report.report import Report

__all__ = ["FORMS", "Report", "form_of", "render"]

FORMS = ("text", "markdown", "json", "junit", "sarif", "github")

SUFFIXES = MappingProxyType({".txt": "text", ".md": "markdown", ".json": "json", ".xml": "junit", ".sarif": "sarif"})


def form_of(path: Path) -> str:
    """Return the form of report that a file gets, by its suffix; raise UsageError for one that says none."""
    if path.suffix not in SUFFIXES:
        known = ", ".join(f"{suffix} ({form})" for suffix, form in SUFFIXES.items())
        raise UsageError(f"{path}: the suffix does not say which form of report it is; known are {known}")
    return SUFFIXES[path.suffix]


def render(report: Report, form: str, *, width: int = 100, colour: bool = False) -> str:
    """Return the report in one of FORMS; `width` and `colour` are for text alone."""
    if form == "text":
        from annotator.report import terminal

        return terminal.render(report, width=width, colour=colour)
    if form == "markdown":
        from annotator.report import markdown

        return markdown.render(report)
    if form == "json":
        from annotator.report import json

        return json.render(report)
    if form == "junit":
        from annotator.report import junit

        return junit.render(report)
    if form == "sarif":
        from annotator.report import sarif

        return sarif.render(report)
    if form == "github":
        from annotator.report import github

        return github.render(report)
    raise UsageError(f"“{form}” is no form of report; known are {', '.join(FORMS)}")
