"""A text in lines of a given width, and its words: for showing it, and for moving over it word by word.

All offsets are source offsets; nothing of the text is changed, only what would steer a terminal is shown otherwise.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from rich.cells import cell_len

PIECE = re.compile(r"\S+[^\S\n]*|[^\S\n]+")
WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class Lines:
    """Where each line of a text begins and ends when it is wrapped at words to a width in cells."""

    def __init__(self, text: str, width: int) -> None:
        self.spans: list[tuple[int, int]] = []
        place = 0
        for paragraph in text.split("\n"):
            self._wrap(paragraph, place, max(width, 8))
            place += len(paragraph) + 1
        self.starts = [start for start, _ in self.spans]

    def _wrap(self, paragraph: str, base: int, width: int) -> None:
        narrow = paragraph.isascii()
        start = used = 0
        for piece in PIECE.finditer(paragraph):
            words = piece.group()
            size = len(words) if narrow else cell_len(words)
            bare = len(words.rstrip()) if narrow else cell_len(words.rstrip())
            if used and used + bare > width:
                self.spans.append((base + start, base + piece.start()))
                start, used = piece.start(), 0
            while used + bare > width:
                fits = _fitting(paragraph[start:], width)
                self.spans.append((base + start, base + start + fits))
                start += fits
                bare = size = cell_len(paragraph[start : piece.end()])
            used += size
        self.spans.append((base + start, base + len(paragraph)))

    def of(self, offset: int) -> int:
        """Return the number of the line, from 0, that an offset is in."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def _fitting(words: str, width: int) -> int:
    """Return how many characters fit into a width, one at least."""
    used = 0
    for index, letter in enumerate(words):
        used += cell_len(letter)
        if used > width:
            return max(index, 1)
    return max(len(words), 1)


def at_cell(words: str, cell: int) -> int:
    """Return the index of the character that is shown at a cell of a line.

    >>> at_cell("日本 pact", 2), at_cell("pact", 9)
    (1, 4)
    """
    used = 0
    for index, letter in enumerate(words):
        used += cell_len(letter)
        if used > cell:
            return index
    return len(words)


def shown(words: str) -> str:
    r"""Return words of one line as they are shown, each character for itself.

    >>> shown("a\tb\x1b[0m")
    'a b�[0m'
    """
    if words.isprintable():
        return words
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "�" for letter in words)


class Words:
    """The words and punctuation marks of a text, cut where a footnote mark begins or ends."""

    def __init__(self, text: str, cuts: Iterable[int]) -> None:
        self.spans: list[tuple[int, int]] = []
        cut = sorted(set(cuts))
        for match in WORD.finditer(text):
            start, end = match.span()
            inside = cut[bisect_right(cut, start) : bisect_left(cut, end)]
            edges = [start, *inside, end]
            self.spans += pairwise(edges)
        self.starts = [start for start, _ in self.spans]
        self.ends = [end for _, end in self.spans]

    def at(self, offset: int) -> tuple[int, int]:
        """Return the word at an offset, else the last one before it; the first where there is none."""
        return self.spans[max(bisect_right(self.starts, offset) - 1, 0)]

    def next(self, word: tuple[int, int], by: int) -> tuple[int, int]:
        """Return the word that stands `by` words after another, the first or last where there is none."""
        place = bisect_left(self.starts, word[0]) + by
        return self.spans[min(max(place, 0), len(self.spans) - 1)]

    def start(self, offset: int, by: int) -> int:
        """Return the start of the word `by` words from the one that begins at or after an offset."""
        place = bisect_left(self.starts, offset) + by
        return self.starts[min(max(place, 0), len(self.starts) - 1)]

    def end(self, offset: int, by: int) -> int:
        """Return the end of the word `by` words from the one that ends at or before an offset."""
        place = bisect_right(self.ends, offset) - 1 + by
        return self.ends[min(max(place, 0), len(self.ends) - 1)]
