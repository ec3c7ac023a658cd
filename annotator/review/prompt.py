"""The line in which something is typed; it is hidden until something is asked."""

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import Input

Answer = Callable[[str], None]


class Prompt(Input):
    """Asks for one line at a time: return gives it to who asked, escape gives it up."""

    class GivenUp(Message):
        """Escape was pressed."""

    def __init__(self) -> None:
        super().__init__(id="prompt", compact=True, select_on_focus=False)
        self._answer: Answer | None = None

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._answer is not None

    def ask(self, value: str, answer: Answer) -> None:
        """Let a line be typed, beginning with `value`."""
        self._answer = answer
        self.display = True
        self.value = value
        self.cursor_position = len(value)
        self.focus()

    def _stop(self) -> Answer | None:
        answer, self._answer = self._answer, None
        self.display = False
        self.app.set_focus(None)
        return answer

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line to who asked."""
        event.stop()
        answer = self._stop()
        if answer is not None:
            answer(event.value)

    def on_key(self, event: events.Key) -> None:
        """Give up at escape."""
        if event.key == "escape":
            event.stop()
            self._stop()
            self.post_message(self.GivenUp())
