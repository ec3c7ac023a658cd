"""What a mention tells of its agreement: name, year, parties, and which known agreement it is."""

import re

import msgspec

from annotator.lexicons.agreements import modifiers
from annotator.lexicons.known_agreements import KnownAgreement, group, known, tokens
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.parties import context_parties, named_parties
from annotator.pipeline.agreements.scenes import Scenes

YEAR_BEFORE = re.compile(r"(?:\b|’)(1[0-9]\d\d|20\d\d)[^\S\n]$")
YEAR_AFTER = re.compile(r"[”\"]?,?[^\S\n](?:of[^\S\n](?:[A-Z][a-z]+[^\S\n])?|\()(1[0-9]\d\d|20\d\d)\b")
YEAR_INSIDE = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b")
ASIDE = re.compile(r"[^\S\n]?\([^()]*\)")
SPECIFIC = 3
"""With so many telling words a description can be a known name in small letters."""


class Told(msgspec.Struct, frozen=True):
    """What a mention tells: its name, the telling words of it, its year, its parties, and which known one it is."""

    mention: Mention
    name: str
    key: frozenset[str]
    year: str
    named: tuple[str, ...]
    trust: int
    pair: tuple[str, ...]
    entry: KnownAgreement | None
    common: bool

    @property
    def family(self) -> tuple[str, frozenset[str]]:
        """What names of the same words have in common."""
        return group(self.mention.head.word), self.key


def told_by(mention: Mention, scenes: Scenes) -> Told:
    """Return what a mention tells."""
    text = scenes.text
    name = text[mention.start : mention.end]
    before = YEAR_BEFORE.search(text, max(0, mention.start - 6), mention.start)
    year = YEAR_INSIDE.search(name) or before or YEAR_AFTER.match(text, mention.end)
    named = named_parties(scenes, mention)
    trust, pair = context_parties(scenes, mention, named)
    said = tokens(name)
    key = said - modifiers("form")
    if not key and "joint" in name.lower():
        key = frozenset(("joint",))
    small = all(word[:1].islower() for word in mention.before)
    common = not mention.before or (small and mention.complement != "of")
    vague = mention.small and common and len(key) < SPECIFIC
    told_year = year[1] if year else ""
    entry = None if vague else _entry(scenes, mention, name, said, told_year)
    return Told(mention, name, key, told_year, named, trust, pair, entry, common)


def _entry(scenes: Scenes, mention: Mention, name: str, key: frozenset[str], year: str) -> KnownAgreement | None:
    """Return the known agreement of a mention, by its whole name or without its complement."""
    years = scenes.years
    entry = known(name, key, year, years)
    if entry is None and "(" in name:
        outside = ASIDE.sub("", name)
        entry = known(outside, tokens(outside), year, years)
    if entry is None and not mention.small and mention.complement in ("subject", "party", "") and mention.before:
        short = scenes.text[mention.start : mention.head_end]
        return known(short, tokens(short), year, years)
    return entry
