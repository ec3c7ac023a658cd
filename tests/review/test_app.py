"""The review application, driven by its real keys and mouse: what it shows, and what it writes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from annotator import baseline, records, verify
from annotator.review import Session
from annotator.review.app import Review
from annotator.review.help import Help
from annotator.review.script import decide
from tests.review.support import EXPECTED, GOLD, make, opened, saved, state_of
from tests.support import TEXT, article

Act = Callable[[Review, Pilot[None]], Awaitable[None]]


def drive(folder: Path, act: Act, size: tuple[int, int] = (80, 24)) -> Session:
    """Open the application, let `act` use it, and return its session, closed."""
    session = opened(folder)

    async def main() -> None:
        app = Review(session, owner="A")
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await act(app, pilot)

    asyncio.run(main())
    session.close()
    return session


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def screen(app: Review) -> str:
    """Return what stands on the screen."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips).replace("\u00a0", " ")


def status(app: Review) -> str:
    return str(app.query_one("#status", Static).render())


async def go(app: Review, pilot: Pilot[None], kind: str, label: str) -> None:
    """Go to a finding by its keys."""
    for _ in range(len(app.queue.shown)):
        if app.finding is not None and (app.finding.kind, app.finding.label) == (kind, label):
            return
        await press(pilot, "down")
    raise AssertionError((kind, label))


def test_the_finding_is_shown_in_its_article_with_both_sides_and_what_is_left(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await go(app, pilot, "boundary", "ACTOR")
        shown = screen(app)
        assert "0 of 7 decided · 7 left" in shown
        assert "boundary ACTOR" in shown
        assert "gold: “Ann Berg”" in shown
        assert "extracted: “Berg”" in shown
        assert "rule: test.rule" in shown
        assert "[-Ann -][Berg]" in shown.replace("\n", " ")
        assert any(line.startswith("▶") and "Ann Berg" in line for line in shown.split("\n"))
        for key in ("a accept", "r reject", "u undo", "w write", "? help"):
            assert key in shown

    drive(folder, act, size=(160, 24))


def test_each_key_decides(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await go(app, pilot, "boundary", "ACTOR")
        await press(pilot, "a")
        assert status(app) == "accepted into gold"
        await go(app, pilot, "missing", "ACTOR")
        await press(pilot, "r", *"it is", "enter")
        assert status(app) == "rejected"
        await go(app, pilot, "spurious", "ACTOR")
        await press(pilot, "k")
        assert app.query_one("#prompt", Input).value == "it is"
        await press(pilot, "backspace", "backspace", *"known", "enter")
        assert "accepted as known" in status(app)
        await go(app, pilot, "type", "EVENT")
        await press(pilot, "s")
        assert "3 of 7 decided · 4 left · 3 not saved" in screen(app)
        assert app.finding is not None
        await press(pilot, "w")
        assert status(app).startswith("saved:")

    session = drive(folder, act)
    result = records.read(session.paths.gold)
    assert any(record.text == "Berg" for record in result.records)
    assert verify(result, article(), gold=True).holds
    assert {entry.why for entry in baseline.read(session.paths.baseline)} == {"it is", "it known"}


def test_it_goes_on_to_what_is_open_and_says_when_all_is_decided(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        for _ in EXPECTED:
            assert app.finding is not None
            assert app.session.state(app.finding) == "open"
            await press(pilot, "a")
        assert status(app) == "accepted into gold; all is decided: w saves"
        await press(pilot, "n")
        assert "no finding is open" in status(app)
        await press(pilot, "w")
        assert "no findings" in screen(app)

    drive(folder, act)


def test_undo_goes_back_to_the_finding(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        first = app.finding
        await press(pilot, "a", "u")
        assert app.finding is first
        assert status(app) == "taken back: accept"
        await press(pilot, "u")
        assert status(app) == "! there is nothing to take back"

    assert saved(drive(folder, act)) == GOLD


def test_what_is_refused_is_told(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await press(pilot, "r", "enter")
        assert status(app) == "! a reason is needed: it goes into the baseline"
        await press(pilot, "a", "up", "a")
        await go(app, pilot, "value", "DATE")

    drive(folder, act)


def test_editing_a_value(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await go(app, pilot, "value", "DATE")
        await press(pilot, "e")
        prompt = app.query_one("#prompt", Input)
        assert prompt.value == "type=date value=2011 mod="
        prompt.value = "type=date value=20x4"
        await press(pilot, "enter")
        assert "no EDTF date" in status(app)
        await press(pilot, "e")
        prompt.value = "type=date value=2012 comment=checked"
        await press(pilot, "enter")
        assert status(app) == "edited"

    assert any(getattr(r, "value", "") == "2012" for r in saved(drive(folder, act)).records)


def test_escape_changes_nothing(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        for keys in (("e", "x"), ("r", "a"), ("b", "right"), ("plus", "right"), ("f", "D"), ("slash", "x")):
            await press(pilot, *keys)
            await press(pilot, "escape")
            assert status(app) == "nothing was changed"
        assert app.session.decisions == []
        await press(pilot, "a")
        assert len(app.session.decisions) == 1

    drive(folder, act)


def test_moving_the_bounds_word_by_word_with_a_preview(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await go(app, pilot, "boundary", "ACTOR")
        await press(pilot, "b")
        assert status(app).startswith("“Ann Berg”")
        await press(pilot, "less_than_sign")
        assert status(app).startswith("“wrote Ann Berg”")
        await press(pilot, "right", "right", "left", "left", "shift+right", "shift+right", "a")
        assert status(app).startswith("“Berg”")
        await press(pilot, "right", "left", "left", "left", "less_than_sign", "enter")
        assert status(app).startswith("bounds changed")

    result = saved(drive(folder, act))
    assert any(record.text == "Ann Berg" for record in result.records)


def test_adding_a_span_by_selecting_words(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await go(app, pilot, "boundary", "ACTOR")
        await press(pilot, "plus")
        assert status(app).startswith("“Ann”")
        await press(pilot, "left", "space", "left", "right", "left", "left", "right", "right")
        assert status(app).startswith("“wrote”")
        await press(pilot, "enter")
        prompt = app.query_one("#prompt", Input)
        assert prompt.value == "ACTOR type= entity="
        prompt.value = "THING x=y"
        await press(pilot, "enter")
        assert "no label; one of DATE" in status(app)
        await press(pilot, "plus", "left", "enter")
        prompt.value = "ACTOR type=bloc entity=bloc:wrote"
        await press(pilot, "enter")
        assert status(app) == "added to gold"

    assert any(record.text == "wrote" for record in saved(drive(folder, act)).records)


def test_moving_over_lines_while_selecting(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await press(pilot, "plus", *["up"] * 9)
        assert app.selection is not None
        assert app.selection.start < 30
        await press(pilot, *["down"] * 19)
        assert app.selection.start > 120

    drive(folder, act)


def test_filter_by_label_and_kind(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await press(pilot, "f", *"actor missing", "enter")
        assert [(f.label, f.kind) for f in app.queue.shown] == [("ACTOR", "missing")]
        assert "filter ACTOR missing (1)" in screen(app)
        await press(pilot, "f", *[*["backspace"] * 20], *"value", "enter")
        assert [(f.label, f.kind) for f in app.queue.shown] == [("DATE", "value")]
        await press(pilot, "f", *[*["backspace"] * 20], *"stale", "enter")
        assert "no findings of this filter" in screen(app)
        await press(pilot, "a", "e", "b", "n", "down", "s")
        await press(pilot, "f", *[*["backspace"] * 20], "enter")
        assert len(app.queue.shown) == len(EXPECTED)

    drive(folder, act)


def test_search_in_findings_and_in_the_article(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await press(pilot, "slash", *"berg", "enter")
        assert app.finding is not None
        assert app.finding.kind == "boundary"
        await press(pilot, "slash", *["backspace"] * 4, *"signed the", "enter")
        assert "is in no finding, but in the article" in status(app)
        await press(pilot, "slash", *["backspace"] * 10, *"zebra", "enter")
        assert "is in no finding and not in the article" in status(app)

    drive(folder, act)


def test_help_tells_every_key_and_closes_at_any(folder: Path) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Help)
        assert "take the extracted side into gold" in screen(app)
        await press(pilot, "a")
        assert not isinstance(app.screen, Help)
        assert app.session.decisions == []

    drive(folder, act)


def test_the_mouse_goes_to_a_finding_selects_words_and_presses_keys(folder: Path) -> None:
    def cell(app: Review, words: str) -> tuple[int, int]:
        place = TEXT.index(words)
        lines = app.article.wrapped
        number = lines.of(place)
        return 2 + place - lines.spans[number][0], number

    async def act(app: Review, pilot: Pilot[None]) -> None:
        await pilot.click("#article", offset=cell(app, "Berg"))
        await pilot.pause()
        assert app.finding is not None
        assert (app.finding.kind, app.finding.label) == ("boundary", "ACTOR")
        await pilot.mouse_down("#article", offset=cell(app, "renewed"))
        await pilot.mouse_up("#article", offset=cell(app, "it in"))
        await pilot.pause()
        assert status(app).startswith("“renewed it”")
        await press(pilot, "escape")
        await pilot.click("#keys", offset=(1, 0))
        await pilot.pause()
        assert status(app).startswith("accepted into gold")

    drive(folder, act, size=(120, 40))


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (40, 12)])
def test_it_is_usable_at_any_size(folder: Path, size: tuple[int, int]) -> None:
    async def act(app: Review, pilot: Pilot[None]) -> None:
        lines = screen(app).split("\n")
        assert len(lines) == size[1]
        assert "decided" in lines[0]
        assert any(line.startswith("▶") for line in lines)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert any(line.startswith("▶") for line in screen(app).split("\n"))
        await press(pilot, "pagedown", "pageup", "a")
        assert len(app.session.decisions) == 1

    drive(folder, act, size)


def test_without_colour_everything_can_still_be_told_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def act(app: Review, pilot: Pilot[None]) -> None:
        await go(app, pilot, "boundary", "ACTOR")
        styles = {
            segment.text: segment.style
            for strip in app.screen._compositor.render_strips(app.size)
            for segment in strip
            if segment.text in ("Ann ", "Berg", "Fjord Accord") and segment.style is not None
        }
        assert styles["Ann "].strike
        assert styles["Berg"].reverse
        assert styles["Fjord Accord"].underline
        assert not styles["Fjord Accord"].reverse

    drive(folder, act, size=(120, 40))


def test_what_was_not_saved_is_taken_up(folder: Path) -> None:
    async def first(app: Review, pilot: Pilot[None]) -> None:
        await press(pilot, "a", "a", "q")

    async def second(app: Review, pilot: Pilot[None]) -> None:
        assert status(app) == "2 decisions of a review that was not saved were taken up"
        assert "2 of 7 decided" in screen(app)

    drive(folder, first)
    drive(folder, second)


def test_an_article_without_findings(folder: Path) -> None:
    session = opened(folder)
    decide(session, {finding.id for finding in session.findings}, set(), why="", owner="A")
    session.close()

    async def act(app: Review, pilot: Pilot[None]) -> None:
        assert "nothing to decide" in screen(app)
        await press(pilot, "a", "r", "e", "b", "s", "n", "p", "down", "slash", "x", "enter", "w", "plus", "escape")

    drive(folder, act)


def test_a_review_by_keys_and_the_same_by_script_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_keys, by_script = tmp_path / "keys", tmp_path / "script"
    make(by_keys)
    make(by_script)
    monkeypatch.chdir(by_keys)

    async def act(app: Review, pilot: Pilot[None]) -> None:
        await go(app, pilot, "missing", "ACTOR")
        await press(pilot, "r", *"there", "enter")
        while app.session.left:
            await press(pilot, "a", "u", "a")
        await press(pilot, "w", "q")

    drive(by_keys, act)
    monkeypatch.chdir(by_script)
    session = opened(by_script)
    missing = {finding.id for finding in session.findings if finding.kind == "missing"}
    decide(session, {f.id for f in session.findings} - missing, missing, why="there", owner="A")
    session.close()
    assert state_of(by_keys) == state_of(by_script)
