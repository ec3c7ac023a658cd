"""Candidate runs as numbers for the learned component: words, shapes, lexicon kinds, the rules' verdict, hashed.

A run's own numbers are worked out once for equal runs and kept as bytes; a document's are then joined, and the features
of all its tokens are mixed into buckets with whole arrays.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from struct import pack
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.items import Item, parts_of, plain
from annotator.pipeline.actors.pieces import Piece
from annotator.pipeline.actors.segments import parse
from annotator.pipeline.actors.tables import Tables

Numbers = npt.NDArray[np.uint32]

KINDS = (t.PERSON, t.ORGANIZATION, t.STATE, t.BLOC)
LABELS = ("O", *(f"{place}{kind}" for kind in KINDS for place in "BI"))
"""Labels of tokens: outside, and beginning and inside of each kind, in the order of the weights' columns."""

VERDICTS = np.array([crc32(f"verdict {label}".encode()) for label in LABELS], dtype=np.uint32)
"""The code of each label where it is the rules' verdict."""

CERTAIN = frozenset((t.STATE, t.SEAT, t.PLACE, t.CALENDAR, t.DEMONYM, t.PEOPLE, t.FUNCTION, t.FORMER, t.SHORT, t.JOINT))
"""Kinds of words that only the rules judge."""
_NAMES = frozenset((t.PERSON, t.BLOC))
_KNOWN = CERTAIN | _NAMES | {t.TITLE}
"""Kinds of words of which, beside a name, the learned component learns but need not be asked."""
BITS = 15
COLUMNS = 6


CONTEXT = 32
"""How many characters on each side of a run its neighbours are looked for in."""


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """A run taken apart: its pieces (fields of `Piece`, then their words) and what the learned component reads.

    `spans` are its tokens (start and end in the run), `numbers` `COLUMNS` unsigned 32-bit ones a token; both are empty
    where all words are `CERTAIN`. `known` runs are names that the lexicon has, and such words; they have numbers only
    when `prepare` was asked for them.
    """

    pieces: tuple[tuple[int, int, str, str, str, str], ...]
    spans: tuple[tuple[int, int], ...]
    numbers: bytes
    known: bool


def shape_of(word: str) -> str:
    """Return the word's outline: `X` for capitals, `x` for small letters, `9` for digits, other characters as they are.

    >>> shape_of("G-20"), shape_of("Japan"), shape_of("U.S.")
    ('X-9', 'Xx', 'X.X.')
    """
    if word.isalpha() and word[1:].islower():
        return "Xx" if word[0].isupper() else "x"
    outline: list[str] = []
    for char in word[:CONTEXT]:
        code = "X" if char.isupper() else "x" if char.isalpha() else "9" if char.isdigit() else char
        if not outline or outline[-1] != code:
            outline.append(code)
    return "".join(outline)


@lru_cache(maxsize=1 << 15)
def prepare(run: str, initial: bool, tables: Tables, *, complete: bool = False) -> Prepared:
    """Return a run taken apart; `initial` when it opens a sentence.

    `complete`: with the numbers of a known run, too, which only training reads.
    """
    run = plain(run)
    items, pieces = parse(run, initial, tables)
    # Plain tuples, since the garbage collector leaves those of numbers and strings alone.
    shown = tuple([(p.start, p.end, p.kind, p.entity, p.rule, run[p.start : p.end]) for p in pieces])
    kinds = {item.kind for item in items}
    if kinds <= CERTAIN:
        return Prepared(shown, (), b"", True)
    spans = parts_of(run, items)
    known = kinds <= _KNOWN and not kinds.isdisjoint(_NAMES)
    if known and not complete:
        return Prepared(shown, spans, b"", True)
    numbers: list[bytes] = []
    for (start, end), kind, piece in zip(spans, _marks(items, spans), _marks(pieces, spans), strict=True):
        numbers += _outline(run[start:end], tables), kind, piece
    return Prepared(shown, spans, b"".join(numbers), known)


def _marks(stretches: Sequence[Item] | Sequence[Piece], spans: Sequence[tuple[int, int]]) -> list[bytes]:
    """Return, token by token, the code of the stretch it is in: kind, does it begin or end there, is an id known."""
    if not stretches:
        return [_NO_MARK] * len(spans)
    marks = []
    k, n = 0, len(stretches)
    for start, end in spans:
        while k < n and stretches[k].end < end:
            k += 1
        if k < n and stretches[k].start <= start:
            stretch = stretches[k]
            marks.append(_mark(stretch.kind, stretch.start == start, stretch.end == end, stretch.entity != ""))
        else:
            marks.append(_NO_MARK)
    return marks


@cache
def _mark(kind: str, first: bool, last: bool, known: bool) -> bytes:
    return pack("I", crc32(f"{kind}{first:d}{last:d}{known:d}".encode()))


@lru_cache(maxsize=1 << 15)
def _outline(word: str, tables: Tables) -> bytes:
    """Return the codes of a word, its ending, its shape (with whether it is a known surname) and its beginning."""
    small = word.lower()
    shape = crc32(f"{shape_of(word)}{min(len(word), 4)}{word in tables.surnames:d}".encode())
    if small.isascii():
        letters = small.encode()
        return pack("4I", crc32(letters), crc32(letters[-3:]), shape, crc32(letters[:4]))
    return pack("4I", crc32(small.encode()), crc32(small[-3:].encode()), shape, crc32(small[:4].encode()))


@lru_cache(maxsize=1 << 15)
def code(word: str) -> int:
    """Return the code of a word in small letters."""
    return crc32(word.lower().encode())


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the codes of the word before a run and of the word after it, in its line."""
    head, tail = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    before = (head.rpartition("\n")[2] if "\n" in head else head).rsplit(None, 1)
    after = (tail.partition("\n")[0] if "\n" in tail else tail).split(None, 1)
    return code(before[-1]) if before else _NOTHING, code(after[0]) if after else _NOTHING


_NOTHING = code("")
_NO_MARK = pack("I", code("-"))
_MIX = 0x9E3779B1
_WORD, _SUFFIX, _SHAPE, _KIND, _VERDICT, _START, _PIECE = range(7)
_BEFORE, _AFTER = 7, 12
"""Where the first five rows of the token before and of the token after begin."""
_OUTER, _INNER, _FLAG, _SIZE, _FINAL_WORD, _FINAL_KIND = range(17, 23)
_ROWS = 23
_FEATURES: tuple[dict[int, int], ...] = (
    {_WORD: 1},
    {_SUFFIX: 1},
    {_SHAPE: 1},
    {_KIND: 1},
    {_PIECE: 1},
    {_START: 1},
    {_VERDICT: 1},
    {_BEFORE + _WORD: 1},
    {_AFTER + _WORD: 1},
    {_BEFORE + _KIND: 1},
    {_AFTER + _KIND: 1},
    {_SHAPE: _MIX, _BEFORE + _SHAPE: 3, _AFTER + _SHAPE: 7},
    {_BEFORE + _SUFFIX: 1},
    {_AFTER + _SUFFIX: 1},
    {_VERDICT: _MIX, _BEFORE + _VERDICT: 1},
    {_VERDICT: _MIX, _AFTER + _VERDICT: 1},
    {_VERDICT: _MIX, _WORD: 1},
    {_VERDICT: _MIX, _OUTER: 1},
    {_VERDICT: _MIX, _INNER: 1},
    {_KIND: _MIX, _BEFORE + _KIND: 3, _AFTER + _KIND: 7},
    {_FINAL_WORD: _MIX, _VERDICT: 1},
    {_FINAL_KIND: _MIX, _VERDICT: 1},
    {_KIND: _MIX, _SHAPE: 1, _FLAG: 1},
    {_VERDICT: _MIX, _FLAG: 5, _SIZE: 1},
    {_OUTER: 1},
    {_INNER: 1},
    {_WORD: _MIX, _AFTER + _WORD: 1},
    {_WORD: _MIX, _BEFORE + _WORD: 1},
    {_PIECE: _MIX, _SHAPE: 1, _FLAG: 1},
)
"""The features: of which rows each is made, and by what each is multiplied there."""


def _terms() -> list[tuple[npt.NDArray[np.int64], Numbers]]:
    """Return the first row of every feature and its factor, then the second and so on; factor 0 for none."""
    terms = []
    for k in range(max(map(len, _FEATURES))):
        made_of = [(*feature.items(), *[(0, 0)] * k)[k] for feature in _FEATURES]
        rows, factors = zip(*made_of, strict=True)
        terms.append((np.array(rows), np.array(factors, dtype=np.uint32)[:, None]))
    return terms


_TERMS = _terms()
_SALTS = np.array([[i * 0x85EBCA6B & 0xFFFFFFFF] for i in range(len(_FEATURES))], dtype=np.uint32)


def buckets(own: Numbers, verdicts: Numbers, context: Numbers, sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the feature buckets, one row a feature and one column a token.

    `own` holds the runs' numbers one token a row, `verdicts` the code of what the rules decided for each token,
    `context` two word codes and the initial flag a run, `sizes` the runs' numbers of tokens.
    """
    rows = _rows(own, verdicts, context, sizes)
    mixed = np.zeros((len(_FEATURES), len(own)), dtype=np.uint32)
    for places, factors in _TERMS:
        term = rows.take(places, axis=0)
        term *= factors
        mixed += term
    mixed ^= _SALTS
    mixed *= np.uint32(_MIX)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0xC2B2AE35)
    mixed >>= np.uint32(32 - BITS)
    return mixed.astype(np.int64)


def _rows(own: Numbers, verdicts: Numbers, context: Numbers, sizes: npt.NDArray[np.int64]) -> Numbers:
    """Return what features are made of, one column a token."""
    last = np.cumsum(sizes) - 1
    first = last - sizes + 1
    beside = context.T
    rows = np.empty((_ROWS, len(own)), dtype=np.uint32)
    rows[[_WORD, _SUFFIX, _SHAPE, _START, _KIND, _PIECE]] = own.T
    rows[_VERDICT] = verdicts
    near = rows[: _VERDICT + 1]
    before, after = rows[_BEFORE:_AFTER], rows[_AFTER:_OUTER]
    before[:, 1:], after[:, :-1] = near[:, :-1], near[:, 1:]
    before[:, first] = after[:, last] = 0
    before[:_SHAPE, first], after[:_SHAPE, last] = beside[0], beside[1]
    whole = np.empty((6, len(sizes)), dtype=np.uint32)
    whole[:3] = beside
    np.minimum(sizes, 4, out=whole[3], casting="unsafe")
    whole[4:] = near[[_WORD, _KIND]][:, last]
    rows[_OUTER:] = whole.repeat(sizes, axis=1)
    return rows
