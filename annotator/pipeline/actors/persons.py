"""Which mentions of persons are one person, in a document: full names, both orders, initials, surnames, given names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.mentions import Draft, Mention
from annotator.pipeline.actors.names import PARTICLES, eastern_surnames
from annotator.pipeline.actors.tables import Tables

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|[IVXL]+")
_WORD = re.compile(r"[\w’'.-]+")
_NO_WORD = re.compile(r"[^\w]+")


def fold(word: str) -> str:
    """Return the word without accents, in lower case, for comparison and ids.

    >>> fold("Erdoğan")
    'erdogan'
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


def slug(name: str) -> str:
    """Return the name as the last part of an id.

    >>> slug("Jaap de Hoop Scheffer")
    'jaap-de-hoop-scheffer'
    """
    return _NO_WORD.sub("-", fold(name).replace("’", "").replace(".", "")).strip("-_")


class Person(msgspec.Struct):
    """A person of the document: folded surname and other names, the fullest name so far, and its id."""

    surname: str
    given: tuple[str, ...]
    name: str
    entity: str
    suffix: str = ""


_RECENT = 50
"""How many persons of one surname, counted back, a further full name is compared with."""


@lru_cache(maxsize=1 << 12)
def parse(name: str, tables: Tables) -> tuple[str, tuple[str, ...], str]:
    """Return surname, other names and suffix of a full name, folded.

    The surname is the last word, with the particles before it; it is the first one where an eastern surname leads or
    where only the last word is a given name.
    """
    words = _WORD.findall(name)
    suffix = ""
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop().rstrip(".").lower()
    if len(words) == 1:
        return fold(words[0]), (), suffix
    first, last = words[0], words[-1]
    leads = first in eastern_surnames() and not (tables.words.get(first) == t.GIVEN and last in tables.surnames)
    backward = len(words) == 2 and tables.words.get(last) == t.GIVEN and tables.words.get(first) != t.GIVEN
    if backward or (leads and last not in eastern_surnames()):
        return fold(first), tuple(fold(word) for word in words[1:]), suffix
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return fold(" ".join(words[cut:])), tuple(fold(word) for word in words[:cut]), suffix


def _compatible(person: Person, given: tuple[str, ...], suffix: str) -> bool:
    """Whether other names may be the person's: one list within the other, initials standing for names."""
    if suffix and person.suffix and suffix != person.suffix:
        return False
    short, long = sorted((given, person.given), key=len)
    if not short:
        return True
    if not _same(short[0], long[0]):
        return len(given) == len(person.given) == 2 and sorted(given) == sorted(person.given)
    rest = iter(long[1:])
    return all(any(_same(word, other) for other in rest) for word in short[1:])


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one.replace(".", ""), other.replace(".", "")), key=len)
    return (
        (short != one or "." in one or len(short) == 1)
        and len(short) <= 2
        and long.startswith(short[0])
        and "." in one + other
    )


class Register:
    """The persons of one document, filled in reading order."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._by_surname: dict[str, list[Person]] = {}
        self._by_word: dict[str, Person] = {}
        self._last: dict[str, Person] = {}

    def add(self, name: str) -> Person:
        """Return the person with that full name, known or new."""
        surname, given, suffix = parse(name, self._tables)
        known = self._by_surname.setdefault(surname, [])
        for person in reversed(known[-_RECENT:]):
            if _compatible(person, given, suffix):
                if len(name) > len(person.name) and given:
                    person.name, person.given = name, given if len(given) > len(person.given) else person.given
                person.suffix = person.suffix or suffix
                break
        else:
            person = Person(surname, given, name, self._known(name) or "person:" + slug(name), suffix)
            known.append(person)
        last = surname.rpartition(" ")[2]
        for word in (*given, surname, last, _bare(surname)):
            if len(word) > 2 and "." not in word:
                self._by_word.setdefault(word, person)
        self._last[surname] = self._last[last] = person
        return person

    def _known(self, name: str) -> str:
        kind, entity = self._tables.names.get(name, ("", ""))
        return entity if kind == t.PERSON else ""

    def rewind(self) -> None:
        """Let every surname mean the first person of that name again."""
        for surname, people in self._by_surname.items():
            self._last[surname] = self._last[surname.split(" ")[-1]] = people[0]

    def names(self) -> dict[str, str]:
        """Return the fullest name of each id."""
        return {person.entity: person.name for people in self._by_surname.values() for person in people}

    def refer(self, name: str) -> Person | None:
        """Return the person that a surname or given name refers to: the last one mentioned with that surname."""
        key = fold(name)
        return self._last.get(key) or self._by_word.get(key)


def words_of(draft: Draft, actors: Iterable[Mention]) -> set[str]:
    """Return the folded words that the document's full personal names are made of, particles and initials left out."""
    found: set[str] = set()
    for mention in actors:
        if mention.kind == t.PERSON:
            name = draft.words(mention)
            if " " in name or mention.rule == "actors.title":
                found |= _words(name)
    return found


@lru_cache(maxsize=1 << 12)
def _words(name: str) -> frozenset[str]:
    words = [fold(word) for word in name.split(" ") if len(word) > 2 and not word.islower()]
    return frozenset((*words, *map(_bare, words)))


def _bare(word: str) -> str:
    """Return a folded name without the Arabic article (`al-Sadat`)."""
    return word.removeprefix("al-").removeprefix("el-")


def resolve(draft: Draft, actors: Iterable[Mention]) -> Mapping[str, str]:
    """Give every person mention its id, and return the best name of each id.

    Full names are read first, so that a surname before its full name finds it; then mentions in order, the last one
    named of a surname winning.
    """
    known = Register(draft.tables)
    persons = [mention for mention in actors if mention.kind == t.PERSON]
    for mention in persons:
        name = draft.words(mention)
        if " " in name:
            known.add(name)
    known.rewind()
    for mention in persons:
        name = draft.words(mention)
        person = (known.refer(name) if " " not in name else None) or known.add(name)
        mention.entity = person.entity
    return known.names()
