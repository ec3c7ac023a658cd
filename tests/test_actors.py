"""Actors are found in span, type and identity, and nothing else is."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from annotator import lexicons
from annotator.errors import FormatError, SourceError, UsageError
from annotator.lexicons import states
from annotator.pipeline import groups
from annotator.pipeline.actors import ActorFinder, external, find_actors, model
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.abbreviations import best_long_form, definitions
from annotator.pipeline.actors.features import BITS, LABELS
from annotator.pipeline.actors.finder import TYPES, identify, judge
from annotator.pipeline.actors.runs import find_runs

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "actors.jsonl").read_text("utf-8").splitlines()
]
ELSEWHERE = json.loads((Path(__file__).parent / "cases" / "territories.json").read_text("utf-8"))
"""Codes of the CLDR that are no states: dependent territories, unions, parts and test codes."""


KINDS = {name: kind for kind, name in TYPES.items()}


def found(text: str, **options: Any) -> list[list[str]]:
    """Return the text, type and id of each actor found."""
    return [[text[a["start"] : a["end"]], a["type"], a["entity"]] for a in find_actors(text, **options)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_actors_of_a_case(case: dict[str, Any]) -> None:
    assert found(case["text"]) == case["actors"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_actor_names_its_rule_and_has_a_name(case: dict[str, Any]) -> None:
    for actor in find_actors(case["text"]):
        assert actor["rule"].startswith("actors.")
        assert actor["name"]


def test_every_country_of_the_cldr_is_a_state_by_its_code() -> None:
    names = states.state_names()
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in ELSEWHERE:
            assert names.get(name) == f"state:{code.lower()}", name


def test_state_ids_are_stated_once() -> None:
    entries = lexicons.load("states", states.State)
    assert len({entry.entity for entry in entries}) == len(entries)
    every = [name for entry in entries for name in (entry.name, *entry.names)]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    ("word", "parties"),
    [
        ("Japanese", ("state:jp",)),
        ("Franco-German", ("state:fr", "state:de")),
        ("Sino-Soviet", ("state:cn", "state:su")),
        ("Anglo-American", ("state:gb", "state:us")),
        ("U.S.-Japan", ("state:us", "state:jp")),
        ("green", ()),
        ("Franco-Foo", ()),
    ],
)
def test_parties_of_an_adjective(word: str, parties: tuple[str, ...]) -> None:
    assert states.parties_of(word) == parties


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("the World Fishing Body (WFB)", [("World Fishing Body", "WFB")]),
        ("the body (so called)", []),
        ("Liberal Party (see below)", []),
        ("the “Black River Fund” (BRF)", [("Black River Fund", "BRF")]),
        ("It rained (USA)", []),
    ],
)
def test_abbreviations_defined_in_a_text(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(text[a:b], text[c:d]) for a, b, c, d in definitions(text)] == pairs


def test_no_long_form_shorter_than_its_short_form() -> None:
    assert best_long_form("ABC", "abc") is None


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("He saw Mr. Dent there.", ["He", "Mr. Dent"]),
        ("the pro-British Lord North", ["British", "Lord North"]),
        ("met al-Rashid and O’Neill", ["al-Rashid and O’Neill"]),
        ("iPhone, eBay", []),
        ("Workers’ Party of Norway", ["Workers’ Party of Norway"]),
        ("Norway’s Party", ["Norway", "Party"]),
        ("Ärzte in Ålesund", ["Ärzte in Ålesund"]),
        ("one\nTwo\nThree", ["Two", "Three"]),
    ],
)
def test_candidate_runs(text: str, runs: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_runs(text)] == runs


def component(nlp: Language, **config: str) -> Language:
    nlp.add_pipe("annotator_actors", config=config)
    return nlp


def test_the_component_stores_what_the_function_finds() -> None:
    text = "Japan’s Prime Minister Abe Shinzo visited NATO."
    doc = component(spacy.blank("en"))(text)
    assert groups.load(doc, groups.ACTORS) == find_actors(text)
    assert [span.text for span in doc.spans[groups.ACTORS]] == ["Japan", "Abe Shinzo", "NATO"]


def test_the_component_finds_without_a_document() -> None:
    finder = ActorFinder(spacy.blank("en"), "actors")
    assert finder.find("Japan agreed.", None, {}) == find_actors("Japan agreed.")


def test_names_of_the_users_lexicon_win(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"entity":"org:zed","name":"Zed Compact","names":["Japan"],"source":"own"}\n', "utf-8")
    doc = component(spacy.blank("en"), lexicon=str(path))("The Zed Compact and Japan agreed.")
    assert [actor["entity"] for actor in groups.load(doc, groups.ACTORS)] == ["org:zed", "org:zed"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"entity":"org:zed","name":"Zed","nmaes":[],"source":"own"}',
            r"own\.jsonl:2: .*nmaes.*allowed keys: source, entity",
        ),
        ('{"entity":"firm:zed","name":"Zed","source":"own"}', r"own\.jsonl:2: "),
        ('{"entity":"org:zed","name":"Zed"}', r"own\.jsonl:2: .*source"),
    ],
)
def test_a_bad_line_of_the_users_lexicon_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text("\n" + line + "\n", "utf-8")
    with pytest.raises(FormatError, match=message):
        t.tables(path)


def test_a_missing_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.jsonl"):
        t.tables(tmp_path / "none.jsonl")


def small_pipeline(path: Path) -> None:
    """Save a small pipeline that marks a few invented names."""
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    for label, pattern in (("PERSON", "zorbl"), ("ORG", "the quux"), ("ORG", "NATO"), ("GPE", "Peru"), ("GPE", "Vix")):
        ruler.add_patterns([{"label": label, "pattern": pattern}])
    nlp.to_disk(path)


def test_entities_of_another_pipeline_are_added_where_nothing_is_found(tmp_path: Path) -> None:
    small_pipeline(tmp_path / "small")
    doc = component(spacy.blank("en"), model=str(tmp_path / "small"))("In Peru zorbl met the quux, NATO and Vix.")
    actors = groups.load(doc, groups.ACTORS)
    assert [(doc.text[a["start"] : a["end"]], a["type"], a["rule"]) for a in actors] == [
        ("Peru", "state", "actors.state"),
        ("zorbl", "person", "actors.external"),
        ("quux", "organization", "actors.external"),
        ("NATO", "organization", "actors.organization"),
    ]


def test_entities_of_another_pipeline_in_a_text_without_capitals() -> None:
    assert found("zorbl left", others=[external.Entity(0, 5, "PERSON")]) == [["zorbl", "person", "person:zorbl"]]


def test_people_of_another_pipeline_count_where_they_act() -> None:
    nlp = spacy.blank("en")
    doc = nlp("Swiss francs fell.")
    doc.ents = (Span(doc, 0, 1, label="NORP"),)
    assert found(doc.text, others=external.entities(doc)) == []


def test_a_missing_pipeline_says_how_to_install_it() -> None:
    with pytest.raises(UsageError, match=r"spacy download no_such_pipeline"):
        component(spacy.blank("en"), model="no_such_pipeline")


def test_the_rules_alone_need_no_model() -> None:
    draft, defined = judge("Japan joined NATO.", t.tables())
    assert [actor["entity"] for actor in identify(draft, defined)] == ["state:jp", "org:nato"]


WORDS = st.sampled_from(
    [
        "Japan",
        "the",
        "Abe Shinzo",
        "U.S.",
        "-",
        "NATO",
        "(",
        ")",
        "Council",
        "of",
        "and",
        "’s",
        "\n",
        "President",
        "X",
        ".",
        ",",
        "Ü",
        "’",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join)
    )
)
def test_spans_are_sorted_apart_within_a_line_and_trimmed(text: str) -> None:
    last = 0
    for actor in find_actors(text):
        start, end = actor["start"], actor["end"]
        assert last <= start < end <= len(text)
        assert "\n" not in text[start:end]
        assert text[start:end] == text[start:end].strip()
        assert actor["entity"].partition(":")[2], actor
        assert t.KIND_OF_ID[actor["entity"].partition(":")[0]] == KINDS[actor["type"]], actor
        last = end


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\ufeff",
        "A",
        "A" * 5000,
        "Japan-" * 2000,
        "A." * 3000,
        "(AB) " * 2000,
        "of the " * 2000,
        "Ab " * 5000,
        "Dr. " * 2000,
    ],
)
def test_odd_texts_pass(text: str) -> None:
    find_actors(text)


def arbitrary(seed: int) -> model.Model:
    """Return a learned component that knows nothing, but is sure of it."""
    random = np.random.default_rng(seed)
    weights = random.integers(-127, 128, (1 << BITS, len(LABELS)), dtype=np.int8)
    return model.Model(weights, np.full(len(LABELS), 0.01, dtype=np.float32), *model.barred())


@pytest.mark.parametrize("seed", range(4))
def test_ids_are_of_the_actors_type_whatever_the_model_says(seed: int) -> None:
    learned = arbitrary(seed)
    texts = [case["text"] for case in CASES] + [
        "The Duchy of Carrolia (DC) and the Vale of Quux (VQ) met. The VQ left."
    ]
    for text in texts:
        for actor in find_actors(text, learned=learned):
            assert t.KIND_OF_ID[actor["entity"].partition(":")[0]] == KINDS[actor["type"]], (text, actor)


def test_equal_texts_give_equal_actors() -> None:
    text = "The Polar Agency (PA) and Chancellor Anna Berg met. Berg left the PA."
    assert find_actors(text) == find_actors(text)


def test_doc_without_words() -> None:
    doc = Doc(spacy.blank("en").vocab)
    assert groups.load(ActorFinder(spacy.blank("en"), "actors")(doc), groups.ACTORS) == []


HEADINGS = {
    "capitals of a heading alone make no name": ("The World Gets Smaller\n\nNorway left in May.\n", False),
    "a name that the text has elsewhere stays": (
        "The Varnholm Society Meets\n\nThe Varnholm Society met in May.\n",
        True,
    ),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_in_title_case(name: str) -> None:
    text, named = HEADINGS[name]
    heading = text.index("\n")
    assert any(actor["start"] < heading for actor in find_actors(text)) == named
