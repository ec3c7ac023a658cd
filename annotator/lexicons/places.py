"""Names of places, by kind: what the actor and the agreement component both look up."""

from functools import cache

from annotator.lexicons import Entry, load


class Places(Entry, frozen=True, kw_only=True, gc=False):
    """Names of places of one kind (`cities`, `us-states`), and words that are no actors though they look it."""

    kind: str
    words: tuple[str, ...]


class Seat(Entry, frozen=True, kw_only=True, gc=False):
    """A seat of government and the state that it can stand for."""

    name: str
    entity: str


@cache
def places(kind: str) -> frozenset[str]:
    """Return the names of places of that kind."""
    return frozenset(word for line in load("actor_places", Places) if line.kind == kind for word in line.words)


@cache
def towns() -> frozenset[str]:
    """Return the names of cities and seats of government."""
    return places("cities").union(seat.name for seat in load("capitals", Seat))
