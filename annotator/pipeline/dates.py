"""spaCy component: finds the dates of a document, outside its actors and agreements, for `doc.spans["dates"]`."""

from collections.abc import Mapping
from typing import Any, cast

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

    group = groups.DATES

    def __init__(
        self, nlp: Language | None, name: str, register: Register | None = None, ranges: Ranges = "joined"
    ) -> None:
        self.register, self.ranges = register, ranges
        prepare()

    def find(self, text: str, date: str | None, found: Mapping[str, list[Any]]) -> list[groups.Found]:
        """Return the text's dates, outside the names found before."""
        taken = [(one["start"], one["end"]) for one in (*found[groups.ACTORS], *found[groups.AGREEMENTS])]
        dates = find_dates(text, date=date, taken=taken, register=self.register, ranges=self.ranges)
        return cast(list[groups.Found], dates)

    def __call__(self, doc: Doc) -> Doc:
        """Find and store."""
        return groups.leave(doc, self)
