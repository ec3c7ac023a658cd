"""Where an offset stands, as people and editors count: line and column, both from 1, in code points."""

from bisect import bisect_right


class Lines:
    """The lines of a text; only a line feed ends one."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        place = text.find("\n")
        while place >= 0:
            self._starts.append(place + 1)
            place = text.find("\n", place + 1)

    def place(self, offset: int) -> tuple[int, int]:
        r"""Return the line and column of an offset.

        >>> Lines("a\nbc").place(3)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int | None:
        r"""Return the offset of a line and column; None where the text has no such line.

        >>> Lines("a\nbc").offset(2, 2)
        3
        """
        return self._starts[line - 1] + column - 1 if 1 <= line <= len(self._starts) and column >= 1 else None
