"""A span is chosen by keys: the ends of one that is there are moved, or words are selected for a new one."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from annotator.errors import UsageError
from annotator.model import Finding
from annotator.review.article import Marked
from annotator.review.rows import FIELDS, Row, parse

if TYPE_CHECKING:
    from annotator.review.app import Review


class Selection(ABC):
    """A span that is being chosen by keys: a place in the article, and what is done with it in the end."""

    def __init__(self, app: "Review", start: int, end: int) -> None:
        self.app = app
        self.start = start
        self.end = end

    def key(self, key: str) -> bool:
        """Act on a key; return whether it was one for this."""
        if key == "escape":
            self.app.stop_selecting("nothing was changed")
        elif key == "enter":
            self.done()
        else:
            return self.move(key)
        return True

    def show(self) -> None:
        """Show the span in the article and in words."""
        words = self.app.session.article.text[self.start : self.end]
        self.app.article.mark([Marked(self.start, self.end, "both")])
        self.app.article.look_at(self.start)
        self.app.say(f"“{words}”  {self.help}")

    help = ""

    @abstractmethod
    def move(self, key: str) -> bool:
        """Move by a key; return whether it moves anything."""

    @abstractmethod
    def done(self) -> None:
        """Take the span."""


class Bounds(Selection):
    """Moves the ends of a span that is there."""

    help = "← → move the end, < > the start; return: yes, escape: no"

    def __init__(self, app: "Review", finding: Finding, row: Row) -> None:
        super().__init__(app, row["start"], row["end"])
        self.finding = finding

    def move(self, key: str) -> bool:
        """Move an end by a word."""
        tokens, by = self.app.tokens, 1 if key in ("right", "shift+right", "greater_than_sign") else -1
        if key in ("left", "right"):
            end = tokens.end(self.end, by)
            self.end = end if end > self.start else self.end
        elif key in ("shift+left", "shift+right", "less_than_sign", "greater_than_sign"):
            start = tokens.start(self.start, by)
            self.start = start if start < self.end else self.start
        else:
            return False
        self.show()
        return True

    def done(self) -> None:
        """Let gold have these bounds."""
        app, session = self.app, self.app.session
        place = session.place(self.start, self.end)
        app.selection = None
        app.attempt(lambda: session.edit(self.finding, place), "bounds changed")


class Selecting(Selection):
    """Selects words for a new span."""

    help = "← → ↑ ↓ move, space holds the first word; return: yes, escape: no"

    def __init__(self, app: "Review", first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        last = last or first
        super().__init__(app, first[0], last[1])
        self.held = first if last != first else None
        self.word = last

    def move(self, key: str) -> bool:
        """Move by a word or a line, or hold the word."""
        steps = {"left": -1, "right": 1}
        if key == "space":
            self.held = None if self.held is not None else self.word
        elif key in steps:
            self.word = self.app.tokens.next(self.word, steps[key])
        elif key in ("up", "down"):
            self.word = self._line(-1 if key == "up" else 1)
        else:
            return False
        first, last = sorted((self.held or self.word, self.word))
        self.start, self.end = first[0], last[1]
        self.show()
        return True

    def _line(self, by: int) -> tuple[int, int]:
        """Return the word in the line above or below."""
        lines, text = self.app.article.wrapped, self.app.session.article.text
        number = lines.of(self.word[0])
        column = self.word[0] - lines.spans[number][0]
        following = range(number + by, len(lines.spans) if by > 0 else -1, by)
        other = next((lines.spans[n] for n in following if text[slice(*lines.spans[n])].strip()), None)
        return self.word if other is None else self.app.tokens.at(min(other[0] + column, other[1] - 1))

    def done(self) -> None:
        """Ask what the words are, and add them."""
        app, start, end = self.app, self.start, self.end
        app.selection = None

        def answer(words: str) -> None:
            label, _, said = words.strip().partition(" ")
            app.attempt(lambda: app.session.add(start, end, _label(label), parse(said, _label(label))), "added to gold")

        app.ask(
            f"what is “{app.session.article.text[start:end][:40]}”? LABEL key=value …", "ACTOR type= entity=", answer
        )


def _label(word: str) -> str:
    if word.upper() not in FIELDS:
        raise UsageError(f"“{word}” is no label; one of {', '.join(FIELDS)}")
    return word.upper()
