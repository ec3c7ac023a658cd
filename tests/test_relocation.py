"""After an edit: what is found again, what is not, and nothing lost."""

from pathlib import Path

import pytest

from annotator import records
from annotator.model import Annotations
from annotator.reading import read
from annotator.relocation import carry, plain, relocate, update
from annotator.verification import verify
from tests.support import TEXT, article, filled

GOLD = filled()

FATES = {
    "nothing": (TEXT, {"unchanged": 14}),
    "a new first paragraph": ("A word before.\n\n" + TEXT, {"moved": 14}),
    "another name far away": (TEXT.replace("Ann Berg", "Una Berg"), {"unchanged": 13, "orphaned": 1}),
    "a changed year": (TEXT.replace("in 2015", "in 2016"), {"unchanged": 12, "orphaned": 2}),
    "an inserted negation": (
        TEXT.replace("Chile signed the", "Chile never signed the"), {"unchanged": 2, "moved": 11, "orphaned": 1},
    ),
    "plain quotation marks and no-break spaces": (
        TEXT.replace("“", '"').replace("”", '"').replace("4 May", "4\u00a0May"), {"unchanged": 12, "moved": 2},
    ),
    "line ends of another system": (TEXT.replace("\n", "\r\n"), {"unchanged": 8, "moved": 6}),
    "the whole text twice": (TEXT + TEXT, {"ambiguous": 12, "unchanged": 2}),
    "another text": ("Nothing of this stands here.\n", {"orphaned": 14}),
}  # fmt: skip


def fates(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in relocate(GOLD, article(text)):
        counts[item.fate] = counts.get(item.fate, 0) + 1
    return counts


@pytest.mark.parametrize("name", [name for name in FATES if name != "the whole text twice"])
def test_fate(name: str) -> None:
    text, expected = FATES[name]
    assert fates(text) == expected


def test_words_that_stand_twice_with_the_same_context_are_not_decided() -> None:
    assert fates(TEXT + TEXT)["ambiguous"] >= 10


@pytest.mark.parametrize("name", FATES)
def test_what_is_found_again_has_the_same_words(name: str) -> None:
    text, _ = FATES[name]
    for item in relocate(GOLD, article(text)):
        if item.place is not None:
            assert plain(text[slice(*item.place)]) == plain(item.record.text)


def test_carried_records_hold() -> None:
    text = "A word before.\n\n" + TEXT
    edited = article(text)
    carried = carry(GOLD, relocate(GOLD, edited), edited, read(text))
    assert verify(carried, edited, gold=True).findings == ()


def stored(tmp_path: Path, annotations: Annotations) -> Path:
    path = tmp_path / "doc.gold.jsonl"
    records.write(annotations, path)
    return path


def test_update_leaves_a_file_of_an_unchanged_article_alone(tmp_path: Path) -> None:
    path = stored(tmp_path, GOLD)
    before = path.read_bytes()
    assert update(path, article()) == []
    assert path.read_bytes() == before


def test_update_moves_records_and_keeps_the_others_beside_them(tmp_path: Path) -> None:
    path = stored(tmp_path, GOLD)
    edited = article("A word before.\n\n" + TEXT.replace("Ann Berg", "Una Berg"))
    (note,) = update(path, edited)
    assert "ACTOR “Ann Berg” is orphaned" in note
    assert len(records.read(path).records) == 13
    orphans = records.decode_lines((tmp_path / "doc.gold.orphans.jsonl").read_bytes(), "orphans")
    assert [line.text for line in orphans if hasattr(line, "text")] == ["Ann Berg"]
    assert verify(records.read(path), edited, gold=True).findings == ()
