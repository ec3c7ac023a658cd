"""The terminal application: the article on one side, a finding on the other, one key a decision."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from annotator.errors import AnnotatorError, UsageError
from annotator.model import Finding
from annotator.review.article import ArticleView, Marked, marked
from annotator.review.help import Help
from annotator.review.keys import BINDINGS, CSS, key_line
from annotator.review.layout import Words
from annotator.review.prompt import Answer, Prompt
from annotator.review.queue import Queue
from annotator.review.rows import fields, parse
from annotator.review.selecting import Bounds, Selecting, Selection
from annotator.review.session import Session
from annotator.review.words import detail


class Review(App[None]):
    """Reviews one document."""

    TITLE = "annotator review"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = list(BINDINGS)

    def __init__(self, session: Session, *, owner: str, more: str = "", narrowed: str = "") -> None:
        """Review `session`; `owner` goes into the baseline, `more` tells of other documents that wait.

        `narrowed` are labels and kinds to begin with.
        """
        super().__init__()
        self.session = session
        self.owner = owner
        self.more = more
        self.queue = Queue(session)
        self.narrowed = narrowed
        self.drawn = 0
        self.why = ""
        self.wanted = ""
        self.selection: Selection | None = None
        cuts = (edge for mark in session.reading.marks for edge in (mark.start, mark.end))
        self.tokens = Words(session.article.text, cuts)

    def compose(self) -> ComposeResult:
        """Show head, article, finding, status, prompt and keys."""
        yield Static(id="head", markup=False)
        with Horizontal():
            article = ArticleView(self.session.article.text)
            article.id = "article"
            yield article
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="detail", markup=False)
        yield Static(id="status", markup=False)
        yield Prompt()
        yield Static(key_line(), id="keys")

    def on_mount(self) -> None:
        """Show the first finding that is open."""
        resumed = self.session.resumed
        self.queue.narrow(self.narrowed)
        self.queue.at = self.queue.open(0, 1) or 0
        self.say(f"{resumed} decisions of a review that was not saved were taken up" if resumed else self._greeting())
        self.update()

    def _greeting(self) -> str:
        return (
            "? tells all keys"
            if self.session.findings
            else "nothing to decide: gold and the extracted annotations agree"
        )

    # What is shown

    @property
    def article(self) -> ArticleView:
        """The article on the screen."""
        return self.query_one("#article", ArticleView)

    @property
    def finding(self) -> Finding | None:
        """The finding that is looked at."""
        return self.queue.finding

    def say(self, words: str) -> None:
        """Tell something in the status line."""
        self.query_one("#status", Static).update(words)

    def update(self) -> None:
        """Show the finding that is looked at, where it is, and how much is left."""
        session, queue, finding = self.session, self.queue, self.finding
        decided = len(session.findings) - session.left
        head = f" {session.article.doc}  {decided} of {len(session.findings)} decided · {session.left} left"
        head += f" · {session.unsaved} not saved" if session.unsaved else ""
        head += f" · filter {queue.filter} ({len(queue.shown)})" if queue.filter else ""
        self.query_one("#head", Static).update(head + self.more)
        panel = self.query_one("#detail", Static)
        if finding is None:
            panel.update("no findings" + (" of this filter; f and return show all" if queue.filter else ""))
            self._show([])
            return
        panel.update(detail(finding, queue.at + 1, len(queue.shown), session))
        marks = marked(finding)
        self._show(marks)
        self.article.look_at(marks[0].start)

    def _show(self, marks: list[Marked]) -> None:
        """Show the article with what stands out; gold's spans are sorted anew only where they have changed."""
        if self.drawn != self.session.changes:
            self.article.show(self.session.rows)
            self.drawn = self.session.changes
        self.article.mark(marks)

    def go(self, number: int | None) -> None:
        """Look at another finding."""
        if number is not None:
            self.queue.at = number
            self.update()

    def after(self, words: str) -> None:
        """Tell what was decided and go on to the next finding that is open."""
        following = self.queue.open(self.queue.at + 1, 1)
        self.say(words if following is not None else f"{words}; all is decided: w saves")
        if following is not None:
            self.queue.at = following
        self.update()

    def attempt(self, act: Callable[[], object], words: str) -> None:
        """Do something that may be refused, and tell what came of it."""
        try:
            act()
        except AnnotatorError as error:
            self.say(f"! {error}")
        else:
            self.after(words)

    # Asking

    @property
    def prompt(self) -> Prompt:
        """The line in which something is typed."""
        return self.query_one("#prompt", Prompt)

    def ask(self, question: str, value: str, answer: Answer) -> None:
        """Ask for a line of text."""
        self.prompt.ask(value, answer)
        self.say(f"{question} (return: yes, escape: no)")

    def on_prompt_given_up(self) -> None:
        """Tell that nothing came of a question."""
        self.say("nothing was changed")
        self.update()

    def on_key(self, event: events.Key) -> None:
        """Let keys move an end or a selection while one is moved."""
        if self.selection is not None and self.selection.key(event.key):
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no other key act while a question is asked or a span is chosen."""
        return not self.prompt.asking and self.selection is None

    # Deciding

    def action_accept(self) -> None:
        """Take the extracted side into gold."""
        if (finding := self.finding) is not None:
            self.attempt(lambda: self.session.accept(finding), "accepted into gold")

    def action_reject(self) -> None:
        """Leave gold as it is, for good."""
        self._refuse("why is it rejected?", "rejected", known=False)

    def action_known(self) -> None:
        """Accept the finding as a known gap."""
        self._refuse("why is it accepted as known?", "accepted as known", known=True)

    def _refuse(self, question: str, words: str, *, known: bool) -> None:
        finding = self.finding
        if finding is None:
            return

        def answer(why: str) -> None:
            self.why = why
            self.attempt(lambda: self.session.reject(finding, why=why, owner=self.owner, known=known), words)

        self.ask(question, self.why, answer)

    def action_edit(self) -> None:
        """Type what gold shall say."""
        finding = self.finding
        if finding is None:
            return
        try:
            row = self.session.row(finding)
        except UsageError as error:
            self.say(f"! {error}")
            return
        label = row["label"]
        self.ask(
            f"what shall gold say of “{row['text'][:40]}”?", fields(row),
            lambda words: self.attempt(lambda: self.session.edit(finding, parse(words, label)), "edited"),
        )  # fmt: skip

    def action_skip(self) -> None:
        """Put the finding off."""
        if (finding := self.finding) is not None:
            self.attempt(lambda: self.session.skip(finding), "skipped")

    def action_undo(self) -> None:
        """Take the last decision back and look at its finding."""
        try:
            entry = self.session.undo()
        except AnnotatorError as error:
            self.say(f"! {error}")
            return
        self.say(f"taken back: {entry.verdict}")
        place = self.queue.place(entry.finding)
        self.go(self.queue.at if place is None else place)

    def action_write(self) -> None:
        """Verify, and write gold and baseline; that this is under way is shown first."""
        self.say("verifying and saving …")
        self.call_after_refresh(self._save)

    def _save(self) -> None:
        try:
            self.session.save()
        except AnnotatorError as error:
            self.say(f"! {error}")
            return
        self.narrow(self.queue.filter)
        self.say(f"saved: {self.session.paths.gold}; {len(self.session.findings)} findings are left")

    def action_leave(self) -> None:
        """Leave; what is not saved stays in the journal."""
        self.exit()

    # Moving

    def action_next(self) -> None:
        """Go to the next open finding."""
        self._jump(1)

    def action_previous(self) -> None:
        """Go to the previous open finding."""
        self._jump(-1)

    def _jump(self, by: int) -> None:
        following = self.queue.open(self.queue.at + by, by)
        if following is None:
            self.say("no finding is open; w saves")
        self.go(following)

    def action_step(self, by: int) -> None:
        """Go to the next finding, open or not."""
        self.go(self.queue.step(by))

    def action_page(self, by: int) -> None:
        """Scroll the article."""
        self.article.scroll_relative(y=by * max(self.article.size.height - 2, 1), animate=False, force=True)

    def action_help(self) -> None:
        """Show all keys."""
        self.push_screen(Help())

    def action_filter(self) -> None:
        """Show only some labels and kinds."""
        self.ask("labels and kinds to show, nothing for all, as: DATE value", self.queue.filter, self.narrow)

    def narrow(self, words: str) -> None:
        """Show only the findings of the labels and kinds in `words`, all where there are none."""
        self.queue.narrow(words)
        shown = len(self.queue.shown)
        self.say(f"{shown} findings" if shown else "no findings of this filter")
        self.update()

    def action_search(self) -> None:
        """Go to the next finding with some words."""
        self.ask("search for", self.wanted, self.search)

    def search(self, words: str) -> None:
        """Go to the next finding that has the words, else show the next place of the article that has them."""
        self.wanted = words
        found = self.queue.search(words)
        if found is not None:
            self.say(f"found in finding {found + 1}")
            self.go(found)
            return
        text = self.session.article.text
        here = self.article.first_marked + 1
        place = text.find(words, here) if words in text[here:] else text.find(words)
        if not words or place < 0:
            self.say(f"“{words}” is in no finding and not in the article")
            return
        self.article.mark([Marked(place, place + len(words), "both")])
        self.article.look_at(place)
        self.say(f"“{words}” is in no finding, but in the article")

    # Spans

    def action_bounds(self) -> None:
        """Move the ends of the span word by word."""
        finding = self.finding
        if finding is None:
            return
        try:
            row = self.session.row(finding)
        except UsageError as error:
            self.say(f"! {error}")
            return
        self.selection = Bounds(self, finding, row)
        self.selection.show()

    def action_add(self) -> None:
        """Select words for a new span."""
        word = self.tokens.at(self.finding.start if self.finding is not None else 0)
        self.selection = Selecting(self, word)
        self.selection.show()

    def on_article_view_chosen(self, event: ArticleView.Chosen) -> None:
        """Go to the finding that was clicked, or select the words that were dragged over."""
        if self.prompt.asking or isinstance(self.selection, Bounds):
            return
        if event.dragged or self.selection is not None:
            self.selection = Selecting(self, self.tokens.at(event.start), self.tokens.at(event.end))
            self.selection.show()
            return
        self.go(self.queue.at_offset(event.start))

    def stop_selecting(self, words: str) -> None:
        """Let keys decide again."""
        self.selection = None
        self.say(words)
        self.update()
