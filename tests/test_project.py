"""Which files belong together."""

from pathlib import Path

import pytest

from annotator import project
from annotator.errors import SourceError, UsageError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with a text in a folder, its annotations and gold."""
    for name in (
        "corpus/a/x.txt",
        "corpus/y.txt",
        "annotations/a/x.jsonl",
        "annotations/a/x.gold.jsonl",
        "annotations/y.jsonl",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def test_a_project_is_known_by_its_folders_or_its_configuration(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    assert project.project(root) is not None
    assert project.project(other) is None
    with pytest.raises(UsageError, match=r"no annotator\.toml, no corpus/ and annotations/"):
        project.required(other)
    (other / "annotator.toml").touch()
    assert project.project(other) is not None


def test_texts_are_found_recursively_and_mirrored(root: Path) -> None:
    found = project.texts([root / "corpus"])
    assert [text.relative.as_posix() for text in found] == ["a/x.txt", "y.txt"]
    targets = project.outputs(found, root / "out")
    assert sorted(path.relative_to(root).as_posix() for path in targets.values()) == ["out/a/x.jsonl", "out/y.jsonl"]


def test_the_same_text_named_twice_is_one(root: Path) -> None:
    path = root / "corpus/y.txt"
    assert len(project.outputs(project.texts([path, path]), root)) == 1


def test_two_texts_for_one_output_are_refused(root: Path) -> None:
    (root / "other").mkdir()
    (root / "other/y.txt").write_text("x")
    with pytest.raises(UsageError, match="would both be written"):
        project.outputs(project.texts([root / "corpus/y.txt", root / "other/y.txt"]), root)


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_places_without_texts_are_refused(root: Path, name: str) -> None:
    (root / "empty").mkdir()
    with pytest.raises(SourceError, match="no such file" if name == "nothing" else r"no texts \(\*\.txt\)"):
        project.texts([root / name])


def test_annotations_leave_other_lines_out(root: Path) -> None:
    for name in ("baseline.jsonl", "x.gold.orphans.jsonl", ".x.review.jsonl"):
        (root / "annotations" / name).write_text("x")
    names = [path.name for path in project.annotation_files([root / "annotations"])]
    assert names == ["x.gold.jsonl", "x.jsonl", "y.jsonl"]


SOURCES = {
    "beside, under the same folder": ("annotations/a/x.gold.jsonl", None, "corpus/a/x.txt"),
    "beside": ("annotations/y.jsonl", None, "corpus/y.txt"),
    "named, under the same folder": ("annotations/a/x.jsonl", "corpus", "corpus/a/x.txt"),
    "named": ("annotations/a/x.jsonl", "corpus/a", "corpus/a/x.txt"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_source_of_annotations(root: Path, name: str) -> None:
    path, corpus, expected = SOURCES[name]
    assert project.source_of(root / path, root / corpus if corpus else None) == root / expected


def test_a_source_that_is_not_there_is_told_with_the_places_tried(root: Path) -> None:
    (root / "corpus/y.txt").unlink()
    with pytest.raises(SourceError, match=r"its source y\.txt was not found \(tried .*corpus/y\.txt\); say where"):
        project.source_of(root / "annotations/y.jsonl")


def test_pairs_of_gold_and_extracted(root: Path) -> None:
    files = project.annotation_files([root / "annotations"])
    assert project.gold_pairs(files, None, asked=False) == {
        root / "annotations/a/x.jsonl": root / "annotations/a/x.gold.jsonl"
    }
    (root / "annotations/a/x.jsonl").unlink()
    with pytest.raises(SourceError, match="`annotator extract` writes it"):
        project.gold_pairs([root / "annotations/a/x.gold.jsonl"], None, asked=True)
    with pytest.raises(SourceError, match="nothing to reconcile"):
        project.gold_pairs([root / "annotations/y.jsonl"], None, asked=True)
