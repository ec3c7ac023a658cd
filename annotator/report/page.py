"""Pages that stand alone: one jinja2 environment that escapes everything, and a policy that lets nothing in or out.

The policy allows the one style and the one script that this package carries, by their digests, and nothing else: no
address is ever asked, and what a text might smuggle in is neither run nor applied.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from jinja2 import Environment

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What would end a script element or a line of script, as JSON writes it."""


def render(template: str, look: str, library: str = "", **values: Any) -> bytes:
    """Return the page that a template makes of values, with the style and script called `look`.

    `library` is a script to run before it. What is not text is written as the replacement character.
    """
    from markupsafe import Markup

    style, script = asset(f"{look}.css"), asset(f"{look}.js")
    own = {"style": Markup(style), "script": Markup(script), "library": Markup(library)}
    scripts = [script, library] if library else [script]
    page = _environment().get_template(template).render(**own, policy=policy(scripts, style), **values)
    return page.encode("utf-8", "replace")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from annotator.report.words import LABELS, date_words
    from annotator.timeline import WORDS

    environment = Environment(
        loader=PackageLoader("annotator.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(date_words=date_words, embedded=embedded, web=web)
    environment.globals.update(labels=LABELS, words=WORDS)
    return environment


def policy(scripts: Sequence[str], style: str) -> str:
    """Return the Content-Security-Policy that allows these scripts and this style, and nothing else."""
    run = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {run}; style-src 'sha256-{_digest(style)}'; base-uri 'none'; "
        "form-action 'none'"
    )


def _digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def asset(name: str) -> str:
    """Return a style or script of this package; these alone are put into pages as they stand."""
    return files("annotator.report").joinpath("templates", name).read_text("utf-8")


def embedded(value: Any) -> str:
    r"""Return a value as JSON that can stand in a script element, whatever texts it holds.

    >>> print(embedded({"text": "</script>"}))
    {"text":"\u003c/script\u003e"}
    """
    from markupsafe import Markup

    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in ESCAPES.items():
        content = content.replace(character, escape)
    return Markup(content)


def web(address: str | None) -> str | None:
    """Return an address that a page may link to: http or https, else None.

    >>> web("https://example.org/a"), web("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None
