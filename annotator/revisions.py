"""What git holds: revisions, the files in them, and their content, read through git itself."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import SourceError


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run git in `folder` and return what it did; raise SourceError where there is no git."""
    try:
        return subprocess.run(["git", *map(str, arguments)], cwd=folder, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise SourceError("git is needed for this, and is not installed") from error


def output(*arguments: str | Path, folder: Path) -> str:
    """Return what git prints, without the line end; raise SourceError with git's own words where it fails."""
    done = run(*arguments, folder=folder)
    if done.returncode:
        raise SourceError(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def root(folder: Path) -> Path:
    """Return the top folder of the working tree that `folder` is in; raise SourceError where it is in none."""
    done = run("rev-parse", "--show-toplevel", folder=folder)
    if done.returncode:
        raise SourceError(f"{folder} is in no git repository")
    return Path(done.stdout.decode("utf-8", "surrogateescape").rstrip("\n"))


def exists(name: str, folder: Path) -> bool:
    """Say whether a name is a revision of the repository at `folder`."""
    if not name or name.startswith("-"):
        return False
    return run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", folder=folder).returncode == 0


def files(revision: str, top: Path, below: Sequence[str]) -> list[str]:
    """Return the files that a revision has at or below the paths in `below`; all are relative to `top`."""
    listed = output("ls-tree", "-r", "-z", "--name-only", "--full-tree", revision, "--", *below, folder=top)
    return [name for name in listed.split("\0") if name]


class Blobs:
    """Reads files out of a repository, one after the other, through one git process."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def read(self, revision: str, name: str) -> bytes:
        """Return the content of a file in a revision; raise SourceError where it has none of that name."""
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(f"{revision}:{name}\n".encode("utf-8", "surrogateescape"))
        asked.flush()
        head = answered.readline().split()
        if len(head) < 3 or head[-2] != b"blob":
            raise SourceError(f"{revision}:{name}: no such file in that revision")
        content = answered.read(int(head[-1]))
        answered.read(1)
        return content


@contextmanager
def blobs(top: Path) -> Iterator[Blobs]:
    """Open a reader of the files in the repository at `top`."""
    process = subprocess.Popen(
        ["git", "cat-file", "--batch"], cwd=top, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with process:
        yield Blobs(process)
