"""A real browser for the tests that need one; without it they are skipped, with the reason."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SCREENSHOTS = ROOT / "build/screenshots"


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start the Chromium of the system, or of $CHROMIUM."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no browser: chromium is not installed (apt-get install chromium, or set CHROMIUM)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="no browser driver: pip install playwright")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


class View(NamedTuple):
    """An open page, and what went wrong in it: requests that left it, messages of its console, errors, dialogs."""

    page: "Page"
    trouble: list[str]


@pytest.fixture
def look(browser: "Browser") -> "Iterator[Any]":
    """Return a function that opens a file as a person would, at a width of 1280 pixels unless told otherwise."""
    contexts = []

    def opened(path: Path, *, width: int = 1280, height: int = 900, fragment: str = "", **options: Any) -> View:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        trouble: list[str] = []

        def refuse(dialog: "Dialog") -> None:
            trouble.append(dialog.message)
            dialog.dismiss()

        page.on("request", lambda request: None if request.url.startswith("file:") else trouble.append(request.url))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", refuse)
        page.goto(path.as_uri() + fragment)
        return View(page, trouble)

    yield opened
    for context in contexts:
        context.close()
