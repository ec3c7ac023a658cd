"""spaCy component: finds the dates of a document, outside its actors and agreements, for `doc.spans["dates"]`."""

from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from annotator.pipeline import groups
from annotator.temporal.find import Ranges, find_dates
from annotator.temporal.grammar import prepare
from annotator.temporal.register import Register


@Language.factory("annotator_dates", default_config={"register": None, "ranges": "joined"})
class DateFinder:
    """Finds dates and what they mean.

    `register` (news, formal, narrative) forces how incomplete dates are resolved; `ranges` as `split` makes two dates
    of `1914–18`, as in TIMEX corpora.
    """

    def __init__(self, nlp: Language, name: str, register: Register | None, ranges: Ranges) -> None:
        self.register, self.ranges = register, ranges
        prepare()

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its dates."""
        names = groups.load(doc, groups.ACTORS) + groups.load(doc, groups.AGREEMENTS)
        taken = [(one["start"], one["end"]) for one in names]
        found = find_dates(
            groups.text_of(doc), date=groups.date_of(doc), taken=taken, register=self.register, ranges=self.ranges
        )
        groups.store(doc, groups.DATES, cast(list[groups.Found], found))
        return doc
