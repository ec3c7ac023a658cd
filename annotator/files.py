"""Whole files in and out: what stands at a path is always the old content or the new one, never a part."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from annotator.errors import OutputError, SourceError

TEMPORARY = ".tmp"
"""How the names of files end that are being written."""


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; raise SourceError with the path and the reason when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise SourceError(f"{path}: is a directory, a file was expected") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error


def write_bytes(path: Path, content: bytes, *, sync: bool = True) -> None:
    """Put `content` at `path` in one step; see `writing`."""
    with writing(path, sync=sync) as file:
        file.write(content)


@contextlib.contextmanager
def writing(path: Path, *, sync: bool = True) -> Iterator[BinaryIO]:
    """Open a file whose content will stand at `path` in one step, making its folder, once the block has ended well.

    The content goes into a file of another name in the same folder, and with `sync` onto the disk, before it takes the
    name; a link at `path` is followed, and the permissions of a file that stood there are kept. Raise OutputError, the
    old file whole, when that fails.
    """
    target = Path(os.path.realpath(path))
    name = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=TEMPORARY)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if sync:
                os.fsync(file.fileno())
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())  # noqa: PTH101
        os.replace(name, target)  # noqa: PTH105
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if name is not None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108


def _umask() -> int:
    """Return the process's file mode mask, which the system only tells by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
