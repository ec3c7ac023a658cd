"""What a run is taken apart into."""

from collections.abc import Sequence

import msgspec

from annotator.pipeline.actors.items import Item


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a run that is, or may be, an actor: kinds of `tables`; `entity` may be empty."""

    start: int
    end: int
    kind: str
    entity: str
    rule: str


def adjacent(items: Sequence[Item], i: int) -> bool:
    """Whether one character parts the item at `i` from the next."""
    return items[i + 1].start == items[i].end + 1
