"""The errors this package raises on purpose; whatever else escapes is a defect."""

from pathlib import Path


class AnnotatorError(Exception):
    """Something that the user can mend: the message says where, what, and what to do."""


class SourceError(AnnotatorError):
    """A text or the metadata beside it cannot be used: missing, not UTF-8, with a NUL byte, or malformed."""


class FormatError(AnnotatorError):
    """A line of a data file (records, gold, lexicon) does not hold what it must.

    The message starts with the place, `file:line: `, lines counted from 1 as they stand in the file.
    """

    def __init__(self, path: Path | str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


class OutputError(AnnotatorError):
    """A result cannot be written where it was asked for; what stood there before is whole."""


class UsageError(AnnotatorError):
    """A call makes no sense as it stands (two inputs for one output, a date that is none)."""
