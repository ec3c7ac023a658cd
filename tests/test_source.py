"""Files that come in: what is kept of them, and what is refused with which words."""

import hashlib
from pathlib import Path

import pytest

from annotator.errors import SourceError
from annotator.source import article_from_text, check_date, looks_english, read_article


def test_an_article_is_kept_as_it_is(tmp_path: Path) -> None:
    """A byte order mark, CRLF and no-break spaces stay in the text, and the digest is that of the bytes."""
    data = "\ufeffThey met.\r\nIn\xa0Rome 🇮🇹.\n".encode()
    path = tmp_path / "a pact.v2.txt"
    path.write_bytes(data)
    article = read_article(path)
    assert article.text.encode() == data
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert (article.doc, article.title, article.date) == ("a pact.v2", None, None)


def test_metadata_is_read(tmp_path: Path) -> None:
    (tmp_path / "pact.txt").write_text("They met.", encoding="utf-8")
    (tmp_path / "pact.toml").write_text(
        'title = "The pact"\nauthor = "A. Smith"\nurl = "https://example.org"\ndate = "2022-08"\n', encoding="utf-8"
    )
    article = read_article(tmp_path / "pact.txt")
    known = (article.title, article.author, article.url, article.date)
    assert known == ("The pact", "A. Smith", "https://example.org", "2022-08")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\r\n ", "nothing but white space"),
        (b"They \xe9t\xe9", "not UTF-8 at byte offset 5 (byte 0xe9"),
        ("naïve\0".encode(), "NUL byte at byte offset 6"),
        (b"\xff\xfeT\0", "not UTF-8 at byte offset 0"),
    ],
)
def test_a_text_that_cannot_be_used(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "pact.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_article(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('tittle = "x"', "unknown key 'tittle'; allowed: title, author, url, date"),
        ("date = 2022", 'date is not a string; put it in quotes: date = "2022"'),
        ("date = 2022-08-31", 'put it in quotes: date = "2022-08-31"'),
        ('date = "August 2022"', "'August 2022' is no date; write it as 2022"),
        ("title = x", "not TOML"),
    ],
)
def test_metadata_that_cannot_be_used(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "pact.txt").write_text("They met.", encoding="utf-8")
    (tmp_path / "pact.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_article(tmp_path / "pact.txt")
    assert str(caught.value).startswith(f"{tmp_path / 'pact.toml'}: ")
    assert words in str(caught.value)


def test_metadata_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "pact.txt").write_text("They met.", encoding="utf-8")
    (tmp_path / "pact.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(SourceError, match="not UTF-8 at byte offset 9"):
        read_article(tmp_path / "pact.txt")


def test_no_such_file_and_a_directory(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_article(tmp_path / "pact.txt")
    with pytest.raises(SourceError, match="a directory"):
        read_article(tmp_path)


@pytest.mark.parametrize(
    "date",
    ["2022", "2022-08", "2024-02-29", "2022-21", "2022-33", "2022-41", "199X", "20XX", "2022?", "2022-08~", "-0479"],
)
def test_dates(date: str) -> None:
    assert check_date(date, "here") == date


@pytest.mark.parametrize(
    "date", ["", "22", "2022-13", "2022-25", "2023-02-29", "2022-06-31", "2022-8", "2022/2023", "31.8.2022", "20222"]
)
def test_what_is_no_date(date: str) -> None:
    with pytest.raises(SourceError, match=r"here: .* is no date"):
        check_date(date, "here")


def test_an_article_from_a_text() -> None:
    article = article_from_text("Été.", doc="-", date="2022")
    assert (article.doc, article.date) == ("-", "2022")
    assert article.sha256 == hashlib.sha256("Été.".encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "white space"), ("a\0", "NUL byte at byte offset 1"), ("a\ud800", "surrogate pair at offset 1")],
)
def test_a_string_that_is_no_article(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        article_from_text(text)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Hello.", True),
        ("The envoys met in Rome, and they agreed that the pact of the year before was to be kept by all. " * 3, True),
        ("Les envoyés se sont réunis à Rome et ont décidé que le pacte de l’année passée serait respecté. " * 3, False),
        (
            "Die Gesandten trafen sich in Rom und beschlossen, dass der Pakt vom Vorjahr für alle gelten soll. " * 3,
            False,
        ),
        ("外務大臣は東京で会談した。 " * 50, False),
    ],
    ids=["short", "English", "French", "German", "Japanese"],
)
def test_english(text: str, english: bool) -> None:
    assert looks_english(text) is english
