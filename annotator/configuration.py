"""A project's settings: its annotator.toml comes in, checked strictly; options for the components go out."""

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from annotator import files
from annotator.errors import SourceError, UsageError

NAME = "annotator.toml"


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How dates are resolved.

    `register` forces one where the text's own evidence would decide; `ranges` as `split` makes two dates of `1914–18`,
    as TIMEX corpora have it.
    """

    register: Literal["news", "narrative", "formal"] | None = None
    ranges: Literal["joined", "split"] = "joined"


class Actors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of actors besides the package's lexicons.

    `lexicon` is a file of names of one's own, its path counted from the project; `model` an installed spaCy pipeline
    whose entities are taken where nothing else was found.
    """

    lexicon: str | None = None
    model: str | None = None


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of a project, each with its default."""

    dates: Dates = Dates()
    actors: Actors = Actors()


def read(folder: Path) -> Configuration:
    """Return the settings in the annotator.toml of `folder`, the defaults where there is none.

    Raise SourceError where it is no TOML, and UsageError, with the file, for a key or a value that is none.
    """
    path = folder / NAME
    if not path.is_file():
        return Configuration()
    try:
        table = tomllib.loads(files.read_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: not TOML in UTF-8: {error}") from error
    try:
        return msgspec.convert(table, Configuration)
    except msgspec.ValidationError as error:
        allowed = "; ".join(
            f"[{name}] {', '.join(part.__struct_fields__)}" for name, part in (("dates", Dates), ("actors", Actors))
        )
        raise UsageError(f"{path}: {error}; allowed: {allowed}".replace("`", '"')) from error


def options(configuration: Configuration, folder: Path) -> dict[str, dict[str, Any]]:
    """Return the options of the components that are not their defaults, by factory."""
    chosen: dict[str, dict[str, Any]] = {}
    if configuration.dates != Dates():
        chosen["annotator_dates"] = msgspec.structs.asdict(configuration.dates)
    actors = {key: value for key, value in msgspec.structs.asdict(configuration.actors).items() if value is not None}
    if "lexicon" in actors:
        actors["lexicon"] = str(folder / actors["lexicon"])
    if actors:
        chosen["annotator_actors"] = actors
    return chosen


def digest(options: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a digest of options that tells apart what they mean: a lexicon counts by its content, not by its path."""
    total = hashlib.sha256()
    for factory, settings in sorted(options.items()):
        for key, value in sorted(settings.items()):
            said = hashlib.sha256(files.read_bytes(Path(value))).hexdigest() if key == "lexicon" and value else value
            total.update(f"{factory}.{key}={said}\n".encode())
    return total.hexdigest()
