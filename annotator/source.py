"""A file of text, and what a TOML file beside it tells of it, come in; an `Article` goes out, its text untouched."""

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from annotator import files, lexicons
from annotator.errors import SourceError
from annotator.model import Article

METADATA = ("title", "author", "url", "date")
EDTF_DATE = re.compile(
    r"-?\d{4}(?:-(?:(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|2[1-4]|3[3-9]|4[01]))?[?~%]?|\d{3}X|\d{2}XX"
)
SAMPLE = 20_000
"""How many code points of a text are looked at to judge its language."""
FEW_WORDS = 40
"""Below so many words a language is not judged."""
ENGLISH_SHARE = 0.18
"""English prose is one third to one half stop words; other languages share below a tenth of them."""


class StopWord(lexicons.Entry, frozen=True):
    """One of the commonest words of English, none of which is common in another language written in Latin letters."""

    word: str


def read_article(path: Path, *, date: str | None = None) -> Article:
    """Return the article in the file at `path`, with the metadata of `<name>.toml` beside it where there is one.

    Its `doc` is the file's name without the suffix; `date` goes before the one in the metadata. Raise SourceError
    where either file cannot be used.
    """
    article = article_from_bytes(files.read_bytes(path), doc=path.stem, where=str(path), date=date)
    known = read_metadata(path.with_suffix(".toml"))
    if date is not None:
        known.pop("date", None)
    return msgspec.structs.replace(article, **known)


def article_from_bytes(data: bytes, *, doc: str, where: str, date: str | None = None) -> Article:
    """Return the article in a file's bytes; `where` stands in error messages. Raise SourceError as `read_article`."""
    if not data:
        raise SourceError(f"{where}: the file is empty; give a file with text in it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{where}: not UTF-8 at byte offset {error.start} (byte 0x{data[error.start]:02x}: {error.reason}); "
            "convert the file to UTF-8"
        ) from error
    _refuse(text, where)
    if date is not None:
        check_date(date, where)
    return Article(doc=doc, text=text, sha256=hashlib.sha256(data).hexdigest(), date=date)


def article_from_text(text: str, *, doc: str = "text", date: str | None = None) -> Article:
    """Return `text` as an article; `sha256` is that of its UTF-8 bytes, `date` an EDTF date.

    Raise SourceError for a text that is empty, has a NUL or cannot be UTF-8, and for a date that is none.
    """
    _refuse(text, doc)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{doc}: half a surrogate pair at offset {error.start}; it cannot be written as UTF-8"
        ) from error
    if date is not None:
        check_date(date, doc)
    return Article(doc=doc, text=text, sha256=hashlib.sha256(data).hexdigest(), date=date)


def check_date(date: str, where: str) -> str:
    """Return `date` when it is a document's date in EDTF: a day, month, season, quarter, half, year, decade or century.

    Raise SourceError, beginning with `where`, when it is none.
    """
    if not EDTF_DATE.fullmatch(date) or not _on_calendar(date):
        raise SourceError(f"{where}: {date!r} is no date; write it as 2022, 2022-08 or 2022-08-31 (EDTF)")
    return date


def looks_english(text: str) -> bool:
    """Say whether `text` may be English, judged by the share of stop words in a sample; a short text always may.

    >>> looks_english("Bonjour.")
    True
    """
    words = text[:SAMPLE].lower().split()
    if len(words) < FEW_WORDS:
        return True
    common = _stop_words()
    return sum(word in common for word in words) >= ENGLISH_SHARE * len(words)


def _refuse(text: str, where: str) -> None:
    if not text.strip("\ufeff \t\r\n\xa0"):
        raise SourceError(f"{where}: nothing but white space; give a text with words in it")
    nul = text.find("\0")
    if nul >= 0:
        offset = len(text[:nul].encode("utf-8", "surrogatepass"))
        raise SourceError(
            f"{where}: NUL byte at byte offset {offset}; the file is not plain text, or is damaged: remove it"
        )


def read_metadata(path: Path) -> dict[str, str]:
    """Return what the TOML file at `path` tells of an article, nothing without one; raise SourceError for a bad one."""
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(files.read_bytes(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte offset {error.start}; convert the file to UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f'{path}: not TOML: {error}; write lines like title = "…"') from error
    for key, value in table.items():
        if key not in METADATA:
            raise SourceError(f"{path}: unknown key {key!r}; allowed: {', '.join(METADATA)}")
        if not isinstance(value, str):
            raise SourceError(f'{path}: {key} is not a string; put it in quotes: {key} = "{value}"')
    if "date" in table:
        check_date(table["date"], str(path))
    return table


def _on_calendar(date: str) -> bool:
    """Say whether a whole day is one of the Gregorian calendar; of other dates, True."""
    day = re.fullmatch(r"-?(\d{4})-(\d\d)-(\d\d)\W?", date)
    if not day:
        return True
    year, month, number = map(int, day.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return number <= (28 + leap if month == 2 else 30 + (month + month // 8) % 2)


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(entry.word for entry in lexicons.load("stop_words", StopWord))
