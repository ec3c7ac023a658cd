"""Short names of agreements: a text and its mentions come in; abbreviations, aliases and known names go out.

An abbreviation or alias is defined in brackets or by `known as` after a name, in the manner of Schwartz and Hearst ("A
simple algorithm for identifying abbreviation definitions in biomedical text", 2003): the letters of the short form must
occur in the long one in order, the first at the beginning of a word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.lexicons.agreements import SERVING, heads
from annotator.lexicons.known_agreements import by_abbreviation, classes
from annotator.lexicons.states import demonyms, prefixes, state_names
from annotator.pipeline.agreements.boundaries import complement
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.phrases import Places

CAPITALS = re.compile(r"[A-Z][a-z]?[A-Z][\w‑-]*(?: (?:[IVX]+\b|[0-9](?![\w.,])))?")
DEFINED = re.compile(
    r"(?:[^\S\n]of \d{4})?[^\S\n]?\((?:the |hereinafter |or )?[“\"‘]?"
    r"(?P<short>[A-Z][\w&‑-]{0,9}[A-Z][\w‑-]{0,9}?(?P<many>s?)(?:[^\S\n](?:[IVX]+|\d))?)[”\"’]?[,);]"
)
ALIAS = re.compile(
    r"[^\S\n]\((?:the |hereinafter |hereafter |or |referred to as )?[“\"]"
    r"(?P<alias>[A-Z][\w’-]{0,30}(?:[^\S\n][\w’-]{1,30}){0,4}?)[”\"]\)"
)
CALLED = re.compile(
    r"[”\"]?,?[^\S\n](?:(?:which|is|was|also|better|sometimes|often|now|\w+ly)[^\S\n]){0,3}"
    r"(?:(?:known|referred to)[^\S\n]as|(?:called|termed|dubbed)(?:[^\S\n]as)?)[^\S\n](?:the[^\S\n])?[“\"‘]?"
    r"(?P<alias>[A-Z][\w’.‑-]{0,30}(?:[^\S\n](?:[A-Z][\w’.‑-]{0,30}|of|for|the)){0,8})"
)
SHOUTED = re.compile(r"(?:[^\S\n][A-Z]{2,20}\b){2}")
"""A heading in capitals, where a word like any other can look like an abbreviation."""
PAIR = re.compile(r"(?:(?<=[\s(“\"‘—])|^)((?:[A-Z][\w.]*[-–‑])+[A-Z][\w.]*)[^\S\n]$")
MEMORANDA = frozenset(("MoU", "MOU"))
"""Abbreviations that a subject or parties follow as they do a head word (`the MoU on Immigration`)."""
ARTICLE = re.compile(r"\b[Aa]n?[^\S\n]$")
LONGEST_SHORT = 12
ENDING = 3
"""So many initials of the last words are enough at the end of a short form (`CUSFTA`, `JAEPA`)."""
MOST_ALIASES = 12
"""How many aliases of one text are looked for, so that time stays linear."""


class Short(NamedTuple):
    """A short name in the text.

    `key` is the short form, `of` the start of the mention that defined it, None where none did.
    """

    start: int
    end: int
    key: str
    plural: bool
    of: int | None
    rule: str


def short_names(
    text: str,
    found: Sequence[Mention],
    plurals: Sequence[tuple[int, int]],
    names: Sequence[tuple[int, str]],
    actors: Places,
) -> list[Short]:
    """Return the short names outside the mentions found.

    `plurals` are classes of agreements that can define one, `names` known names without a head word.
    """
    covered = _Covered(found)
    defined: dict[str, int | None] = {}
    aliases: dict[str, int] = {}
    for mention in found:
        _define(text, mention, defined, aliases)
    for start, end in plurals:
        match = DEFINED.match(text, end)
        if match is not None and stands_for(match["short"].removesuffix("s"), text[max(start - 60, 0) : end]):
            defined.setdefault(match["short"].removesuffix(match["many"]), None)
    shorts = [*_abbreviated(text, defined, actors, covered), *_aliased(text, names, aliases, actors, covered)]
    shorts.sort(key=lambda short: (short.start, -short.end))
    kept: list[Short] = []
    for short in shorts:
        if not kept or short.start >= kept[-1].end:
            kept.append(short)
    return kept


class _Covered:
    """Which places of the text are inside a mention already."""

    def __init__(self, found: Sequence[Mention]) -> None:
        self.places = Places([(mention.start, mention.end, "", "") for mention in found])

    def __call__(self, start: int, end: int) -> bool:
        return self.places.at(start) is not None or self.places.at(end - 1) is not None


def _define(text: str, mention: Mention, defined: dict[str, int | None], aliases: dict[str, int]) -> None:
    """Add the short forms that stand behind a mention."""
    match = DEFINED.match(text, mention.end) or DEFINED.match(text, mention.head_end, mention.end)
    if match is not None and len(match["short"]) <= LONGEST_SHORT:
        short = match["short"].removesuffix("s") if match["many"] else match["short"]
        end = mention.head_end if mention.complement == "party" or match.start() < mention.end else mention.end
        if stands_for(short, text[mention.start : end]):
            defined[short] = mention.start
            return
    match = ALIAS.match(text, mention.end) or CALLED.match(text, mention.end)
    if match is not None and len(aliases) < MOST_ALIASES:
        alias = match["alias"].rstrip(".")
        while alias.endswith((" of", " for", " the")):
            alias = alias.rsplit(" ", 1)[0]
        if not _headed(alias):
            aliases.setdefault(alias, mention.start)


def _headed(alias: str) -> bool:
    return any(word.lower() in heads() and heads()[word.lower()][0].use not in SERVING for word in alias.split())


def stands_for(short: str, long: str) -> bool:
    """Say whether the letters of a short form occur in the long one in order, the first beginning a word.

    >>> stands_for("RAA", "Reciprocal Access Agreement"), stands_for("UK", "Reciprocal Access Agreement")
    (True, False)
    """
    if not {letter for letter in short if letter.isdigit()} <= set(long):
        return False
    letters = [letter.lower() for letter in short.split(" ")[0] if letter.isalpha()]
    low = long.lower()
    for opening in re.finditer(r"\b" + re.escape(letters[0]), low):
        place = opening.start()
        for letter in letters:
            place = low.find(letter, place) + 1
            if place == 0:
                break
        else:
            return True
    last = "".join(word[:1] for word in low.split()[-ENDING:])
    return len(last) == ENDING and short.lower().endswith(last)


def _abbreviated(text: str, defined: Mapping[str, int | None], actors: Places, covered: _Covered) -> Iterator[Short]:
    """Yield the abbreviations in the text that are defined there, known, or of a known class."""
    for match in CAPITALS.finditer(text):
        start, end = match.span()
        token = match[0]
        if start and (text[start - 1].isalnum() or text[start - 1] in "-‑_@"):
            token = text[start - 2 : end]
            start -= 2
            if token not in defined or text[start - 1 : start].isalnum():
                continue
        key, end, plural = _key(token, start, defined)
        if not key or covered(start, end):
            continue
        if text[end : end + 1].isalnum() or (text[end : end + 1] in "-‑" and text[end + 1 : end + 2].isalpha()):
            continue
        if key not in defined and SHOUTED.match(text, end):
            continue
        if text[max(0, start - 4) : start] == "New " and key == "START":
            start, key = start - 4, "New START"
        kind = CAPITALS.match(text, end + 1)
        if kind is not None and kind[0] in classes() and key not in classes() and text[end] == " ":
            end = kind.end()
        actor = actors.at(start)
        if actor is not None and actor[1] - actor[0] > end - start:
            continue
        pair = PAIR.search(text, max(0, start - 40), start)
        if pair is not None and _states(pair[1]) and not covered(pair.start(1), end):
            start = pair.start(1)
        known = key in defined or key == "New START"
        stop = _with_subject(text, start, end, actors) if key in MEMORANDA else end
        if stop:
            yield Short(
                start, stop, key, plural, defined.get(key), "agreements.defined" if known else "agreements.abbreviation"
            )


def _with_subject(text: str, start: int, end: int, actors: Places) -> int:
    """Return the end of `MoU on Immigration`, or 0 for a mere `an MoU`."""
    stop, told = complement(text, end, actors, bare=True, proper=False, small=False, subject=False)
    return 0 if not told and ARTICLE.search(text, max(0, start - 4), start) else stop


def _key(token: str, start: int, defined: Mapping[str, int | None]) -> tuple[str, int, bool]:
    """Return the known or defined form of a word in capitals, its end, and whether it is a plural; `""` for none."""
    first = token.split(" ")[0].split("\xa0")[0]
    for form in (token, first):
        if form in defined or form in by_abbreviation() or form in classes():
            return form, start + len(form), False
    if first.endswith("s") and (first[:-1] in defined or first[:-1] in classes()):
        return first[:-1], start + len(first), True
    return "", start, False


def _states(pair: str) -> bool:
    """Say whether each part of a compound (`EU–Japan`) is a state or an abbreviation."""
    parts = re.split(r"[-–‑]", pair)
    return all(
        part in state_names() or part in demonyms() or part + "-" in prefixes() or part.isupper() for part in parts
    )


def _aliased(
    text: str, names: Sequence[tuple[int, str]], aliases: Mapping[str, int], actors: Places, covered: _Covered
) -> Iterator[Short]:
    """Yield where the text has its own aliases, and known names that have no head word."""
    places: list[tuple[int, str, int | None]] = [(place, name, None) for place, name in names if name not in aliases]
    for alias, definer in aliases.items():
        place = text.find(alias)
        while place >= 0:
            places.append((place, alias, definer))
            place = text.find(alias, place + len(alias))
    for place, name, of in places:
        end = place + len(name)
        whole = not text[end : end + 1].isalnum() and not text[max(0, place - 1) : place].isalnum()
        actor = actors.at(place)
        inside = actor is not None and actor[1] - actor[0] > len(name)
        if whole and not inside and not covered(place, end):
            yield Short(place, end, name, False, of, "agreements.known" if of is None else "agreements.alias")
