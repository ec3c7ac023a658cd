"""Candidate runs: stretches of capitalized words with the small words that may join them; text in, runs out."""

import re
from collections.abc import Iterable, Iterator

from annotator.lexicons import Entry, load


class Words(Entry, frozen=True, kw_only=True, gc=False):
    """A line of a word list: words of one kind."""

    words: tuple[str, ...]
    kind: str = ""


Run = tuple[int, int, bool]
"""A candidate run: offsets into the text, and whether it opens a sentence (its first capital proves nothing)."""


def _ranges(chars: list[str]) -> str:
    """Return a regex class body for the characters, in code-point order."""
    body, start, last = [], chars[0], chars[0]
    for char in [*chars[1:], "\0"]:
        if ord(char) == ord(last) + 1:
            last = char
            continue
        body.append(start if start == last else f"{start}-{last}")
        start = last = char
    return "".join(body)


UPPER = _ranges([chr(code) for code in range(0x41, 0x2000) if chr(code).isupper()])
"""Class body: capital letters of the alphabets that have them."""

SPACE = "[ \u00a0]"


def _behind(words: Iterable[str], ending: str) -> str:
    """Return a look-behind for any of the words with that ending, each a whole word."""
    return "(?:" + "|".join(rf"(?<=\b{re.escape(word)}{ending})" for word in words) + ")"


def words_of(lexicon: str, kind: str = "") -> list[str]:
    """Return a lexicon's words, of one kind where one is given."""
    return [word for line in load(lexicon, Words) for word in line.words if kind in ("", line.kind)]


_JOINTS = "|".join(words_of("actor_joints"))
_PREFIXES = "|".join(words_of("actor_run_words", "prefix"))
_SHORT = [
    word[:-1] for word in words_of("actor_titles") if word.endswith(".") and word.count(".") == 1 and " " not in word
]
_QUOTE = "['’]"
_OWNERS = _behind(words_of("actor_run_words", "possessive"), f"{_QUOTE}s")
_MANY = _behind(words_of("actor_run_words", "plural"), _QUOTE)
_MOST = 40
"""How many further words a run may have, and parts a compound: what is longer is no name, and must not take long."""
_NEXT = rf"(?={SPACE}[{UPPER}])"
_ENDING = rf"(?:\.{_behind(_SHORT, '[.]')}|{_QUOTE}s{_OWNERS}{_NEXT}|{_QUOTE}{_MANY}{_NEXT})?"
_PART = rf"[{UPPER}](?:\.(?:-?[{UPPER}]\.)*(?:[{UPPER}](?!\w))?|\w*(?:['’](?![sS]\b)\w+)*{_ENDING})"
_TOKEN = rf"{_PART}(?:[-–‑/&](?:{_PART}|\w+(?:['’](?![sS]\b)\w+)*)){{0,{_MOST}}}"
_LINK = rf"{SPACE}(?:(?:{_JOINTS}){SPACE}){{0,2}}(?:(?:{_PREFIXES})[-'’])?"
_RUN = re.compile(
    rf"{_TOKEN}(?:{_LINK}{_TOKEN}){{0,{_MOST}}}(?:{SPACE}(?:{'|'.join(words_of('actor_run_words', 'tail'))})\b)?"
)
_PARTICLE = re.compile(rf"(?:^|[\s“\"(])((?:{_PREFIXES})[-'’]|(?:de|von|van|bin) )\Z")
_OPENERS = frozenset('\n\r.!?:;•–—“"‘([*\ufeff')


def find_runs(text: str) -> Iterator[Run]:
    """Yield the candidate runs of the text in order."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else "\n"
        if before == " ":
            yield start, end, start > 1 and text[start - 2] in _OPENERS
            continue
        if before in "-'’":
            found = _PARTICLE.search(text, max(0, start - 6), start)
            if found:
                start = found.start(1)
                before = text[start - 1] if start else "\n"
            elif start > 1 and text[start - 2].isalnum() and " " in text[start:end]:
                space = text.index(" ", start)
                yield start, space, False
                start = space + 1
        elif before.isalnum() or before == "_":
            continue
        yield start, end, before in _OPENERS or (before == " " and start > 1 and text[start - 2] in _OPENERS)
