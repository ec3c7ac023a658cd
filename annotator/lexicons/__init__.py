"""The words this package knows, as data files beside this module, and their strict loader.

A lexicon is a file of JSON lines, one entry a line, each with its `source`. Which keys an entry has is said by the type
that the reader passes; an unknown or missing key is an error with file and line.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from annotator.errors import FormatError

FOLDER = Path(__file__).parent


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every entry of every lexicon has: where the fact or word comes from."""

    source: str


E = TypeVar("E", bound=Entry)


@cache
def load(name: str, entry: type[E]) -> tuple[E, ...]:
    """Return the entries of the lexicon `name` (`states` for lexicons/states.jsonl), in file order."""
    return read(FOLDER / f"{name}.jsonl", entry)


def read(path: Path, entry: type[E]) -> tuple[E, ...]:
    """Return the entries of the lexicon at `path`; raise FormatError with file and line for what is none."""
    decoder = msgspec.json.Decoder(entry)
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(decoder.decode(line))
        except msgspec.ValidationError as error:
            allowed = ", ".join(entry.__struct_fields__)
            raise FormatError(path, number, f"{error}; allowed keys: {allowed}") from error
        except msgspec.DecodeError as error:
            raise FormatError(path, number, f"not a JSON object: {error}") from error
    return tuple(found)


@cache
def digest() -> str:
    """Return a hexadecimal digest of all lexicon files, by name and content."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.jsonl")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
