"""The dossier as text: what it shows, what it escapes, what it refuses."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any

import msgspec
import pytest

from annotator import baseline, records
from annotator.errors import SourceError
from annotator.model import Annotations, Article, Finding
from annotator.report import dossier
from annotator.report.gaps import by_sentence
from annotator.report.page import embedded, web
from annotator.report.passages import Passages, Shown
from annotator.source import read_article
from tests.conftest import ROOT
from tests.support import TEXT, article, changed, extracted, filled, without

HOSTILE = '</script><script>window.owned=1</script><img src=x onerror="window.owned=1">"\'&amp;{{7*7}}{% raw %}'


def plain(findings: Sequence[Finding]) -> baseline.Sorted:
    """Sort findings by an empty baseline."""
    return baseline.sort(findings, (), today=date(2022, 1, 1))


def made(text: Article, found: Annotations | None, gold: Annotations | None) -> dossier.Dossier:
    return dossier.assemble(text, extracted=found, gold=gold, accepted=plain)


def article_page() -> bytes:
    """Return the dossier of the project's article, from the stored records."""
    text = read_article(ROOT / "corpus/japan-europe.txt")
    found = records.read(ROOT / "annotations/japan-europe.jsonl")
    return dossier.page(made(text, found, records.read(ROOT / "annotations/japan-europe.gold.jsonl")))


def hostile_page() -> bytes:
    """Return the dossier of an article in which everything that can be chosen is an attack."""
    words = f"In 1999, {HOSTILE} signed the {HOSTILE} with Norway.1\n"
    lines: list[dict[str, Any]] = [
        {"label": "DATE", "text": "1999", "type": "date", "value": "1999", "id": "when"},
        {"label": "ACTOR", "text": HOSTILE, "occurrence": 1, "type": "person", "entity": f"person:{HOSTILE}", "name": HOSTILE},
        {"label": "AGREEMENT", "text": HOSTILE, "occurrence": 2, "kind": "treaty", "entity": f"agr:{HOSTILE}", "name": HOSTILE,
         "parties": [f"person:{HOSTILE}", "state:no"]},
        {"label": "ACTOR", "text": "Norway", "type": "state", "entity": "state:no"},
        {"label": "EVENT", "text": words[:-3], "event": "signed", "date": "when", "entity": f"agr:{HOSTILE}"},
    ]  # fmt: skip
    text = msgspec.structs.replace(
        article(words), doc=HOSTILE.replace("/", ""), title=HOSTILE, author=HOSTILE, url=f"javascript:{HOSTILE}"
    )
    gold = filled(lines, words)
    return dossier.page(made(text, extracted(without(gold, 1)), gold), index=f"javascript:{HOSTILE}")


class Words(HTMLParser):
    """Collects the words of the article and every address and attribute of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._depth: list[bool] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it, with its attributes."""
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "article" and "class" not in attributes:
            self._inside = True
        if tag == "a":
            self._depth.append(attributes.get("class") == "flag")

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if tag == "article":
            self._inside = False
        if tag == "a":
            self._depth.pop()

    def handle_data(self, data: str) -> None:
        """Keep the article’s own words."""
        if self._inside and not any(self._depth):
            self.text += data


def parsed(page: bytes) -> Words:
    words = Words()
    words.feed(page.decode())
    return words


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def page() -> bytes:
    return article_page()


def test_the_article_stands_as_set(page: bytes) -> None:
    assert squeezed(parsed(page).text) == squeezed((ROOT / "corpus/japan-europe.txt").read_text("utf-8"))


def test_it_is_light(page: bytes) -> None:
    assert len(page) < 1_500_000


def test_the_same_input_gives_the_same_page(page: bytes) -> None:
    assert article_page() == page


def test_every_link_inside_has_its_place(page: bytes) -> None:
    tags = parsed(page).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    links = {attributes["href"] for tag, attributes in tags if tag == "a" and "href" in attributes}
    assert len(ids) == len(set(ids))
    assert {link for link in links if link and not (link.startswith("#") and link[1:] in ids)} == set()


def test_nothing_is_asked_of_the_network(page: bytes) -> None:
    for tag, attributes in parsed(page).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "audio", "video")
        assert not {"src", "srcset", "style", "action"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    css = (ROOT / "annotator/report/templates/dossier.css").read_text("utf-8")
    assert not re.search(r"url\(|@import", css)


def test_the_policy_allows_what_is_in_the_page_and_no_more(page: bytes) -> None:
    html = page.decode()
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[0].replace("&#39;", "'")
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        content = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
        assert len(content) == 1
        digest = base64.b64encode(hashlib.sha256(content[0].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_is_hostile_is_words() -> None:
    html = hostile_page().decode()
    words = parsed(html.encode())
    assert squeezed(words.text) == squeezed(f"In 1999, {HOSTILE} signed the {HOSTILE} with Norway.1")
    assert [tag for tag, _ in words.tags].count("script") == 2
    assert not [tag for tag, _ in words.tags if tag == "img"]
    assert not [attributes for _, attributes in words.tags if any(name.startswith("on") for name in attributes)]
    assert not [
        a["href"]
        for tag, a in words.tags
        if tag == "a" and (a.get("href") or "").startswith("javascript:") and a["href"] != f"javascript:{HOSTILE}"
    ]
    assert "{{7*7}}" in words.text


DATA = {
    "end of a script": "</script>", "comment": "<!--", "ampersand": "&", "line separators": "\u2028\u2029", "plain": "é“”",
}  # fmt: skip


@pytest.mark.parametrize("name", DATA)
def test_data_in_a_page_cannot_end_it(name: str) -> None:
    content = embedded({"text": DATA[name]})
    assert not set(content) & set("<>&\u2028\u2029")
    assert json.loads(content) == {"text": DATA[name]}


ADDRESSES = {
    "https": ("https://example.org", True), "http": ("http://example.org", True), "script": ("javascript:alert(1)", False),
    "data": ("data:text/html,x", False), "capitals": ("JavaScript:alert(1)", False), "with a blank": (" javascript:alert(1)", False),
    "broken": ("http://[", False), "none": (None, False), "relative": ("a/b", False),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_only_addresses_of_the_web_are_linked(name: str) -> None:
    address, linked = ADDRESSES[name]
    assert web(address) == (address if linked else None)


def test_every_gap_stands_beside_its_sentence() -> None:
    gold = filled()
    result = made(article(), changed(extracted(gold), 0, text="Norway", entity="state:se"), gold)
    sentences = by_sentence(result.gaps, result.evidence, gold.records, result.records)
    assert sum(len(sentence.gaps) for sentence in sentences) == len(result.gaps) > 0
    html = dossier.page(result).decode()
    for gap in result.gaps:
        assert f'id="gap-{gap.number}"' in html


def test_what_only_gold_has_is_set_in_the_text() -> None:
    gold = filled()
    html = dossier.page(made(article(), extracted(without(gold, 0)), gold)).decode()
    assert re.search(r'<a class="m a only gap" id="g-[0-9a-f]+" href="#g-[0-9a-f]+">Norway</a>', html)


@pytest.mark.parametrize("side", ["extracted", "gold", "both"])
def test_one_side_is_enough(side: str) -> None:
    gold = filled()
    found = None if side == "gold" else extracted(gold)
    html = dossier.page(made(article(), found, None if side == "extracted" else gold)).decode()
    assert ("There is nothing to compare with" in html) == (side != "both")
    assert ("Curated by hand" in html) == (side == "gold")


def test_no_side_is_not() -> None:
    with pytest.raises(SourceError, match="no annotations"):
        made(article(), None, None)


def test_records_of_another_version_are_refused() -> None:
    with pytest.raises(SourceError, match="another version of the text"):
        made(article(TEXT + "More.\n"), extracted(filled()), None)


def test_accepted_gaps_say_so() -> None:
    gold = filled()
    found = extracted(without(gold, 0))

    def all_known(findings: Sequence[Finding]) -> baseline.Sorted:
        entries = [baseline.accept(finding, why="known", owner="me") for finding in findings]
        return baseline.sort(findings, entries, today=date(2022, 1, 1))

    made_ = dossier.assemble(article(), extracted=found, gold=gold, accepted=all_known)
    assert {gap.status for gap in made_.gaps} == {"known"}
    assert "<small>accepted</small>" in dossier.page(made_).decode()


def test_the_index_links_pages_and_joins_agreements() -> None:
    gold = filled()
    entries = [
        dossier.entry(made(article(), extracted(gold), None), PurePath(f"a b/{name}.html")) for name in ("one", "two?")
    ]
    html = dossier.index(entries).decode()
    assert 'href="a%20b/one.html"' in html
    assert 'href="a%20b/two%3F.html#r-' in html
    assert html.count("signed 4 May 2010") == 2


PIECES = {
    "a span in a clause": ([(0, 6)], [(0, 16)], ["Norway", " and Chile", " signed the Fjord"]),
    "a span that a clause cuts": ([(0, 10)], [(3, 16)], ["Nor", "way and", " Chile", " signed the Fjord"]),
    "two clauses that overlap": ([], [(0, 10), (6, 16)], ["Norway", " and Chile", " signed the Fjord"]),
    "a span that overlaps an earlier one": ([(0, 10), (7, 16)], [], ["Norway and", " Chile signed the Fjord"]),
    "a span past the end": ([(0, 999)], [], ["Norway and Chile signed the Fjord"]),
    "none": ([], [], ["Norway and Chile signed the Fjord"]),
}  # fmt: skip


@pytest.mark.parametrize("name", PIECES)
def test_pieces_make_up_the_text(name: str) -> None:
    spans, clauses, expected = PIECES[name]
    whole = filled().records
    actor, event = (next(r for r in whole if r.label == label) for label in ("ACTOR", "EVENT"))
    shown = [
        Shown(msgspec.structs.replace(record, start=start, end=end))
        for record, places in ((actor, spans), (event, clauses))
        for start, end in places
    ]
    runs = Passages(TEXT[:33], shown).runs(0, 33)
    pieces = [piece for _, run in runs for piece in run]
    assert [piece.text for piece in pieces] == expected
    assert sum(len(piece.events) for piece in pieces) == len(clauses)
    assert sum(piece.first for piece in pieces) == sum(piece.last for piece in pieces)
    assert all(piece.in_clause == clause for clause, run in runs for piece in run)
