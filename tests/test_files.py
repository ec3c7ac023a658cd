"""Writing in one step: the old content or the new, with the permissions that stood there, through links."""

import os
import stat
from pathlib import Path

import pytest

from annotator import files
from annotator.errors import OutputError, SourceError


def test_a_new_file_gets_its_folders_and_usual_permissions(tmp_path: Path) -> None:
    files.write_bytes(tmp_path / "a/b/c", b"new")
    assert (tmp_path / "a/b/c").read_bytes() == b"new"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a/b/c").stat().st_mode) == 0o666 & ~mask


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    files.write_bytes(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    files.write_bytes(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OutputError, match="a: cannot be written: No space left on device"):
        files.write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


READS = {"missing": "no such file", "a folder": "is a directory"}


@pytest.mark.parametrize("name", READS)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path if name == "a folder" else tmp_path / "x"
    with pytest.raises(SourceError, match=READS[name]):
        files.read_bytes(path)
