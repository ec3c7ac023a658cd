"""Actors: persons, states, organizations and blocs, found in a text, and the spaCy component around the finder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from annotator.pipeline import groups
from annotator.pipeline.actors import external
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.finder import find_actors
from annotator.pipeline.actors.model import shipped
from annotator.pipeline.groups import FoundActor

__all__ = ["ActorFinder", "find_actors"]


@Language.factory("annotator_actors", default_config={"lexicon": None, "model": None})
class ActorFinder:
    """Leaves the document's actors as `doc.spans["actors"]`.

    `lexicon` is the path of a file of the user's own names (JSON lines of `tables.Name`); `model` names an installed
    spaCy pipeline whose entities are added where this one finds nothing.
    """

    group = groups.ACTORS

    def __init__(self, nlp: Language | None, name: str, lexicon: str | None = None, model: str | None = None) -> None:
        self._tables = t.tables(Path(lexicon) if lexicon else None)
        self._learned = shipped()
        self._other = external.load(model) if model else None

    def find(self, text: str, date: str | None, found: Mapping[str, list[Any]]) -> list[FoundActor]:
        """Return the text's actors."""
        others = external.entities(self._other(text)) if self._other else ()
        return find_actors(text, tables=self._tables, learned=self._learned, others=others)

    def __call__(self, doc: Doc) -> Doc:
        """Find and store."""
        return groups.leave(doc, self)
