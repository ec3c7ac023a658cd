"""Well-known agreements: facts that help to tell mentions apart, and are never needed to find one with a head word."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from annotator import lexicons
from annotator.lexicons.agreements import SERVING, heads, modifiers, words
from annotator.lexicons.states import demonyms, prefixes, state_names
from annotator.model import AgreementKind


class KnownAgreement(lexicons.Entry, frozen=True):
    """An instrument of diplomatic history; `parties` are its first or main ones, empty where it has very many."""

    id: str
    name: str
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    kind: AgreementKind
    year: int
    parties: tuple[str, ...]


class AgreementClass(lexicons.Entry, frozen=True):
    """A kind of agreement that goes by an abbreviation; each pair of parties has its own."""

    word: str
    full: str
    kind: AgreementKind


TOKEN = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")


def fold(name: str) -> str:
    """Return a name in small letters without diacritics, with plain hyphens and without possessives."""
    plain = name.lower().translate(PLAIN)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return OWNER.sub("", plain) if "'" in plain else plain


PLAIN = str.maketrans("–‑—’", "---'")
OWNER = re.compile(r"'s?\b")


def tokens(name: str) -> frozenset[str]:
    """Return the words of a name that tell which it is: no heads, articles or prepositions.

    >>> sorted(tokens("Treaty of Guadalupe-Hidalgo")), sorted(tokens("the Nine-Power Treaties"))
    (['guadalupe', 'hidalgo'], ['nine', 'power'])
    """
    found = TOKEN.findall(fold(name).replace("u.s.", "us").replace("u.k.", "uk").replace("u.n.", "un"))
    return frozenset(word for word in found if word not in words("connector") and word not in heads())


@cache
def party_words() -> frozenset[str]:
    """Return single words that name states or what belongs to them, folded."""
    names = (*state_names(), *demonyms(), *(prefix.rstrip("-") for prefix in prefixes()))
    return frozenset(fold(name).replace(".", "") for name in names if " " not in name)


def slug(name: str) -> str:
    """Return a name as part of an id.

    >>> slug("Adams-Onís Treaty")
    'adams-onis-treaty'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name).replace(".", "")).strip("-")


def group(head: str) -> str:
    """Return what heads count as the same when a name is repeated with another one: `pact` for `treaty`."""
    kind = heads()[head][0].kind if head in heads() else "agreement"
    return "treaty" if kind in ("treaty", "agreement", "arrangement") else kind


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a known agreement, and the heads in it."""

    entry: KnownAgreement
    heads: frozenset[str]


@cache
def by_tokens() -> dict[frozenset[str], tuple[KnownName, ...]]:
    """Return the names of known agreements by their telling words."""
    found: dict[frozenset[str], list[KnownName]] = {}
    for entry in lexicons.load("agreements", KnownAgreement):
        for name in (entry.name, *entry.aliases):
            found.setdefault(tokens(name), []).append(KnownName(entry, heads_in(name.lower())))
    return {key: tuple(names) for key, names in found.items()}


def heads_in(name: str) -> frozenset[str]:
    """Return the heads in a name in small letters, as singulars."""
    return frozenset(heads()[word][0].word for word in name.split() if word in heads())


@cache
def by_abbreviation() -> dict[str, KnownAgreement]:
    """Return the known agreements by their abbreviations and by names that begin with one (`SALT II`)."""
    found = {}
    for entry in lexicons.load("agreements", KnownAgreement):
        found.update(dict.fromkeys(entry.abbreviations, entry))
        for name in (entry.name, *entry.aliases):
            if name.split()[0].isupper() and not has_head(name):
                found[name] = entry
    return found


@cache
def classes() -> dict[str, AgreementClass]:
    """Return the classes of agreements by their abbreviation."""
    return {entry.word: entry for entry in lexicons.load("agreement_classes", AgreementClass)}


def has_head(name: str) -> bool:
    """Say whether a name contains a head word that is looked for."""
    low = f" {name.lower()} "
    return any(f" {form} " in low for form in heads())


@cache
def headless() -> frozenset[str]:
    """Return the known names that have neither a head word nor an abbreviation, which must be looked for."""
    return frozenset(
        name
        for entry in lexicons.load("agreements", KnownAgreement)
        for name in (entry.name, *entry.aliases)
        if not name.split()[0].isupper() and (name.endswith((" I", " II")) or not has_head(name))
    )


@cache
def whole_names() -> dict[str, tuple[tuple[re.Pattern[str], int], ...]]:
    """Return known names whose head does not make them one by itself, by that head, each with the head's place in it.

    `for` and `of` are often confused in them, so each matches the other.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for entry in lexicons.load("agreements", KnownAgreement):
        for name in (entry.name, *entry.aliases):
            low = name.lower()
            serving = not any(word in heads() and heads()[word][0].use not in SERVING for word in low.split())
            if not serving and not _untold(low):
                continue
            for form, (head, _) in heads().items():
                place = f"{low} ".find(f"{form} ")
                if (head.use in SERVING or not serving) and place >= 0:
                    found.setdefault(head.word, []).append((name, place))
    return {
        head: tuple((_either(name), place) for name, place in sorted(names, key=lambda pair: -len(pair[0])))
        for head, names in found.items()
    }


def _untold(low: str) -> bool:
    """Say whether a name has nothing that tells around its head that a complement is read from (`Entente Cordiale`)."""
    told = [word for word in low.split() if word not in modifiers("drop")]
    if told[0] not in heads() or heads()[told[0]][0].use in SERVING:
        return False
    return not (told[1:] and told[1] in words("subject") | words("relating") | words("party") | {"of"})


def _either(name: str) -> re.Pattern[str]:
    return re.compile(re.sub(r" (?:for|of) ", " (?:for|of) ", re.escape(name).replace("\\ ", " ")) + r"\b")


def known(name: str, key: frozenset[str], year: str, years: Callable[[], frozenset[str]]) -> KnownAgreement | None:
    """Return the agreement of that name: of the year beside it, else of a year in the text, else the only one.

    `key` are the telling words of the name; `years` returns those of the text. Its head must be the same, or in small
    letters one that can repeat it.
    """
    if key & modifiers("stage"):
        return None
    names = by_tokens().get(key) or by_tokens().get(key - party_words()) or ()
    if not names:
        return None
    own = heads_in(name.lower())
    alike = frozenset() if own & heads_in(name.lower()) - heads_in(name) else frozenset(map(group, own))
    found = {
        one.entry.id: one.entry
        for one in names
        if not own or not one.heads or own & one.heads or alike & frozenset(map(group, one.heads))
    }
    entries = list(found.values())
    if year:
        entries = [entry for entry in entries if abs(entry.year - int(year)) <= 1]
    if len(entries) > 1:
        entries = [entry for entry in entries if str(entry.year) in years()]
    return entries[0] if len(entries) == 1 else None
