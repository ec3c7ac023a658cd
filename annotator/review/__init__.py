"""One finding at a time, in context: accept it into gold, reject it, edit, skip, undo; into the gold file in one step.

`session` decides and saves, `journal` keeps each decision at once, `edits` turns decisions into gold lines; `app` is
the terminal application, and the only part that loads textual.
"""

from annotator.review.session import Paths, Session

__all__ = ["Paths", "Session"]
