"""What the lexicons say of names and words, as dictionaries; lexicon files in, one `Tables` out."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import msgspec

from annotator import lexicons
from annotator.errors import SourceError
from annotator.lexicons import Entry, states
from annotator.lexicons.places import Places, Seat
from annotator.pipeline.actors.runs import Words

_PARTS = re.compile(r"[^ –‑/&-]+")
_COMPOUND = re.compile(r"[–‑/&-]")

STATE, ORGANIZATION, BLOC, PERSON = "S", "O", "B", "P"
SEAT, DEMONYM, PEOPLE, TITLE, PLACE, CALENDAR = "C", "D", "Y", "T", "L", "M"
HEAD, GIVEN, FUNCTION, COMMON, UNKNOWN, JOINT = "H", "G", "F", "W", "U", "j"
FORMER, SHORT = "X", "R"
GEO_HEAD, THING_HEAD, AGREEMENT_HEAD = "N", "K", "A"

SHORTEST_HEADLINE: Final = 3
"""Names longer than this are known in capitals, too (`CHINA`)."""
SHORTEST_WORD: Final = 4
"""Abbreviations of so many letters can be written like a word (`Nato`)."""
ACTOR_KINDS: Final = frozenset((STATE, ORGANIZATION, BLOC, PERSON))
STANDS_FOR: Final = {
    **dict.fromkeys((STATE, SEAT, DEMONYM, PEOPLE, FORMER), STATE),
    **{kind: kind for kind in (PERSON, ORGANIZATION, BLOC)},
}
"""The kind of actor that a name of each kind can be."""
KIND_OF_ID: Final = {"state": STATE, "org": ORGANIZATION, "bloc": BLOC, "person": PERSON}
OTHER_HEADS: Final = {"geo": GEO_HEAD, "thing": THING_HEAD, "agreement": AGREEMENT_HEAD}


Id = Annotated[str, msgspec.Meta(pattern=r"^(state|org|bloc|person):[a-z0-9]+(-[a-z0-9]+)*$")]
"""An actor's id: its type and a slug."""


class Name(Entry, frozen=True, kw_only=True, gc=False):
    """An actor known by name: its id (whose first part is its type), its best known name and its other names."""

    entity: Id
    name: str
    names: tuple[str, ...] = ()


class Tables:
    """Look-ups, apostrophes as `’`.

    `names` maps whole names to (kind, entity id or ""), `lengths` the first token of each to the numbers of tokens that
    names starting with it have, longest first; `words` maps single words to their kind; `canonical` maps ids to names.
    """

    def __init__(self, extra: Iterable[Name] = ()) -> None:
        self.names: dict[str, tuple[str, str]] = {}
        self.words: dict[str, str] = {}
        self.canonical: dict[str, str] = dict(states.canonical_names())
        self._add_words()
        self._add_names(extra)
        lengths: dict[str, set[int]] = {}
        for name in self.names:
            words = name.split(" ")
            lengths.setdefault(words[0], set()).add(len(words))
            if _COMPOUND.search(name):
                parts = _PARTS.findall(name)
                lengths.setdefault(parts[0], set()).add(len(parts))
        self.lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        self.surnames = frozenset(_words("surnames"))

    def _add_words(self) -> None:
        for word in _words("common_words"):
            self.words[word[:1].upper() + word[1:]] = COMMON
        for line in lexicons.load("actor_other_heads", Words):
            self.words.update(dict.fromkeys(line.words, OTHER_HEADS[line.kind]))
        self.words.update(dict.fromkeys(_words("actor_heads"), HEAD))
        self.words.update(dict.fromkeys(_words("given_names"), GIVEN))
        self.words.update((word[:1].upper() + word[1:], FUNCTION) for word in _words("function_words"))
        self.words.update(dict.fromkeys(_words("actor_joints"), JOINT))

    def _add_names(self, extra: Iterable[Name]) -> None:
        for places in lexicons.load("actor_places", Places):
            kind = {"calendar": CALENDAR, "short": SHORT}.get(places.kind, PLACE)
            self.names.update(dict.fromkeys(places.words, (kind, "")))
        self.names.update((word, (FORMER, entity)) for word, entity in states.former_names().items())
        self.names.update(dict.fromkeys(_words("actor_titles"), (TITLE, "")))
        self.names.update((word, (DEMONYM, entity)) for word, entity in states.demonyms().items())
        adjectives = states.demonyms()
        self.names.update((word, (PEOPLE, who)) for word, who in states.peoples().items() if word not in adjectives)
        self.names.update((seat.name, (SEAT, seat.entity)) for seat in lexicons.load("capitals", Seat))
        self.names.update((name, (SEAT, entity)) for name, entity in states.territory_names().items())
        for lexicon in ("statespeople", "blocs", "organizations"):
            self._add_actors(lexicons.load(lexicon, Name))
        for word, entity in states.state_names().items():
            self.names[word] = (STATE, entity)
            if len(word) > SHORTEST_HEADLINE:
                self.names[word.upper()] = (STATE, entity)
            if word.endswith(" Empire"):
                self.names[word.removesuffix("Empire") + "empire"] = (STATE, entity)
        self._add_read_aloud()
        self._add_actors(extra)

    def _add_read_aloud(self) -> None:
        """Add abbreviations as British papers write those that are read as a word (`Nato`)."""
        for name, (kind, entity) in list(self.names.items()):
            if kind in (ORGANIZATION, BLOC) and len(name) >= SHORTEST_WORD and name.isupper() and name.isalpha():
                word = name.capitalize()
                if word not in self.words:
                    self.names.setdefault(word, (kind, entity))

    def _add_actors(self, entries: Iterable[Name]) -> None:
        for entry in entries:
            found = (KIND_OF_ID[entry.entity.partition(":")[0]], entry.entity)
            self.names.update((name.replace("'", "’"), found) for name in (entry.name, *entry.names))
            self.canonical.setdefault(entry.entity, entry.name)


def _words(name: str) -> list[str]:
    return [word for line in lexicons.load(name, Words) for word in line.words]


@cache
def tables(extra: Path | None = None) -> Tables:
    """Return the look-ups, with the names of the user's lexicon at `extra` added (they win).

    Raises SourceError when that file cannot be read, FormatError with file and line for what is no entry.
    """
    if extra is None:
        return Tables()
    try:
        return Tables(lexicons.read(extra, Name))
    except OSError as error:
        raise SourceError(f"{extra}: the lexicon cannot be read ({error.strerror})") from error
