"""Where many words may stand in a text, in one pass: four letters of each are looked up at every place at once.

The places come from a table of all quadruples of letters, which numpy reads for the whole text, so that the time does
not grow with the number of words (a filter by q-grams, after Wu and Manber, "A fast algorithm for multi-pattern
searching", 1994). What really stands there is compared only where they are found.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

LENGTH = 4
"""How many letters are looked up; of each the last five bits count, which both cases share, mostly."""
BITS = 5
MASK = (1 << BITS) - 1
PIECE = 1 << 18
"""How many places are looked at in one go, so that what is needed for it stays in the processor's cache."""
COMMON_FIRST = "etaoinsrhldcumfpgwybvkxjqz"


class Grams:
    """A table of words to look for; each is at least four letters long."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words, in any case."""
        self._table: NDArray[np.bool_] = np.zeros(1 << (LENGTH * BITS), dtype=np.bool_)
        self._words: dict[int, list[tuple[int, int, str, str]]] = {}
        for word in words:
            low = word.lower()
            offset = _rarest(low)
            for code in {_code(form[offset : offset + LENGTH]) for form in (low, word)}:
                self._table[code] = True
                self._words.setdefault(code, []).append((offset, len(low) - offset, low, word))

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each word begins, in any case of `a` to `z`, with the word, in the order of what is looked up."""
        for first in range(0, len(text), PIECE):
            piece = text[first : first + PIECE + LENGTH - 1].encode("utf-32-le", "surrogatepass")
            letters = (np.frombuffer(piece, dtype=np.uint32) & MASK).astype(np.uint16)
            if len(letters) < LENGTH:
                return
            pairs = (letters[:-1] << BITS) | letters[1:]
            codes = (pairs[:-2].astype(np.uint32) << (2 * BITS)) | pairs[2:]
            hits = np.flatnonzero(self._table.take(codes))
            for place, code in zip((hits + first).tolist(), codes[hits].tolist(), strict=True):
                for before, after, low, word in self._words[code]:
                    if text[max(place - before, 0) : place + after].lower() == low:
                        yield place - before, word


def _code(gram: str) -> int:
    code = 0
    for letter in gram:
        code = code << BITS | ord(letter) & MASK
    return code


def _rarest(word: str) -> int:
    """Return where the four letters of a word begin that are seldom in English: no prefix or suffix, few vowels."""
    rarity = [COMMON_FIRST.find(letter) for letter in word]
    last = len(word) - LENGTH
    return max(range(last + 1), key=lambda place: (0 < place < last, sum(rarity[place : place + LENGTH])))
