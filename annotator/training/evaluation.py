"""How well a model does: examples in, lines of a report out (cross-validated over documents, by kind, ablated)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.pipeline.actors import model
from annotator.pipeline.actors.finder import TYPES, identify, judge
from annotator.pipeline.actors.revision import apply
from annotator.pipeline.actors.tables import Tables
from annotator.training import field, material, weights
from annotator.training.data import Example, Text

FOLDS = 5
ABLATION = field.Settings(rounds=1, share=1.0)
"""How the model is trained to see what a source is worth: once, which is quicker and tells as much."""


class Counts(NamedTuple):
    """Mentions right in span, right in span and type, found, and in the gold."""

    span: int = 0
    typed: int = 0
    found: int = 0
    gold: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Return the sums."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def strict(self) -> float | None:
        """F1 by span, None where there is nothing."""
        return 2 * self.span / (self.found + self.gold) if self.found + self.gold else None

    @property
    def type(self) -> float | None:
        """F1 by span and type."""
        return 2 * self.typed / (self.found + self.gold) if self.found + self.gold else None


def count(text: Text, tables: Tables, learned: model.Model | None) -> Counts:
    """Return the counts of one text; without a model, the rules'. What overlaps an agreement's name is left out."""
    draft, defined = judge(text.text, tables)
    if learned is not None:
        apply(draft, learned)
    found = {
        (m["start"], m["end"]): m["type"]
        for m in identify(draft, defined)
        if not any(m["start"] < end and start < m["end"] for start, end in text.open)
    }
    gold = {(g.start, g.end): TYPES[g.kind] for g in text.gold if g.kind}
    return Counts(len(found.keys() & gold.keys()), len(found.items() & gold.items()), len(found), len(gold))


def cross_validate(
    examples: Sequence[Example], tables: Tables, sources: Iterable[str], settings: field.Settings
) -> dict[str, Counts]:
    """Return the counts by kind of text over the devset's documents, each scored by a model that has not seen it."""
    own = [example for example in examples if example.text.source == material.DEVSET]
    rest = [example for example in examples if example.text.source != material.DEVSET]
    totals: dict[str, Counts] = {}
    for fold in range(FOLDS):
        held = own[fold::FOLDS]
        names = {example.text.name for example in held}
        seen = rest + [example for example in own if example.text.name not in names]
        learned = weights.as_model(field.train(material.chains(seen, tuple(sources)), settings))
        for example in held:
            kind = example.text.kind
            totals[kind] = totals.get(kind, Counts()).plus(count(example.text, tables, learned))
    return totals


def report(examples: Sequence[Example], tables: Tables) -> Iterator[str]:
    """Yield the report's lines: rules alone, the model, and the model trained once, with and without each source."""
    own = [example.text for example in examples if example.text.source == material.DEVSET]
    rules: dict[str, Counts] = {}
    for text in own:
        rules[text.kind] = rules.get(text.kind, Counts()).plus(count(text, tables, None))
    yield from _table("rules alone", rules)
    whole = cross_validate(examples, tables, material.WEIGHTS, field.Settings())
    yield from _table("rules and model, cross-validated", whole)
    for name in ("", *material.WEIGHTS):
        kept = [source for source in material.WEIGHTS if source != name]
        total = _total(cross_validate(examples, tables, kept, ABLATION))
        yield f"{f'without {name}' if name else 'one round of training'}: {_figures(total)}"


def _table(title: str, counts: dict[str, Counts]) -> Iterator[str]:
    yield f"{title}: {_figures(_total(counts))}"
    for kind in sorted(counts):
        yield f"  {kind}: {_figures(counts[kind])}"


def _total(counts: dict[str, Counts]) -> Counts:
    total = Counts()
    for one in counts.values():
        total = total.plus(one)
    return total


def _figures(counts: Counts) -> str:
    shown = ["-" if value is None else f"{value:.4f}" for value in (counts.strict, counts.type)]
    return f"strict {shown[0]}, type {shown[1]} ({counts.found} found, {counts.gold} in gold)"
