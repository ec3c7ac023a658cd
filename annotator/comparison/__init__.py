"""Two sets of records of one document, an older and a newer, are paired, and every change between them is named."""

from annotator.comparison.changes import Change, Comparison, Key, compare

__all__ = ["Change", "Comparison", "Key", "compare"]
