"""The learned component: its decoder finds the best labels, its training is exact and repeatable, its file is what was trained."""

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from annotator import lexicons
from annotator.errors import SourceError
from annotator.pipeline.actors import model
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.features import BITS, LABELS, prepare, shape_of
from annotator.pipeline.actors.finder import find_actors, judge
from annotator.training import data, evaluation, field, material, weights
from annotator.training.__main__ import main

SENTENCES = (
    ("Zorbl wrote to the Quux Board.", (("Zorbl", "person"), ("Quux Board", "organization"))),
    ("Peru thanked Blenk for it.", (("Peru", "state"), ("Blenk", "person"))),
    ("In Vix, Drond spoke.", (("Vix", "location"), ("Drond", "person"))),
)


def spans(text: str, names: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    return [
        {"start": text.index(name), "end": text.index(name) + len(name), "text": name, "kind": kind}
        for name, kind in names
    ]


def folder(path: Path) -> Path:
    """Write a small data folder: one devset text of each part, and a line in each other source."""
    root = path / "devset"
    (root / "docs").mkdir(parents=True)
    (path / "ner-train").mkdir()
    docs, gold = [], []
    for i in range(6):
        text, names = SENTENCES[i % 2]
        (root / "docs" / f"d{i}.txt").write_text(text, "utf-8")
        docs.append({"doc": f"d{i}", "kind": "news", "part": "check" if i == 5 else "dev"})
        gold += [{"doc": f"d{i}", "label": "ACTOR", "type": s["kind"], **s} for s in spans(text, names)]
    (root / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in docs), "utf-8")
    (root / "spans.jsonl").write_text("".join(json.dumps(row) + "\n" for row in gold), "utf-8")
    for name in material.WEIGHTS:
        lines = [
            {"doc": f"{name}-{i}", "text": text, "spans": [{**s, "label": s["kind"]} for s in spans(text, names)]}
            for i, (text, names) in enumerate(SENTENCES)
        ]
        content = "".join(json.dumps(line) + "\n" for line in lines)
        (path / "ner-train" / f"{name}.jsonl").write_text(content, "utf-8")
    return path


def test_the_decoder_finds_the_best_labels() -> None:
    random = np.random.default_rng(7)
    first, barriers = model.barred()
    learned = model.Model(
        random.integers(-127, 128, (1 << BITS, len(LABELS))).astype(np.int8),
        np.full(len(LABELS), 0.01, dtype=np.float32),
        first,
        barriers + random.normal(size=barriers.shape).astype(np.float32),
    )
    sizes = np.array([3, 1, 2])
    buckets = random.integers(0, 1 << BITS, (5, 6))
    found = model.Batch([0, 1, 2], [], sizes, buckets, [])
    labels = model.decode(found, learned).tolist()
    scores = learned.weights[buckets].astype(np.int32).sum(axis=0) * learned.scale

    def worth(path: tuple[int, ...], at: int) -> float:
        total = learned.first[path[0]] + sum(scores[at + i, label] for i, label in enumerate(path))
        return float(total + sum(learned.follow[a, b] for a, b in itertools.pairwise(path)))

    at = 0
    for size in sizes.tolist():
        best = max(itertools.product(range(len(LABELS)), repeat=size), key=lambda path: worth(path, at))
        assert tuple(labels[at : at + size]) == best
        at += size


def test_the_gradient_is_the_slope_of_the_likelihood() -> None:
    random = np.random.default_rng(3)
    k = len(LABELS)
    first, barriers = (array.astype(np.float64) for array in model.barred())
    scores, follow = random.normal(size=(2, 3, k)), random.normal(size=(k, k)) + barriers
    labels, mask = np.array([[1, 2, 0], [3, 0, 0]]), np.array([[True, True, True], [True, True, False]])

    def loss(values: field.Doubles) -> float:
        total = 0.0
        for values_of, labels_of, length in zip(values, labels, (3, 2), strict=True):
            paths = list(itertools.product(range(k), repeat=length))
            worth = [
                first[p[0]]
                + sum(values_of[i, x] for i, x in enumerate(p))
                + sum(follow[a, b] for a, b in itertools.pairwise(p))
                for p in paths
            ]
            total += float(np.logaddexp.reduce(worth)) - worth[paths.index(tuple(labels_of[:length].tolist()))]
        return total

    slope, _ = field.gradient(scores, follow, first, labels, mask)
    for place in ((0, 0, 1), (0, 2, 4), (1, 1, 0)):
        moved = scores.copy()
        moved[place] += 1e-5
        assert (loss(moved) - loss(scores)) / 1e-5 == pytest.approx(slope[place], abs=1e-3)


def test_training_learns_names_and_repeats_to_the_byte(tmp_path: Path) -> None:
    examples = material.collect(folder(tmp_path), t.tables())
    chains = material.chains(examples)
    trained = field.train(chains, field.Settings())
    first, second = tmp_path / "a", tmp_path / "b"
    assert weights.write(first, trained) == len(first.read_bytes())
    weights.write(second, field.train(chains, field.Settings()))
    assert first.read_bytes() == second.read_bytes()
    found = find_actors("Blenk wrote to the Quux Board.", learned=weights.as_model(trained))
    assert [(actor["type"], actor["start"]) for actor in found] == [("person", 0), ("organization", 19)]


def test_reading_the_written_weights_gives_the_model(tmp_path: Path) -> None:
    trained = field.train(material.chains(material.collect(folder(tmp_path), t.tables())), field.Settings(epochs=2))
    weights.write(tmp_path / "weights.jsonl", trained)
    lines = lexicons.read(tmp_path / "weights.jsonl", model.LabelWeights)
    for one, other in zip(model.from_lines(lines), weights.as_model(trained), strict=True):
        assert np.array_equal(np.asarray(one), np.asarray(other))


def test_gold_that_no_source_knows_is_left_to_the_rules() -> None:
    text = "Europe and Peru agreed."
    example = data.example(data.Text("x", "wikigold", "wikigold", text, (data.Gold(11, 15, "S"),)), t.tables())
    assert example is not None
    assert [LABELS[label] for label in example.labels.tolist()] == ["BB", "O", "BS"]


def test_a_text_without_runs_is_no_material() -> None:
    assert data.example(data.Text("x", "gum", "gum", "no capitals here", ()), t.tables()) is None


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="devset/ and ner-train/"):
        data.devset(tmp_path, "dev")


def test_counts_are_kept_and_ratios_follow() -> None:
    empty = evaluation.Counts()
    assert (empty.strict, empty.type) == (None, None)
    assert evaluation.Counts(1, 0, 1, 1).plus(evaluation.Counts(0, 0, 1, 1)).strict == 0.5


def test_the_command_writes_weights_and_reports(tmp_path: Path) -> None:
    output = tmp_path / "weights.jsonl"
    result = CliRunner().invoke(main, [str(folder(tmp_path)), "--output", str(output)], catch_exceptions=False)
    assert result.exit_code == 0
    assert len(output.read_bytes().splitlines()) == len(LABELS)
    assert "rules alone: strict" in result.output
    assert "cross-validated: strict" in result.output
    assert "without devset: strict" in result.output


def test_the_shipped_weights_are_small_and_fit() -> None:
    learned = model.shipped()
    assert learned.weights.shape == (1 << BITS, len(LABELS))
    assert (lexicons.FOLDER / "actor_weights.jsonl").stat().st_size < 1_000_000


def test_runs_that_the_rules_decide_are_not_scored() -> None:
    assert not prepare("United States and Japan", False, t.tables()).spans
    assert prepare("Zorbl", False, t.tables()).spans == ((0, 5),)
    draft, _ = judge("In May Japan agreed.", t.tables())
    assert model.batch(draft) is None


def test_known_names_are_learned_from_but_not_scored() -> None:
    draft, _ = judge("President Bill Clinton agreed.", t.tables())
    assert model.batch(draft) is None
    assert model.batch(draft, known=True) is not None


@pytest.mark.parametrize(("word", "shape"), [("G-20", "X-9"), ("McLeod", "XxXx"), ("", "")])
def test_shapes(word: str, shape: str) -> None:
    assert shape_of(word) == shape
