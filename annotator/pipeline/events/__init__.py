"""The event component: agreements, dates and actors of a text come in, what became of the agreements goes out."""

from collections.abc import Mapping
from typing import Any, get_args

from spacy.language import Language
from spacy.tokens import Doc

from annotator.lexicons.cues import CueRole, cue
from annotator.pipeline import groups
from annotator.pipeline.events.finder import find_events
from annotator.pipeline.events.words import trigger
from annotator.pipeline.groups import FoundEvent

__all__ = ["EventFinder", "find_events"]


def prepare() -> None:
    """Read all tables, so that the first text takes no longer than the others."""
    trigger()
    for role in get_args(CueRole):
        cue(role)


@Language.factory("annotator_events")
class EventFinder:
    """Finds events of agreements in a document and leaves them in `doc.spans["events"]`."""

    group = groups.EVENTS

    def __init__(self, nlp: Language | None, name: str) -> None:
        self.name = name
        prepare()

    def find(self, text: str, date: str | None, found: Mapping[str, list[Any]]) -> list[FoundEvent]:
        """Return the text's events, reading actors, agreements and dates found before."""
        return find_events(
            text, found[groups.AGREEMENTS], found[groups.DATES], found[groups.ACTORS], written=date or ""
        )

    def __call__(self, doc: Doc) -> Doc:
        """Find and store."""
        return groups.leave(doc, self)
