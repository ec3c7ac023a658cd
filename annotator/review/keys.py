"""The keys of the application and what they do, its help, and how its parts are laid out."""

from textual.binding import Binding

KEYS = (
    ("a", "accept", "take the extracted side into gold"),
    ("r", "reject", "gold is right: into the baseline, with a reason"),
    ("k", "known", "accept as a known gap: into the baseline, with a reason"),
    ("e", "edit", "type what gold shall say: value, entity, type, …"),
    ("b", "bounds", "move the span’s ends word by word, with a preview"),
    ("+", "add", "add a span: select words, then say what they are"),
    ("s", "skip", "put it off; it is asked again"),
    ("u", "undo", "take the last decision back"),
    ("n", "next", "go to the next finding that is open (down: the next of all)"),
    ("p", "previous", "go to the previous one that is open (up: of all)"),
    ("f", "filter", "show only some labels and kinds, as: DATE value"),
    ("/", "search", "go to the next finding, or place, with some words"),
    ("w", "write", "save: verify, then write gold and baseline"),
    ("q", "quit", "leave; what is not saved is kept and taken up again"),
    ("?", "help", "this page"),
)
"""Every key with its short and its long name."""

HELP = "\n".join(
    [
        "Each finding is a place where gold and the extracted annotations differ,",
        "or where something does not hold. Decide which side is right.",
        "",
        *(f"  {key}  {long}" for key, _, long in KEYS),
        "",
        "▶ points at the lines of the finding: words of gold alone are struck through,",
        "extracted ones underlined. Beside it, [-words-] are in gold, {+words+} were",
        "extracted, [words] are both. By mouse: click a finding or a key, drag over",
        "words to add a span. PgUp and PgDn scroll the article. Each decision is on",
        "the disk before it is shown; gold changes when you save (w).",
        "Any key closes this page.",
    ]
)

BINDINGS = (
    Binding("a", "accept"), Binding("r", "reject"), Binding("k", "known"), Binding("e", "edit"),
    Binding("b", "bounds"), Binding("plus", "add"), Binding("s", "skip"), Binding("u", "undo"),
    Binding("n", "next"), Binding("p", "previous"), Binding("down", "step(1)"), Binding("up", "step(-1)"),
    Binding("f", "filter"), Binding("slash", "search"), Binding("w", "write"), Binding("q", "leave"),
    Binding("question_mark", "help"), Binding("pagedown", "page(1)"), Binding("pageup", "page(-1)"),
)  # fmt: skip
"""The actions of the keys."""

CSS = """
#head { height: 1; background: $panel; text-style: bold; }
#article { width: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
#side { width: 45%; max-width: 70; border-left: solid $primary; padding: 0 1; scrollbar-size-vertical: 1; }
#status { height: auto; max-height: 3; background: $panel; }
#prompt { display: none; height: 1; border: none; padding: 0; background: $surface; }
#keys { height: auto; background: $panel; }
Help { align: center middle; }
#help { width: 88; max-width: 100%; height: auto; max-height: 100%; border: solid $primary; background: $surface; }
"""
"""The layout."""


def key_line() -> str:
    """Return the line of keys, each of which can be clicked."""
    names = {"+": "add", "?": "help", "/": "search", "n": "next", "p": "previous", "q": "leave", "w": "write"}
    return " ".join(f"[@click=app.{names.get(key, short)}][b]{key}[/b]\u00a0{short}[/]" for key, short, _ in KEYS)
