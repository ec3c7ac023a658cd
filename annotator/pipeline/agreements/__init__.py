"""The agreement component: a text and its actors come in, agreements with kind, entity and parties go out."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from spacy.language import Language
from spacy.tokens import Doc

from annotator.lexicons.agreements import ComplementRole, ModifierRole, bonds, concluding, modifiers, words
from annotator.lexicons.known_agreements import by_abbreviation, classes, party_words
from annotator.lexicons.states import peoples
from annotator.pipeline import groups
from annotator.pipeline.agreements.clusters import identities
from annotator.pipeline.agreements.entities import link
from annotator.pipeline.agreements.names import mentions
from annotator.pipeline.agreements.phrases import Places
from annotator.pipeline.agreements.scenes import Scenes
from annotator.pipeline.agreements.shortnames import short_names
from annotator.pipeline.groups import FoundActor, FoundAgreement
from annotator.pipeline.heads import marks

__all__ = ["AgreementFinder", "find_agreements"]


def find_agreements(text: str, actors: Sequence[FoundActor]) -> list[FoundAgreement]:
    """Return the agreements that `text` names, sorted, none overlapping another."""
    places = Places([(actor["start"], actor["end"], actor["type"], actor["entity"]) for actor in actors])
    marked = marks(text)
    found, plurals = mentions(text, marked.heads, places)
    shorts = short_names(text, found, plurals, marked.names, places)
    linked = link(found, shorts, Scenes(text, places)) if found or shorts else []
    agreements = {item.agreement.number: item.agreement for item in linked}
    names = identities([agreements[number] for number in sorted(agreements)])
    told = {number: (agreement.kind, agreement.parties, *names[number]) for number, agreement in agreements.items()}
    found_agreements: list[FoundAgreement] = []
    for item in linked:
        kind, parties, entity, name = told[item.agreement.number]
        found_agreements.append(
            FoundAgreement(
                start=item.start,
                end=item.end,
                rule=item.rule,
                kind=kind,
                entity=entity,
                name=name,
                parties=list(parties),
            )
        )
    return found_agreements


def prepare() -> None:
    """Read all tables, so that the first text takes no longer than the others."""
    find_agreements(TRIAL, [])
    for modifier in get_args(ModifierRole):
        modifiers(modifier)
    for role in get_args(ComplementRole):
        words(role)
    for table in (bonds, concluding, party_words, by_abbreviation, classes, peoples):
        table()


TRIAL = "In Rome both sides signed the secret Treaty of Rome (TR) with Mr. Costa."
"""A text that needs most tables."""


@Language.factory("annotator_agreements")
class AgreementFinder:
    """Finds agreements in the text of a document and leaves them in `doc.spans["agreements"]`."""

    group = groups.AGREEMENTS

    def __init__(self, nlp: Language | None, name: str) -> None:
        self.name = name
        prepare()

    def find(self, text: str, date: str | None, found: Mapping[str, list[Any]]) -> list[FoundAgreement]:
        """Return the text's agreements, reading the actors found before."""
        return find_agreements(text, found[groups.ACTORS])

    def __call__(self, doc: Doc) -> Doc:
        """Find and store."""
        return groups.leave(doc, self)
