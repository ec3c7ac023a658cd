"""The text of an article as a reader reads it: footnote marks lifted out, and the exact map back to the source."""

from annotator.reading.place import Lines
from annotator.reading.reader import Reading, read
from annotator.reading.run import Break
from annotator.reading.sentences import sentences

__all__ = ["Break", "Lines", "Reading", "read", "sentences"]
