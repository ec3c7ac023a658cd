"""A project's settings: strict, with defaults, and told apart by their digest."""

import re
from pathlib import Path

import pytest

from annotator import configuration
from annotator.configuration import Actors, Configuration, Dates
from annotator.errors import AnnotatorError

READ = {
    "nothing": ("", Configuration()),
    "dates": ('[dates]\nregister = "news"\nranges = "split"\n', Configuration(dates=Dates("news", "split"))),
    "actors": ('[actors]\nlexicon = "names.jsonl"\n', Configuration(actors=Actors("names.jsonl"))),
}


@pytest.mark.parametrize("name", READ)
def test_read(tmp_path: Path, name: str) -> None:
    text, expected = READ[name]
    (tmp_path / "annotator.toml").write_text(text, "utf-8")
    assert configuration.read(tmp_path) == expected


def test_no_file_is_the_defaults(tmp_path: Path) -> None:
    assert configuration.read(tmp_path) == Configuration()
    assert configuration.options(Configuration(), tmp_path) == {}


REFUSED = {
    "unknown table": ("[date]\n", 'unknown field "date"; allowed: [dates] register, ranges; [actors] lexicon, model'),
    "unknown key": ("[dates]\nformat = 1\n", 'unknown field "format"'),
    "no such register": ('[dates]\nregister = "legal"\n', "Invalid enum value 'legal'"),
    "wrong type": ("[actors]\nmodel = 3\n", 'Expected "str | null", got "int"'),
    "no TOML": ("[dates\n", "not TOML in UTF-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_file(tmp_path: Path, name: str) -> None:
    text, words = REFUSED[name]
    path = tmp_path / "annotator.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(AnnotatorError, match=re.escape(words)) as caught:
        configuration.read(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_lexicon_counts_by_its_content(tmp_path: Path) -> None:
    digests = []
    for name, content in (("a.jsonl", "x"), ("b.jsonl", "x"), ("c.jsonl", "y")):
        (tmp_path / name).write_text(content)
        chosen = configuration.options(Configuration(actors=Actors(name)), tmp_path)
        assert chosen == {"annotator_actors": {"lexicon": str(tmp_path / name)}}
        digests.append(configuration.digest(chosen))
    assert digests[0] == digests[1] != digests[2]
