"""The words that agreement names are made of: lexicon entries come in, look-up tables go out."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Literal

from annotator import lexicons
from annotator.model import AgreementKind

Use = Literal["any", "joint", "paired", "titled", "proper", "place", "deal"]
"""When a head word makes a name.

`any`: with a subject, parties or nature. `joint`: in small letters only where it says that several made it. `paired`:
only of both sides by its own words. `titled`: also with any capitalized word before it. `proper`: only capitalized
with a capitalized word before it. `place`: only before a capitalized place. `deal`: in small letters only after a
diplomatic subject.
"""

SERVING = ("paired", "titled")
"""Uses of heads that serve laws, policies and programmes of one side as well."""


class Head(lexicons.Entry, frozen=True):
    """A word or phrase that heads the name of an agreement."""

    word: str
    plural: str
    kind: AgreementKind
    use: Use


class HeadException(lexicons.Entry, frozen=True):
    """A word which, with this head, makes something else than an agreement (`constitutional convention`)."""

    head: str
    word: str


ModifierRole = Literal[
    "drop", "keep", "joint", "stage", "form", "broad", "ordinal", "first", "class", "cooperation", "diplomatic"
]


class Modifier(lexicons.Entry, frozen=True):
    """A word before a head: `drop` names nothing and is left out of the span, `keep` names nothing and stays in."""

    word: str
    role: ModifierRole


ComplementRole = Literal[
    "determiner", "stop", "verb", "subject", "relating", "party", "clause", "connector", "inside", "purpose",
    "particle", "adverbial", "calendar", "body", "pronoun", "vague", "follower", "field",
]  # fmt: skip
"""Before a head and after it: words that stand before a phrase (`determiner`), end it (`stop`, `verb`, `pronoun`),
join its words (`connector`, of which `particle` in names of places, and `inside` with a noun of their own). Of a
complement: what begins its parts (`relating` and `subject`, of which `clause` are participles; `party`; `purpose` are
verbs that look like nouns), what makes it no subject (`vague`) or no part (`adverbial`, `calendar`), and what stands
for a party (`body`). `field`: after `in`, a region or subject, not where a thing was done. `follower` after a head
makes it a modifier."""


class ComplementWord(lexicons.Entry, frozen=True):
    """A word that begins, joins or ends the parts of a name."""

    word: str
    role: ComplementRole


@cache
def heads() -> dict[str, tuple[Head, bool]]:
    """Return each form of each head, in small letters, with its head and whether it is the plural."""
    found: dict[str, tuple[Head, bool]] = {}
    for head in lexicons.load("agreement_heads", Head):
        found[head.plural] = (head, True)
        found[head.word] = (head, False)
    return found


@cache
def openings() -> dict[str, tuple[str, ...]]:
    """Return the forms, longest first, by what those of a family have in common at their beginning."""
    families: dict[str, list[str]] = {}
    for form in heads():
        families.setdefault(form[:4], []).append(form)
    return {_shared(forms): tuple(sorted(forms, key=len, reverse=True)) for forms in families.values()}


def _shared(forms: Sequence[str]) -> str:
    """Return what some words have in common at their beginning."""
    first, last = min(forms), max(forms)
    return first[: next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


@cache
def exceptions() -> frozenset[tuple[str, str]]:
    """Return the pairs of head and word that make no agreement."""
    return frozenset((entry.head, entry.word) for entry in lexicons.load("agreement_exceptions", HeadException))


@cache
def modifiers(role: ModifierRole) -> frozenset[str]:
    """Return the words of that role before a head."""
    return frozenset(entry.word for entry in lexicons.load("agreement_modifiers", Modifier) if entry.role == role)


@cache
def _modifier_roles() -> dict[str, frozenset[ModifierRole]]:
    found: dict[str, set[ModifierRole]] = {}
    for entry in lexicons.load("agreement_modifiers", Modifier):
        found.setdefault(entry.word, set()).add(entry.role)
    return {word: frozenset(its) for word, its in found.items()}


def roles_of(word: str) -> frozenset[ModifierRole]:
    """Return the roles of a word in small letters before a head."""
    return _modifier_roles().get(word, NO_ROLES)


NO_ROLES: frozenset[ModifierRole] = frozenset()


@cache
def words(role: ComplementRole) -> frozenset[str]:
    """Return the words of that role in and around names."""
    return frozenset(entry.word for entry in lexicons.load("complement_words", ComplementWord) if entry.role == role)


@cache
def openers() -> frozenset[str]:
    """Return the words that can begin a complement."""
    return words("subject").union(words("relating"), words("party"), words("connector"))


class TreatyOrganization(lexicons.Entry, frozen=True):
    """An organization or bloc that concludes agreements itself."""

    entity: str
    abbreviations: tuple[str, ...] = ()


@cache
def concluding() -> frozenset[str]:
    """Return the ids of organizations and blocs that conclude agreements."""
    return frozenset(entry.entity for entry in lexicons.load("treaty_organizations", TreatyOrganization))


@cache
def concluding_abbreviations() -> Mapping[str, str]:
    """Return the ids of the organizations that conclude agreements, by abbreviation."""
    found = lexicons.load("treaty_organizations", TreatyOrganization)
    return MappingProxyType({short: entry.entity for entry in found for short in entry.abbreviations})


BondRole = Literal["verb", "noun", "standing", "follower", "collective"]
"""What binds its subject to an instrument: a verb (`joined`), a noun (`violation of`), a standing (`party to`), a noun
after the name (`its NPT obligations`); and how a text calls those whom it is about together (`both sides`)."""


class BondWord(lexicons.Entry, frozen=True):
    """A form, in small letters, that says who is bound by the instrument named after it, or was."""

    form: str
    role: BondRole


@cache
def bonds() -> dict[str, BondRole]:
    """Return the role of each form."""
    return {entry.form: entry.role for entry in lexicons.load("bond_words", BondWord)}


class SigningVerb(lexicons.Entry, frozen=True):
    """A form of a verb whose subjects make the agreement after it; with `own`, only where it is said to be theirs."""

    form: str
    own: bool


def signing_verbs(*, own: bool) -> tuple[str, ...]:
    """Return the forms, by that."""
    return tuple(entry.form for entry in lexicons.load("signing_verbs", SigningVerb) if entry.own == own)
