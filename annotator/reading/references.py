"""References in brackets, `[12]`, `[^note]`, `(Smith 2019)`: a text comes in, their places and keys go out."""

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from annotator import lexicons

BRACKETED = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\](?![(:])")
MARKDOWN = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
LOOSE = re.compile(r"\s[a-z]")
INDENT = 40
"""A label may be indented by so many code points."""

_NAME = r"(?:(?:de|del|della|van|von|der|den|al|el|bin|ter)[ -])*[A-Z][^\W\d_]*(?:[’'-][^\W\d_]+)*"
_YEAR = r"(?:1[5-9]|20)\d\d"
_PAGES = r"(?:[,:] ?(?:pp?\. ?)?\d{1,4}(?:[–-]\d{1,4})?)"
_AUTHORS = rf"{_NAME}(?:(?:, {_NAME})*,? (?:and|&) {_NAME}|,? et al\.?)?"
_BODY = r"[A-Z][\w-]+(?: (?:(?:of|for|the|and|on) ){0,2}[A-Z][\w-]+){1,6}"
_ITEM = rf"(?:{_AUTHORS}|{_BODY}),? {_YEAR}[a-z]?(?:, {_YEAR}[a-z]?)*{_PAGES}*"
PERSONS = re.compile(_AUTHORS)
AUTHOR_YEAR = re.compile(rf"\((?:[Ss]ee(?: also)? |[Cc]f\. |e\.g\.,? )?({_ITEM}(?:; {_ITEM})*)\)")
JOINT = re.compile(r", | and | & |[-–]")
ITEM = re.compile(rf"^(?P<authors>.*?)(?P<comma>,?) (?P<year>{_YEAR}[a-z]?)(?P<more>.*)$")


class Reference(NamedTuple):
    """A reference mark: its place in the source, and its number or key."""

    start: int
    end: int
    value: str


class NotAuthor(lexicons.Entry, frozen=True):
    """A word that stands before a year in brackets without being an author: a month, a season, a place, an occasion."""

    word: str


def bracketed(text: str, end: int) -> list[Reference]:
    """Return the numbers in square brackets in `text` before `end`, which are marks.

    None at a line's beginning, where it labels the line; and one that stands like a word of the sentence, as when an
    editor puts a number into a quotation (`the [15] nations`), only in company.
    """
    found, loose = [], 0
    for match in BRACKETED.finditer(text, 0, end):
        start = match.start()
        spaced = start == 0 or text[start - 1].isspace()
        if spaced and not text[max(0, start - INDENT) : start].rpartition("\n")[2].strip():
            continue
        loose += spaced and LOOSE.match(text, match.end()) is not None
        found.append(Reference(start, match.end(), match[1]))
    return found if loose < len(found) or loose > 2 else []


def markdown(text: str, end: int) -> list[Reference]:
    """Return the Markdown footnote references in `text` before `end`; a definition `[^3]: …` is none."""
    return [Reference(m.start(), m.end(), m[1]) for m in MARKDOWN.finditer(text, 0, end)]


def author_year(text: str, end: int, entries: Collection[str]) -> list[Reference]:
    """Return the references by author and year in `text` before `end`; `entries` are lines of a list of references.

    `(Smith 2019)` can also be an occasion and its year. A form that only references have (two authors, a page, `2019a`)
    or an entry for it in the list makes one; so does a name that is no place or occasion, without a comma after it. A
    name of several words (`World Bank 2020`) needs the entry.
    """
    found: list[Reference] = []
    doubtful: list[tuple[Reference, str]] = []
    for match in AUTHOR_YEAR.finditer(text, 0, end):
        items = [parts for item in match[1].split("; ") if (parts := ITEM.match(item))]
        if any(_not_authors().issuperset(JOINT.split(item["authors"])) for item in items):
            continue
        key = "; ".join(f"{item['authors']} {item['year']}" for item in items)
        reference = Reference(match.start(), match.end(), key)
        sure = any(_listed(item, entries) for item in items) or (
            all(PERSONS.fullmatch(item["authors"]) for item in items) and (len(items) > 1 or _only_reference(items[0]))
        )
        if sure:
            found.append(reference)
        elif PERSONS.fullmatch(items[0]["authors"]):
            doubtful.append((reference, items[0]["comma"]))
    return sorted(found + [reference for reference, comma in doubtful if found or not comma])


def _only_reference(item: re.Match[str]) -> bool:
    """Say whether only a reference is written like this."""
    authors, comma = item["authors"], item["comma"]
    pair = (" and " in authors or "&" in authors) and not comma
    return bool(pair or "et al" in authors or item["more"] or item["year"][-1].isalpha())


def _listed(item: re.Match[str], entries: Collection[str]) -> bool:
    return any(matches(entry, f"{item['authors']} {item['year']}") for entry in entries)


def matches(entry: str, key: str) -> bool:
    """Say whether `entry`, a line of a list of references, is the one with `key`: its first author and year.

    >>> matches("Smith, John (2019). On pacts.", "Smith and Jones 2019")
    True
    """
    authors, _, year = key.partition(";")[0].rpartition(" ")
    first = re.split(r",| and | & | et al", authors)[0]
    return first in entry[:60] and year in entry


@cache
def _not_authors() -> frozenset[str]:
    return frozenset(entry.word for entry in lexicons.load("not_authors", NotAuthor))
