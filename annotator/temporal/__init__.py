"""What a date expression means: its words, an anchor and a relation → value; and the finding of such expressions.

`derive` is how a record is proved again: from the record's words, the anchor's value and the relation it gives exactly
the record's meaning. Nothing here needs spaCy.
"""

from annotator.temporal.derivation import derivation, derive
from annotator.temporal.find import FoundDate, find_dates
from annotator.temporal.resolve import Meaning
from annotator.temporal.values import bounds, is_value

__all__ = ["FoundDate", "Meaning", "bounds", "derivation", "derive", "find_dates", "is_value"]
