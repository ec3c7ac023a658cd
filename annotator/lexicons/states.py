"""States by name and by adjective: what the actor and the agreement component both look up."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from annotator.lexicons import Entry, load


class State(Entry, frozen=True, kw_only=True, gc=False):
    """A state, past or present: its id, its best known name, and its other names and abbreviations.

    `places` are names that mean the state only where the text speaks of it as one (`Texas`), else a place. A
    `territory` has a government and an ISO code of its own, and is meant only where it acts (`Greenland`).
    """

    entity: str
    name: str
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    territory: bool = False


class Demonym(Entry, frozen=True, kw_only=True, gc=False):
    """Words derived from a state: adjectives (`French`), combining forms (`Franco-`), and its people (`Poles`)."""

    entity: str
    adjectives: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@cache
def state_names() -> Mapping[str, str]:
    """Return the entity id of every state name, apostrophes as `’`."""
    return MappingProxyType(_names(territories=False))


@cache
def territory_names() -> Mapping[str, str]:
    """Return the entity id of every name of a territory."""
    return MappingProxyType(_names(territories=True))


def _names(*, territories: bool) -> dict[str, str]:
    chosen = [state for state in load("states", State) if state.territory == territories]
    return {name: state.entity for state in chosen for name in (state.name, *state.names)}


@cache
def former_names() -> Mapping[str, str]:
    """Return the entity id of every name that is a state's in some texts and a mere place's in others."""
    return MappingProxyType({name: state.entity for state in load("states", State) for name in state.places})


@cache
def canonical_names() -> Mapping[str, str]:
    """Return the best known name of every state, by entity id."""
    return MappingProxyType({state.entity: state.name for state in load("states", State)})


@cache
def demonyms() -> Mapping[str, str]:
    """Return the state's entity id of every adjective of nationality (`Japanese`, `Soviet`)."""
    return MappingProxyType({word: entry.entity for entry in load("demonyms", Demonym) for word in entry.adjectives})


@cache
def prefixes() -> Mapping[str, str]:
    """Return the state's entity id of every combining form, hyphen included (`Sino-`)."""
    return MappingProxyType({word: entry.entity for entry in load("demonyms", Demonym) for word in entry.prefixes})


@cache
def peoples() -> Mapping[str, str]:
    """Return the state's entity id of every collective noun for its people (`Soviets`, `British`)."""
    return MappingProxyType({word: entry.entity for entry in load("demonyms", Demonym) for word in entry.people})


def parties_of(word: str) -> tuple[str, ...]:
    """Return the states that an adjective names, in order: one, two where it is a compound, or none.

    >>> parties_of("Franco-German"), parties_of("Soviet"), parties_of("green")
    (('state:fr', 'state:de'), ('state:su',), ())
    """
    if word in demonyms():
        return (demonyms()[word],)
    found = []
    *first, last = word.replace("–", "-").split("-")
    for part in first:
        entity = prefixes().get(part + "-") or demonyms().get(part) or state_names().get(part)
        if entity is None:
            return ()
        found.append(entity)
    entity = demonyms().get(last) or state_names().get(last)
    return (*found, entity) if entity and found else ()
