"""The event component: agreements, dates and actors of a text come in, what became of the agreements goes out."""

from typing import get_args

from spacy.language import Language
from spacy.tokens import Doc

from annotator.lexicons.cues import CueRole, cue
from annotator.pipeline import groups
from annotator.pipeline.events.finder import find_events
from annotator.pipeline.events.words import trigger

__all__ = ["EventFinder", "find_events"]


def prepare() -> None:
    """Read all tables, so that the first text takes no longer than the others."""
    trigger()
    for role in get_args(CueRole):
        cue(role)


@Language.factory("annotator_events")
class EventFinder:
    """Finds events of agreements in a document and leaves them in `doc.spans["events"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        prepare()

    def __call__(self, doc: Doc) -> Doc:
        """Store what is found, reading actors, agreements and dates found before."""
        found = find_events(
            groups.text_of(doc),
            groups.load(doc, groups.AGREEMENTS),
            groups.load(doc, groups.DATES),
            groups.load(doc, groups.ACTORS),
        )
        groups.store(doc, groups.EVENTS, found)
        return doc
