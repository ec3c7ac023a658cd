"""Two newer sets of records and the one both come from are merged by content; what cannot be is a conflict."""

from annotator.merging.merge import Conflict, Merge, merge

__all__ = ["Conflict", "Merge", "merge"]
