"""The mention as it grows, and the draft of a document that the stages pass on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

import msgspec

from annotator.pipeline.actors.features import Prepared
from annotator.pipeline.actors.items import plain
from annotator.pipeline.actors.runs import Run
from annotator.pipeline.actors.tables import ACTOR_KINDS, Tables


class Mention(msgspec.Struct, gc=False):
    """An actor mention, or what may become one.

    Offsets are into the text; `kind` is one of `tables`, empty once it is known to be no actor; `entity` may still be
    empty; so may `words` (its text, apostrophes and spaces made plain), until `Draft.words` has been asked.
    """

    start: int
    end: int
    kind: str
    entity: str
    rule: str
    initial: bool = False
    words: str = ""


@dataclass(slots=True)
class Draft:
    """A document between the stages: its runs, what each was taken apart into, the mentions of each.

    Runs without mentions, of which nobody is in doubt, are left out. `aliases` are the ids of the abbreviations that
    the document defines.
    """

    text: str
    tables: Tables
    runs: list[Run] = field(default_factory=list)
    prepared: list[Prepared] = field(default_factory=list)
    mentions: list[list[Mention]] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    def touching(self, start: int, stop: int) -> range:
        """Return the indices of the runs that overlap a stretch of the text."""
        first = bisect_right(self.runs, start, key=itemgetter(1))
        return range(first, bisect_left(self.runs, stop, lo=first, key=itemgetter(0)))

    def place(self, mention: Mention) -> None:
        """Put a mention in, in place of whatever it overlaps; one outside all runs goes to the run before it."""
        touched = self.touching(mention.start, mention.end)
        for i in touched:
            self.mentions[i] = [m for m in self.mentions[i] if m.end <= mention.start or mention.end <= m.start]
        home = touched[0] if touched else max(0, touched.start - 1)
        self.mentions[home] = sorted([*self.mentions[home], mention], key=lambda m: m.start)

    def all(self) -> Iterator[Mention]:
        """Return every mention, actors and undecided ones, in order."""
        return chain.from_iterable(self.mentions)

    def actors(self) -> list[Mention]:
        """Return the mentions that are actors by now, in order."""
        return [mention for found in self.mentions for mention in found if mention.kind in ACTOR_KINDS]

    def words(self, mention: Mention) -> str:
        """Return the mention's text, apostrophes and spaces made plain."""
        if not mention.words:
            mention.words = plain(self.text[mention.start : mention.end])
        return mention.words
