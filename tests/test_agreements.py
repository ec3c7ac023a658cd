"""Names of agreements: tables of texts and the spans found in them, in tests/cases/."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from annotator.pipeline import groups
from annotator.pipeline.actors import find_actors
from annotator.pipeline.agreements import AgreementFinder, find_agreements
from annotator.pipeline.grams import Grams
from annotator.pipeline.groups import FoundActor

CASES = Path(__file__).parent / "cases"
STATES = {
    "Norway": "state:no", "Chile": "state:cl", "Fiji": "state:fj", "Japan": "state:jp", "U.S.": "state:us",
}  # fmt: skip


def rows(name: str) -> list[Any]:
    found = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["name"]) for row in found]


def actors(text: str) -> list[FoundActor]:
    """Return the states of the tables and the person Costa, wherever they stand in the text."""
    found: list[FoundActor] = []
    names = "|".join(map(re.escape, (*STATES, "Europe", "Costa")))
    for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text):
        entity = STATES.get(match[0])
        found.append(
            FoundActor(
                start=match.start(),
                end=match.end(),
                rule="test",
                type="state" if entity else "bloc" if match[0] == "Europe" else "person",
                entity=entity or f"x:{match[0]}",
                name=match[0],
            )
        )
    return found


@pytest.mark.parametrize("row", rows("agreements"))
def test_names(row: dict[str, Any]) -> None:
    """Each text has the names of its row, in order, and no others."""
    text = row["text"]
    assert [text[item["start"] : item["end"]] for item in find_agreements(text, actors(text))] == row["found"]


@pytest.mark.parametrize("row", rows("agreements_entities"))
def test_entities(row: dict[str, Any]) -> None:
    """Names of one agreement share an id, those of two do not; kind and parties are those of the row."""
    text = row["text"]
    found = {text[item["start"] : item["end"]]: item for item in find_agreements(text, actors(text))}
    for first, second in row["same"]:
        assert found[first]["entity"] == found[second]["entity"]
    for first, second in row["different"]:
        assert found[first]["entity"] != found[second]["entity"]
    assert {name: found[name]["kind"] for name in row["kind"]} == row["kind"]
    assert {name: found[name]["parties"] for name in row["parties"]} == row["parties"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The 1763 Treaty of Ys was kept; the 1783 Treaty of Ys was not.", 2),
        (
            "With Norway, Japan signed an agreement concerning the Transfer of Boats. "
            "With Chile, Japan signed an agreement concerning the Transfer of Boats.",
            2,
        ),
        ("The Treaty of Ys was kept. The Treaty of Ys was short.", 1),
    ],
    ids=["other year", "other parties", "same name"],
)
def test_same_words(text: str, count: int) -> None:
    """The same words are the same agreement, but for another year or other parties."""
    assert len({item["entity"] for item in find_agreements(text, actors(text))}) == count


def test_known_id() -> None:
    """A known agreement has the id of the lexicon, by whatever name, so that documents can be joined."""
    ids = {item["entity"] for item in find_agreements("NAFTA is the North American Free Trade Agreement.", [])}
    assert ids == {"agr:north-american-free-trade-agreement"}


@pytest.mark.parametrize("text", ["The Lima Treaty Organization met.", "The Warsaw Pact disbanded."])
def test_bodies(text: str) -> None:
    """What the actors claim as a body that acts is no agreement, neither inside a longer name nor as an alliance."""
    end = text.index(" met" if "met" in text else " disbanded")
    body = FoundActor(start=4, end=end, rule="test", type="organization", entity="org:warsaw-pact", name=text[4:end])
    assert find_agreements(text, [body]) == []


def test_component() -> None:
    """The component leaves in the document what the function finds."""
    doc = spacy.blank("en")("The U.S.-Japan Harbour Treaty lapsed.")
    AgreementFinder(spacy.blank("en"), "agreements")(doc)
    assert groups.load(doc, groups.AGREEMENTS) == find_agreements(doc.text, [])
    assert [span.text for span in doc.spans[groups.AGREEMENTS]] == ["U.S.-Japan Harbour Treaty"]


PIECES = st.sampled_from(
    ["the ", "a ", "Treaty", "treaty ", "of ", "Bergen", " Agreement", "(ABC)", "“", "”", "\n", ", ", "and ", "with ",
     "Norway", "1921 ", "known as ", "’s ", "on ", "\xa0", ". ", "between ", "Japan-U.S. ", "Joint ", "İ", "to sign "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans(text: str) -> None:
    """Spans are sorted, do not overlap, and stay in their line, whatever the text."""
    end = 0
    for item in find_agreements(text, actors(text)):
        assert end <= item["start"] < item["end"] <= len(text)
        assert "\n" not in text[item["start"] : item["end"]]
        assert item["parties"] == sorted(item["parties"])
        end = item["end"]


WORDS = ["treat", "pact", "Rome Statute", "Sèvr", "peace of"]


@given(
    st.lists(st.sampled_from([*WORDS, "PACT", " ", "ac", "t", "é", "\U0001f54a", "r", "\n"]), max_size=20).map("".join)
)
def test_grams(text: str) -> None:
    """One pass over the letters finds each word wherever it stands, in any case."""
    found = sorted(Grams(WORDS).places(text))
    assert found == sorted(
        (start, word)
        for word in WORDS
        for start in range(len(text))
        if text[start : start + len(word)].lower() == word.lower()
    )


@pytest.mark.parametrize(
    ("owned", "parties"),
    [
        ("Norway’s Foreign Ministry", ["state:cl", "state:no"]),
        ("China’s Huawei", ["org:huawei", "state:cl"]),
    ],
)
def test_a_state_signs_by_its_ministry_and_not_by_its_companies(owned: str, parties: list[str]) -> None:
    text = f"{owned} signed an agreement with Chile in 2001."
    [found] = find_agreements(text, find_actors(text))
    assert found["parties"] == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "The Bank of Norway and Chile’s Ministry of Economy, Trade and Tourism signed a memorandum on cod.",
            ["org:bank-of-no", "org:ministry-of-economy-trade-and-tourism"],
        ),
        ("The U.S. Department of Energy and the Bank of Norway signed a memorandum on cod.",
         ["org:bank-of-no", "org:us-department-of-energy"]),
    ],
)  # fmt: skip
def test_two_bodies_sign_for_themselves(text: str, parties: list[str]) -> None:
    [found] = find_agreements(text, find_actors(text))
    assert found["parties"] == parties


def test_who_only_wants_to_join_is_not_bound() -> None:
    text = "France’s resolve to ratify the Treaty of Rome grew. Italy and France feared it."
    [found] = find_agreements(text, find_actors(text))
    assert found["parties"] == ["state:fr", "state:it"]
