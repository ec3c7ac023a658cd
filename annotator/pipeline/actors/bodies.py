"""Which mentions of bodies and blocs are one, in a document: lexicon ids, defined abbreviations, short forms."""

import re
from collections.abc import Iterable, Mapping, Sequence

from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.abbreviations import Definition
from annotator.pipeline.actors.context import cues, words_before
from annotator.pipeline.actors.items import plain
from annotator.pipeline.actors.mentions import Draft, Mention
from annotator.pipeline.actors.persons import slug
from annotator.pipeline.actors.segments import KEPT
from annotator.pipeline.actors.tables import Tables

_BRACKETED = re.compile(r"[ ]\([^()]*\)")
NOT_BODIES = frozenset((t.AGREEMENT_HEAD, t.THING_HEAD, t.GEO_HEAD))
_OFFICE = re.compile(r"[ \u00a0](?:Minister|Speaker|Secretary)\b")
_MINISTRIES = cues("office")
_PORTFOLIO = "|".join(sorted(cues("portfolio"), key=len, reverse=True))
_PORTFOLIOS = re.compile(rf"(?:, (?:{_PORTFOLIO}))*,? (?:and|&) (?:{_PORTFOLIO})\b")
_BODIES = frozenset((t.ORGANIZATION, t.BLOC))
PREFIXES = {kind: f"{name}:" for name, kind in t.KIND_OF_ID.items()}
"""How ids of each kind of actor begin."""


def key(name: str, tables: Tables) -> str:
    """Return a form of an organization's name in which a state's names and its adjective are one.

    >>> from annotator.pipeline.actors.tables import tables
    >>> key("United States Embassy", tables()) == key("U.S. Embassy", tables()) == "us-embassy"
    True
    """
    words, parts, i = _BRACKETED.sub("", name).split(" "), [], 0
    while i < len(words):
        for k in tables.lengths.get(words[i], ()):
            hit = tables.names.get(" ".join(words[i : i + k]))
            if hit and hit[0] in (t.STATE, t.DEMONYM):
                parts.append(hit[1].partition(":")[2])
                i += k
                break
        else:
            parts.append(words[i])
            i += 1
    return slug(" ".join(parts))


def widen_offices(draft: Draft) -> None:
    """Let a ministry's name go on over commas between what it is for (`Ministry of Economy, Trade and Industry`)."""
    text = draft.text
    open_ = [m for m in draft.all() if m.kind == t.ORGANIZATION and text.startswith(", ", m.end)]
    for mention in open_:
        rest = _PORTFOLIOS.match(text, mention.end)
        if rest and not cues("office").isdisjoint(draft.words(mention).split(" ")):
            draft.place(Mention(mention.start, rest.end(), t.ORGANIZATION, "", mention.rule, mention.initial))


def is_building(draft: Draft, mention: Mention) -> bool:
    """Whether the house of a government is but a place (`met at the White House`)."""
    if mention.rule != KEPT[t.ORGANIZATION] or draft.words(mention) not in cues("building"):
        return False
    article = 4 if draft.text[mention.start - 4 : mention.start].lower() == "the " else 0
    other, before = words_before(draft.text, mention.start - article)
    return before in cues("inside") or (before in ("to", "from") and other in cues("travel"))


def is_office(draft: Draft, mention: Mention) -> bool:
    """Whether a nation's adjective begins what is but an office (`Nigerian Oil Minister`)."""
    if _OFFICE.match(draft.text, mention.end) is None or mention.entity in draft.tables.canonical:
        return False
    first, _, rest = draft.words(mention).partition(" ")
    nation = draft.tables.names.get(first, ("", ""))[0] == t.DEMONYM
    return nation and rest.rpartition(" ")[2] not in _MINISTRIES


def abbreviate(draft: Draft, defined: Sequence[Definition]) -> None:
    """Note the abbreviations' ids, and give their mentions that id, or none where the long form is no actor."""
    for definition in defined:
        _define(draft, definition)
    if not draft.aliases:
        return
    for mention in draft.all():
        if mention.end - mention.start <= 10:
            entity = draft.aliases.get(draft.words(mention))
            if entity == "":
                mention.kind = ""
            elif entity:
                mention.entity = entity
                mention.kind = t.KIND_OF_ID[entity.partition(":")[0]]


def _define(draft: Draft, definition: Definition) -> None:
    start, stop, short_start, short_end = definition
    short = plain(draft.text[short_start:short_end])
    near = [m for i in draft.touching(stop - 1, stop) for m in draft.mentions[i]]
    full = next((m for m in near if m.end == stop and m.kind in t.ACTOR_KINDS and m.kind != t.PERSON), None)
    if full is None or full.start > start + len("the "):
        full = _spelled_out(draft, definition, full)
    if full is None:
        words = plain(draft.text[start:stop]).split(" ")
        if short not in draft.tables.names or draft.tables.words.get(words[-1]) in NOT_BODIES:
            draft.aliases.setdefault(short, "")
            if short[-1] == "s":
                draft.aliases.setdefault(short[:-1], "")
        return
    if draft.tables.names.get(short, ("", ""))[0] == t.STATE and full.kind != t.STATE:
        return
    full.entity = full.entity or PREFIXES[full.kind] + key(draft.words(full), draft.tables)
    draft.aliases[short] = full.entity
    touched = draft.touching(short_start, short_end)
    if not any(m.start <= short_start < m.end for i in touched for m in draft.mentions[i]):
        draft.place(Mention(short_start, short_end, full.kind, full.entity, "actors.abbreviation"))


def _spelled_out(draft: Draft, definition: Definition, inner: Mention | None) -> Mention | None:
    """Return a body made of the whole long form, where it has a body's head word and only a part of it was seen."""
    start, stop = definition.start, definition.stop
    text = draft.text
    words = plain(text[start:stop]).split(" ")
    kinds = [draft.tables.words.get(word) for word in words]
    if t.HEAD not in kinds or kinds[-1] in NOT_BODIES or not text[start].isupper():
        return None if inner is None or inner.kind == t.STATE else inner
    whole = Mention(start, stop, t.ORGANIZATION, "", "actors.long-form")
    draft.place(whole)
    return whole


def short_forms(draft: Draft, actors: Iterable[Mention]) -> dict[str, str]:
    """Return the single words that can stand for a body named in full: its head (`the Council`), its first word."""
    found: dict[str, str] = {}
    for mention in actors:
        if mention.kind == t.ORGANIZATION:
            words = draft.words(mention).split(" ")
            if len(words) > 1:
                mention.entity = mention.entity or "org:" + key(draft.words(mention), draft.tables)
                found[words[-1]] = mention.entity
                if words[0] not in draft.tables.words and words[0] not in draft.tables.names:
                    found.setdefault(words[0], mention.entity)
    return found


def resolve(draft: Draft, found: Iterable[Mention]) -> Mapping[str, str]:
    """Give every organization and bloc mention its id, and return the best name of each id that the lexicon lacks."""
    names: dict[str, str] = {}
    for mention in found:
        if mention.kind not in _BODIES:
            continue
        name = draft.words(mention)
        if not mention.entity:
            mention.entity = PREFIXES[mention.kind] + key(name, draft.tables)
        if mention.entity not in draft.tables.canonical:
            names[mention.entity] = max(names.get(mention.entity, ""), name, key=len)
    return names
