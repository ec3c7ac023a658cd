"""Which sources are trained on and with what weight; a data folder in, training chains out."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np

from annotator.pipeline.actors.tables import Tables
from annotator.training import data
from annotator.training.data import Example
from annotator.training.field import Chain

DEVSET = "devset"
OWN = (DEVSET, "crossner_politics_train")
"""Sources of the very kinds of text that the finder is for."""
WEIGHTS = {DEVSET: 1.0, "crossner_politics_train": 3.0, "wikigold": 1.0, "gum": 1.0, "re3d": 1.0, "multiner": 0.3}
"""Sources and what a run of each counts: the one of few sentences more, the noisy one less."""


def collect(folder: Path, tables: Tables) -> list[Example]:
    """Return the training texts of all sources, in a fixed order."""
    texts = data.devset(folder, "dev")
    for name in WEIGHTS:
        if name != DEVSET:
            texts += data.others(folder, name)
    found = (data.example(text, tables) for text in texts)
    return [example for example in found if example is not None]


def chains(examples: Iterable[Example], sources: Collection[str] = WEIGHTS) -> list[Chain]:
    """Return the runs of the examples as training chains, those of other sources left out."""
    return [chain for example in examples if example.text.source in sources for chain in chains_of(example)]


def chains_of(example: Example) -> Sequence[Chain]:
    """Return the runs of one text as training chains."""
    ends = np.cumsum(example.batch.sizes)
    rows = np.ascontiguousarray(example.batch.buckets.T)
    source = example.text.source
    return [
        Chain(rows[end - size : end], example.labels[end - size : end], source in OWN, WEIGHTS[source])
        for size, end in zip(example.batch.sizes.tolist(), ends.tolist(), strict=True)
    ]
