"""The page that tells all keys."""

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from annotator.review.keys import HELP


class Help(ModalScreen[None]):
    """All keys, and what the marks mean."""

    def compose(self) -> ComposeResult:
        """Show the page."""
        yield VerticalScroll(Static(HELP, markup=False), id="help")

    def on_key(self, event: events.Key) -> None:
        """Close at any key."""
        event.stop()
        self.dismiss()

    def on_click(self) -> None:
        """Close at a click."""
        self.dismiss()
