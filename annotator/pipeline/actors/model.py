"""The learned component: which words of the candidate runs are names, of what kind; a document's runs in, labels out.

A linear-chain conditional random field (J. Lafferty, A. McCallum, F. Pereira, Conditional Random Fields, ICML 2001)
over the words of each run, its features hashed (K. Weinberger et al., Feature Hashing for Large Scale Multitask
Learning, ICML 2009). The rules' verdict is among the features, so that it learns where they are wrong.
`annotator.training` trains it.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from annotator import lexicons
from annotator.lexicons import Entry
from annotator.pipeline.actors.features import COLUMNS, LABELS, VERDICTS, around, buckets, prepare
from annotator.pipeline.actors.mentions import Draft, Mention

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class LabelWeights(Entry, frozen=True, kw_only=True, gc=False):
    """One label's weights: a signed byte a bucket, in steps of `scale`; `after` the weights of following each label."""

    label: str
    scale: float
    after: tuple[float, ...]
    weights: bytes


class Model(NamedTuple):
    """Weights by bucket and label, in steps of `scale`, and what each first label and each succession is worth."""

    weights: npt.NDArray[np.int8]
    scale: Floats
    first: Floats
    follow: Floats


class Batch(NamedTuple):
    """A document's runs that the model decides, by index, with their tokens, features and the rules' verdicts."""

    runs: list[int]
    tokens: list[tuple[tuple[int, int], ...]]
    sizes: Ints
    buckets: Ints
    verdicts: list[int]


NEVER = np.float32(-1e4)


def barred() -> tuple[Floats, Floats]:
    """Return the penalties of impossible beginnings (inside) and successions (inside after another kind)."""
    first = np.array([NEVER if label[0] == "I" else 0 for label in LABELS], dtype=np.float32)
    follow = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for i, one in enumerate(LABELS):
        for j, other in enumerate(LABELS):
            if other[0] == "I" and (one == "O" or one[1:] != other[1:]):
                follow[i, j] = NEVER
    return first, follow


@cache
def shipped() -> Model:
    """Return the model that is part of the package."""
    return from_lines(lexicons.load("actor_weights", LabelWeights))


def from_lines(lines: Iterable[LabelWeights]) -> Model:
    """Return the model of one line a label."""
    by_label = {line.label: line for line in lines}
    rows = [by_label[label] for label in LABELS]
    weights = np.stack([np.frombuffer(row.weights, dtype=np.int8) for row in rows], axis=1)
    first, follow = barred()
    return Model(
        np.ascontiguousarray(weights),
        np.array([row.scale for row in rows], dtype=np.float32),
        first,
        follow + np.array([row.after for row in rows], dtype=np.float32).T,
    )


def batch(draft: Draft, *, known: bool = False) -> Batch | None:
    """Return the draft's runs that are to be decided with their features, None where none is.

    Those of known words alone are among them only with `known`: the answer would hardly ever differ from the rules'.
    """
    text = draft.text
    chosen: list[int] = []
    tokens: list[tuple[tuple[int, int], ...]] = []
    numbers: list[bytes] = []
    verdicts: list[int] = []
    context = array("I")
    for index, prepared in enumerate(draft.prepared):
        spans = prepared.spans
        if not spans or (prepared.known and not known):
            continue
        start, end, initial = draft.runs[index]
        if prepared.known:
            prepared = prepare(text[start:end], initial, draft.tables, complete=True)
        chosen.append(index)
        tokens.append(spans)
        numbers.append(prepared.numbers)
        context.extend((*around(text, start, end), initial))
        verdicts += _verdicts(spans, start, draft.mentions[index])
    if not chosen:
        return None
    sizes = np.array([len(spans) for spans in tokens], dtype=np.int64)
    numbered = np.frombuffer(b"".join(numbers), dtype=np.uint32).reshape(-1, COLUMNS)
    beside = np.frombuffer(context, dtype=np.uint32).reshape(len(sizes), -1)
    return Batch(chosen, tokens, sizes, buckets(numbered, VERDICTS[verdicts], beside, sizes), verdicts)


def _verdicts(spans: Sequence[tuple[int, int]], start: int, found: Sequence[Mention]) -> list[int]:
    labels = [0] * len(spans)
    for mention in found:
        base = _COLUMN.get(mention.kind)
        if base is None:
            continue
        first, last = mention.start - start, mention.end - start
        if len(found) == 1 and first == spans[0][0] and last == spans[-1][1]:
            return [base] + [base + 1] * (len(spans) - 1)
        for i, (a, b) in enumerate(spans):
            if first <= a and b <= last:
                labels[i] = base
                base = base + 1 if base % 2 else base
    return labels


_COLUMN = {label[1:]: i for i, label in enumerate(LABELS) if label[0] == "B"}


def decode(found: Batch, model: Model) -> Ints:
    """Return the best label of each token, as an index into LABELS (the Viterbi algorithm, all runs at once)."""
    sizes = found.sizes
    ends = sizes.cumsum()
    # First tokens, then second ones and so on, each of the longest runs first, so that what goes on is in front.
    steps = np.arange(found.buckets.shape[1]) - (ends - sizes).repeat(sizes)
    order = np.lexsort((-sizes.repeat(sizes), steps))
    left = np.bincount(steps).tolist()
    summed = model.weights.take(found.buckets, axis=0).sum(axis=0, dtype=np.int16)
    scores = (
        summed.take(order, axis=0) * model.scale
    ).T.copy()  # one row a label, which makes the sums below those of long rows
    best = [scores[:, : left[0]] + model.first[:, None]]
    follow = model.follow[:, :, None]
    at = left[0]
    for n in left[1:]:
        paths = best[-1][:, None, :n] + follow
        best.append(paths.max(axis=0) + scores[:, at : at + n])
        at += n
    chosen = [best.pop().argmax(axis=0)]
    while best:
        best[-1][:, : len(chosen[-1])] += model.follow.take(chosen[-1], axis=1)
        chosen.append(best.pop().argmax(axis=0))
    labels = np.empty(len(order), dtype=np.int64)
    labels[order] = np.concatenate(chosen[::-1])
    return labels


def spans_of(labels: Sequence[int], tokens: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return the (start, end, kind) of a run's names, from its tokens' labels."""
    found: list[tuple[int, int, str]] = []
    for label, (start, end) in zip(labels, tokens, strict=True):
        if not label:
            continue
        kind = LABELS[label][1:]
        if label % 2 or not found:
            found.append((start, end, kind))
        else:
            found[-1] = (found[-1][0], end, kind)
    return found
