"""The dossier in a real browser: pointing, keys, filters, search, paper, and people who cannot see or point."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from annotator.report import dossier as dossier_
from tests.browser.conftest import SCREENSHOTS
from tests.conftest import ROOT
from tests.support import article, extracted, filled
from tests.test_dossier import HOSTILE, article_page, hostile_page, made

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dossier") / "japan-europe.html"
    path.write_bytes(article_page())
    return path


VIEWS: dict[str, dict[str, Any]] = {
    "desk": {"width": 1280}, "desk, dark": {"width": 1280, "color_scheme": "dark"},
    "phone": {"width": 390, "height": 844}, "phone, dark": {"width": 390, "height": 844, "color_scheme": "dark"},
}  # fmt: skip


@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_and_nothing_leaves_the_page(look: Any, dossier: Path, name: str) -> None:
    view = look(dossier, **VIEWS[name])
    page = view.page
    page.locator("#text a.m").first.click()
    page.locator("#records .more").click()
    axe_playwright = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="no axe: pip install axe-playwright-python"
    )
    found = axe_playwright.Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[name]["width"]
    assert view.trouble == []


@pytest.mark.parametrize("name", VIEWS)
def test_screenshots_are_kept(look: Any, dossier: Path, name: str) -> None:
    page = look(dossier, **VIEWS[name]).page
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"\W+", "-", name)
    for part in ("", "timeline", "agreements", "text", "gaps", "scores"):
        page.evaluate(
            "part => document.querySelector(part || 'body').scrollIntoView({behavior: 'instant'})", part and f"#{part}"
        )
        path = SCREENSHOTS / f"dossier-{slug}-{part or 'top'}.png"
        page.screenshot(path=str(path))
        assert path.stat().st_size > 10_000


def test_pointing_at_a_word_tells_its_value(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    mark = page.locator("#text a.d", has_text="April 15, 2013").first
    mark.hover()
    assert "2013-04-15" in page.locator("#inspector").inner_text()
    assert mark.get_attribute("aria-describedby") == "said"
    assert "2013-04-15" in (page.locator("#said").text_content() or "")


def test_the_keyboard_walks_from_annotation_to_annotation(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    assert page.evaluate("document.querySelectorAll('#text article [tabindex=\"0\"]').length") == 1
    page.locator("#text article [tabindex='0']").focus()
    first = page.locator("#inspector .quote").inner_text()
    page.keyboard.press("ArrowRight")
    second = page.locator("#inspector .quote").inner_text()
    assert (first, second) == ("Japan", "Europe")
    page.keyboard.press("Enter")
    assert "pinned" in (page.locator("#inspector").get_attribute("class") or "")
    page.keyboard.press("Escape")
    assert "pinned" not in (page.locator("#inspector").get_attribute("class") or "")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.matches('#text article a')")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_row_leads_to_its_place(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    link = page.locator(".deal .what a").first
    target = (link.get_attribute("href") or "")[1:]
    link.click()
    assert page.evaluate("document.activeElement.id") == target
    assert page.locator(f"#{target}").is_visible()
    assert "Event" in page.locator("#inspector .head").inner_text()


def test_a_link_from_elsewhere_leads_to_its_place(look: Any, dossier: Path) -> None:
    ids = re.findall(r'id="(r-[0-9a-f]{12})"', dossier.read_text("utf-8"))
    page = look(dossier, fragment=f"#{ids[-1]}").page
    assert page.evaluate("document.activeElement.id") == ids[-1]


def shown(page: "Page", selector: str) -> int:
    return page.locator(f"{selector}:visible").count()


def settle(page: "Page") -> str:
    page.locator(".status:not(:empty)").wait_for()
    return page.locator(".status").inner_text()


def test_filter_by_label(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    page.locator("input[value=ACTOR]").uncheck()
    settle(page)
    assert page.locator("#text article a.a:not(.off)").count() == 0
    assert page.locator("#text article a.d:not(.off)").count() > 100
    assert shown(page, ".actors li") == 0


def test_filter_by_actor(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    before = shown(page, ".deal")
    page.locator("select[name=actor]").select_option("state:it")
    settle(page)
    assert 0 < shown(page, ".deal") < before
    assert all("Italy" in words for words in page.locator(".deal:visible .parties").all_inner_texts())
    assert set(page.locator("#text article a.a:not(.off)").all_inner_texts()) <= {"Italy", "Rome"}


def test_filter_by_finding(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    page.locator("select[name=kind]").select_option("spurious")
    settle(page)
    assert shown(page, ".sentence") == page.locator(".sentence[data-kinds~=spurious]").count() > 0


def test_filter_by_year(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    page.locator("input[name=from]").fill("2017")
    page.locator("input[name=to]").fill("2017")
    settle(page)
    assert 0 < shown(page, ".row") < page.locator(".row").count()
    assert page.locator("#text article a.a:not(.off)").count() == 0
    page.locator("button[type=reset]").click()
    page.locator(".status:empty").wait_for(state="attached")
    assert shown(page, ".row") == page.locator(".row").count()


def test_search_finds_annotations_rows_and_words(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    page.locator("input[name=q]").fill("acsa")
    words = settle(page)
    assert re.search(r"[1-9]\d* places in the text", words)
    assert all("ACSA" in words for words in page.locator(".deal:visible").all_inner_texts())
    assert page.evaluate("CSS.highlights.get('search').size") > 0
    page.locator("input[name=q]").fill("nothing like that")
    page.locator(".status", has_text=" · 0 places").wait_for()
    assert shown(page, ".deal") == 0


def test_a_gap_is_reached_also_when_it_is_filtered_away(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    page.locator("input[name=q]").fill("nothing like that")
    page.locator(".status", has_text="0 of").wait_for()
    page.evaluate("location.hash = '#gap-1'")
    page.locator("#gap-1").wait_for(state="visible")


def test_the_record_is_shown_as_its_file_has_it(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    mark = page.locator("#text a.d", has_text="April 15, 2013").first
    mark.click()
    page.locator("#inspector summary").click()
    page.locator("#inspector pre").wait_for()
    record = json.loads(page.locator("#inspector pre").inner_text())
    lines = [json.loads(line) for line in (ROOT / "annotations/japan-europe.jsonl").read_text("utf-8").splitlines()]
    assert record == next(line for line in lines if line.get("id") == record["id"])


def test_the_list_of_records_grows_on_demand(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    assert page.locator(".records li").count() == 0
    page.locator(".more").click()
    assert page.locator(".records li").count() == 200
    page.locator(".records summary").first.click()
    page.locator(".records pre").first.wait_for()


def test_a_footnote_mark_shows_its_note(look: Any, tmp_path: Path) -> None:
    text = "Norway signed in 2010.1 Chile followed.2\n\nNotes\n\n1. The Fjord Gazette, 4 May 2010.\n2. Ibid.\n"
    lines = [{"label": "CITATION", "text": "1", "occurrence": 2}, {"label": "CITATION", "text": "2", "occurrence": 2}]
    path = tmp_path / "noted.html"
    path.write_bytes(dossier_.page(made(article(text), extracted(filled(lines, text)), None)))
    page = look(path).page
    page.locator("#text a.c").first.click()
    link = page.locator("#inspector dd a")
    assert link.inner_text() == "1. The Fjord Gazette, 4 May 2010."
    link.click()
    assert (
        page.evaluate("document.querySelector(':target').parentElement.textContent")
        == "1. The Fjord Gazette, 4 May 2010."
    )


def test_a_phone_shows_the_annotation_below(look: Any, dossier: Path) -> None:
    page = look(dossier, width=390, height=844, has_touch=True).page
    assert not page.locator("#inspector").is_visible()
    page.locator("#text a.m").first.tap()
    assert page.locator("#inspector").is_visible()
    page.locator("#inspector .close").tap()
    assert not page.locator("#inspector").is_visible()
    page.locator(".filters summary").tap()
    assert page.locator("input[name=q]").is_visible()


def test_without_script_everything_but_the_tools_is_there(look: Any, dossier: Path) -> None:
    page = look(dossier, java_script_enabled=False).page
    for part in ("#timeline", "#agreements", "#text article", "#gaps", "#scores", "#actors"):
        assert page.locator(part).is_visible()
    assert not page.locator(".filters").is_visible()


def test_it_prints(look: Any, dossier: Path) -> None:
    page = look(dossier).page
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.locator("#gaps").is_visible()
    paper = page.pdf(format="A4")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / "dossier.pdf").write_bytes(paper)
    assert paper.startswith(b"%PDF") and paper.count(b"/Type /Page") > 5


def test_nothing_hostile_runs(look: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(hostile_page())
    view = look(path)
    page = view.page
    for mark in page.locator("#text article a.m").all():
        mark.hover()
    page.locator(".more").click()
    assert view.trouble == []
    assert page.locator("img, iframe, object, embed, base, #text article script").count() == 0
    assert HOSTILE in page.locator("#text article").inner_text()
    assert page.evaluate("window.owned") is None


def test_what_is_smuggled_in_is_not_run(look: Any, dossier: Path, tmp_path: Path) -> None:
    """The policy holds even if something were not escaped."""
    path = tmp_path / "smuggled.html"
    smuggled = (
        '<script>window.owned = 1</script><img src=x onerror="window.owned = 1"><p id="styled" style="color: red">x</p>'
    )
    path.write_text(dossier.read_text("utf-8").replace("<main>", f"<main>{smuggled}"), "utf-8")
    view = look(path)
    assert view.page.evaluate("window.owned") is None
    assert view.page.evaluate("getComputedStyle(document.querySelector('#styled')).color") != "rgb(255, 0, 0)"
    assert any("Content Security Policy" in words for words in view.trouble)
