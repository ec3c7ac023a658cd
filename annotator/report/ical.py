r"""Rows of a timeline come in, an iCalendar file (RFC 5545) goes out: one entry an event, as long as its date is vague.

What is planned or conditional is tentative, what is denied cancelled. The format knows no years before Christ.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from annotator.timeline import WORDS, Row

WIDEST = 75
"""Bytes of a line, its end not counted; longer ones are folded."""
STATUS = {"actual": "CONFIRMED", "planned": "TENTATIVE", "conditional": "TENTATIVE", "denied": "CANCELLED"}


def render(rows: Iterable[Row]) -> bytes:
    """Return the calendar; events whose days no calendar entry can have are left out (see `left_out`)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//annotator//timeline//EN", "CALSCALE:GREGORIAN"]
    for row in rows:
        lines += _entries(row)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def left_out(rows: Iterable[Row]) -> int:
    """Return how many events have days that no calendar entry can have."""
    return sum(_days(moment.earliest, moment.latest) is None for row in rows for moment in row.moments)


def _days(earliest: str, latest: str) -> tuple[date, date] | None:
    """Return the first day and the one after the last."""
    try:
        return date.fromisoformat(earliest), date.fromisoformat(latest) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _entries(row: Row) -> Iterator[str]:
    for moment in row.moments:
        days = _days(moment.earliest, moment.latest)
        if days is None:
            continue
        first, after = (day.strftime("%Y%m%d").zfill(8) for day in days)
        notes = f" (footnote {', '.join(moment.notes)})" if moment.notes else " (no footnote)"
        yield from (
            "BEGIN:VEVENT",
            f"UID:{_words(row.doc)}-{_words(moment.id)}@annotator",
            # The time of making is no fact of the text, and would change the file at every run.
            f"DTSTAMP:{first}T000000Z",
            f"DTSTART;VALUE=DATE:{first}",
            f"DTEND;VALUE=DATE:{after}",
            f"SUMMARY:{_words(f'{row.name}: {WORDS[moment.event]}')}",
            f"DESCRIPTION:{_words(f'“{moment.quote}”{notes}')}",
            f"CATEGORIES:{_words(row.lane)}",
            f"STATUS:{STATUS[moment.modality]}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        )


def _words(text: str) -> str:
    """Return text as a value: what has a meaning in the format is escaped, control characters are blanks."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n")
    return "".join("\\n" if c == "\n" else " " if ord(c) < 32 or ord(c) == 127 else c for c in escaped)


def _folded(line: str) -> bytes:
    """Return a line of at most 75 bytes, goes on in lines that begin with a blank; no character is cut."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        code = character.encode("utf-8", "replace")
        if len(part) + len(code) > WIDEST - bool(parts):
            parts.append(part)
            part = b""
        part += code
    return b"\r\n ".join([*parts, part])
