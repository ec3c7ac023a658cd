"""Documents of a shard from the run before: inputs come in, the lines that still hold of them go out."""

from pathlib import Path

from annotator.batch import shards
from annotator.batch.manifest import Entry, Input


class Kept:
    """The documents of a shard from before, taken in their order as long as the new shard has the same order."""

    def __init__(self, path: Path, old: Entry) -> None:
        self.known = {made.doc: made for made in old.inputs}
        self.stream = shards.documents(path)
        self.ahead: dict[str, bytes] = {}

    def take(self, wanted: Input) -> bytes | None:
        """Return the lines of a document, None where its inputs were others."""
        known = self.known.pop(wanted.doc, None)
        if known is None or content_of(known) != content_of(wanted):
            return None
        while wanted.doc not in self.ahead:
            chunk = next(self.stream)
            self.ahead[chunk.doc] = chunk.content
        return self.ahead.pop(wanted.doc)


def content_of(made: Input) -> tuple[str, str, str | None]:
    """Return what of an input the records depend on."""
    return made.doc, made.sha256, made.metadata
