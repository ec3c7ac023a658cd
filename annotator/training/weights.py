"""The weights file: trained weights in, lines of one label each out, numbers rounded to a signed byte."""

from pathlib import Path

import msgspec
import numpy as np

from annotator import lexicons
from annotator.pipeline.actors.features import LABELS
from annotator.pipeline.actors.model import LabelWeights, Model, from_lines
from annotator.training.field import Weights

PATH = lexicons.FOLDER / "actor_weights.jsonl"
SOURCE = "trained by annotator.training; data credited in NOTICE"


def rounded(trained: Weights) -> list[LabelWeights]:
    """Return the weights by label, each in steps of 1/127 of its label's largest."""
    lines = []
    for i, label in enumerate(LABELS):
        column = trained.emission[:, i].astype(np.float64)
        scale = float(np.abs(column).max()) / 127 or 1.0
        steps = np.rint(column / scale).astype(np.int8)
        after = tuple(round(float(value), 4) for value in trained.transition[:, i])
        line = LabelWeights(label=label, scale=round(scale, 8), after=after, weights=steps.tobytes(), source=SOURCE)
        lines.append(line)
    return lines


def as_model(trained: Weights) -> Model:
    """Return the model that reading the written weights gives."""
    return from_lines(rounded(trained))


def write(path: Path, trained: Weights) -> int:
    """Write the weights file and return its size in bytes."""
    content = b"".join(msgspec.json.encode(line) + b"\n" for line in rounded(trained))
    path.write_bytes(content)
    return len(content)
