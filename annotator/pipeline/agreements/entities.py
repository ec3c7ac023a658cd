"""Which mentions name the same agreement: mentions and short names come in, each with its agreement they go out.

Mentions are read in order. Each joins the agreement that its definer, the lexicon, its apposition, its year, its
abbreviation or its words point to, and else begins a new one. The same words for other parties are another agreement.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.lexicons.agreements import modifiers
from annotator.lexicons.known_agreements import (
    by_abbreviation,
    classes,
    group,
    known,
    party_words,
    tokens,
)
from annotator.pipeline.agreements.adherents import adherents, outsiders
from annotator.pipeline.agreements.clusters import RECENT, Agreement, merged
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.parties import context_parties, named_parties
from annotator.pipeline.agreements.phrases import capitalized
from annotator.pipeline.agreements.scenes import Scenes
from annotator.pipeline.agreements.shortnames import Short
from annotator.pipeline.agreements.signers import signers
from annotator.pipeline.agreements.telling import Told, told_by

SAME = re.compile(
    r"[”\"]?(?:[^\S\n]of[^\S\n]\d{4})?"
    r"(?P<link>,?[^\S\n](?:(?:which[^\S\n]is|\w+ly|also|better|sometimes|often)[^\S\n]){0,2}"
    r"(?:known|called|referred to|termed)(?:[^\S\n]as)?"
    r"|[^\S\n](?:was|is|became|becomes|as)|,?[^\S\n]or|,|[^\S\n]—|[^\S\n]–|(?=[^\S\n]\())"
    r"[^\S\n]\(?(?:(?:simply|so-called|formally|officially|essentially)[^\S\n])?"
    r"(?P<article>(?:the|an?)[^\S\n])?(?:so-called[^\S\n])?[“\"(]?(?:[\w-]+[^\S\n])?"
)
"""What stands between two names of the same agreement; `link` says how they are joined."""
CLOSING = re.compile(r"[”\"]{0,1}\)")
CALLING = re.compile(r"(?:known|called|referred|termed)\b[^.]*$")
LONGEST_LINK = 60


class Linked(NamedTuple):
    """A name in the text and the agreement that it names; `full`: it is not just a description."""

    start: int
    end: int
    rule: str
    agreement: Agreement
    full: bool


@dataclass(slots=True)
class Book:
    """The agreements of a text so far, with look-ups."""

    scenes: Scenes
    present: frozenset[str]
    agreements: list[Agreement] = field(default_factory=list)
    by_start: dict[int, Agreement] = field(default_factory=dict)
    by_family: dict[tuple[str, frozenset[str]], list[Agreement]] = field(default_factory=dict)
    by_short: dict[str, list[Agreement]] = field(default_factory=dict)
    by_id: dict[str, Agreement] = field(default_factory=dict)
    by_year: dict[tuple[str, str], Agreement] = field(default_factory=dict)
    last: Linked | None = None

    @property
    def text(self) -> str:
        """The text."""
        return self.scenes.text

    def new(self) -> Agreement:
        """Begin an agreement."""
        self.agreements.append(Agreement(len(self.agreements), self.present))
        return self.agreements[-1]


def link(found: Sequence[Mention], shorts: Sequence[Short], scenes: Scenes) -> list[Linked]:
    """Return each mention and short name with its agreement, in order."""
    book = Book(scenes, frozenset(scenes.in_document()))
    linked: list[Linked] = []
    items: list[Mention | Short] = sorted((*found, *shorts), key=lambda item: item.start)
    for item in items:
        if isinstance(item, Mention):
            agreement = _mention(book, item)
            book.by_start[item.start] = agreement
        else:
            agreement = _short(book, item)
        if agreement.is_open:
            mention = item if isinstance(item, Mention) else Mention.of_short(item.start, item.end, scenes.text)
            agreement.bound |= {one for one in adherents(scenes, mention) if not one.startswith("person:")}
            agreement.outside |= outsiders(scenes, mention)
            agreement.both = () if agreement.outside else scenes.bilateral()
        full = not (isinstance(item, Mention) and item.small)
        book.last = Linked(item.start, item.end, item.rule, agreement, full)
        linked.append(book.last)
    into = merged(book.agreements)
    for number, agreement in into.items():
        agreement.small.update(book.agreements[number].small)
    return [one._replace(agreement=into.get(one.agreement.number, one.agreement)) for one in linked]


def _mention(book: Book, mention: Mention) -> Agreement:
    """Return the agreement of a mention, with what the mention tells added to it."""
    told = told_by(mention, book.scenes)
    agreement = _find(book, told)
    if agreement is None:
        agreement = book.new()
        agreement.common, agreement.place = told.common, mention.start
        bare = not told.key - party_words() - modifiers("broad") and mention.complement in ("", "party")
        agreement.described = bare and mention.small and group(mention.head.word) == "treaty"
    if told.entry is not None and agreement.entry is None:
        agreement.entry = told.entry
        book.by_id.setdefault(told.entry.id, agreement)
    _add(book, agreement, told)
    return agreement


def _add(book: Book, agreement: Agreement, told: Told) -> None:
    mention = told.mention
    agreement.names[told.name] = None
    agreement.joint = agreement.joint or told.name.lower().startswith("joint")
    if mention.before and not agreement.titled:
        agreement.titled = not mention.small or any(capitalized(word) for word in mention.before)
    agreement.heads.add(mention.head.word)
    if len(agreement.words) < RECENT:
        agreement.words.add(told.key)
        if mention.complement in ("", "of"):
            agreement.plain.add(told.key)
    if told.year:
        agreement.years.add(told.year)
        book.by_year.setdefault((mention.head.word, told.year), agreement)
    if len(agreement.named) < 2:
        agreement.named = set(told.named) if len(told.named) >= 2 else agreement.named.union(told.named)
    if told.trust > agreement.trust:
        agreement.trust, agreement.pair = told.trust, told.pair
    by_lexicon = agreement.entry if mention.rule == "agreements.known" else None
    kinds = agreement.small if mention.small else agreement.capital
    kinds[by_lexicon.kind if by_lexicon else mention.head.kind] = None
    alike = book.by_family.setdefault(told.family, [])
    if agreement not in alike[-RECENT:]:
        alike.append(agreement)


def _find(book: Book, told: Told) -> Agreement | None:
    """Return the agreement that a mention names again, None where it is a new one."""
    if told.entry is not None and told.entry.id in book.by_id:
        return book.by_id[told.entry.id]
    alike = [one for one in reversed(book.by_family.get(told.family, [])[-RECENT:]) if _fits(one, told)]
    if alike and told.key and not told.common and told.mention.small == (not alike[0].capital):
        return alike[0]
    same = _apposed(book, told) or _of_year(book, told) or _abbreviated(book, told) or next(iter(alike), None)
    if same is not None:
        return same
    same = _shortened(book, told) if told.entry is None and told.key else None
    return same or _made_there(book, told)


def _of_year(book: Book, told: Told) -> Agreement | None:
    """Return the agreement of the same year and head, where one of the two is called by nothing else."""
    same = book.by_year.get((told.mention.head.word, told.year)) if told.year else None
    if same is None or not told.key - {told.year} or any(not words - {told.year} for words in same.words):
        return same
    return None


def _abbreviated(book: Book, told: Told) -> Agreement | None:
    """Return the agreement whose abbreviation is the last word before the head (`IPCP agreement`)."""
    for word in told.mention.before[-1:]:
        for agreement in book.by_short.get(word, [])[:RECENT]:
            if not agreement.common:
                return agreement
    return None


def _fits(agreement: Agreement, told: Told) -> bool:
    """Say whether an agreement with the same words can be meant: no other year, head, or parties."""
    mention = told.mention
    if told.year and agreement.years and told.year not in agreement.years:
        return False
    if told.entry is not None and agreement.entry is not None and told.entry is not agreement.entry:
        return False
    new_head = not mention.small and mention.head.word not in agreement.heads
    if new_head and agreement.capital and mention.head.kind not in agreement.capital:
        return False
    named = set(told.named)
    if named and agreement.named and not (named <= agreement.named or agreement.named <= named):
        return False
    if told.common and mention.complement and len(told.pair) == 2 and len(agreement.pair) == 2:
        return set(told.pair) == set(agreement.pair) or agreement.entry is not None
    return True


def _apposed(book: Book, told: Told) -> Agreement | None:
    """Return the agreement named just before, where the text says that this is another name of it."""
    last, mention = book.last, told.mention
    if last is None or mention.start - last.end > LONGEST_LINK:
        return None
    match = SAME.fullmatch(book.text, last.end, mention.start)
    if match is None:
        return None
    entry = last.agreement.entry
    if told.entry is not None and entry is not None and told.entry is not entry:
        return None
    joined = match["link"].strip(" ,\xa0")
    if match["link"] == "" and CLOSING.match(book.text, mention.end):
        return last.agreement
    alike = group(mention.head.word) in {group(head) for head in last.agreement.heads}
    if joined in ("", "—", "–") and (not match["article"] or not alike or (last.full and not mention.small)):
        return None
    if joined == "or" and not CALLING.search(book.text, max(0, last.start - 40), last.start):
        return last.agreement if match["link"].startswith(",") and match["article"] else None
    return last.agreement


def _shortened(book: Book, told: Told) -> Agreement | None:
    """Return the recent agreement whose name holds all words of this one."""
    mention = told.mention
    for agreement in reversed(book.agreements[-RECENT:]):
        alike = any(group(head) == group(mention.head.word) for head in agreement.heads)
        if not alike or (mention.head.word not in agreement.heads and not mention.small):
            continue
        if told.key == {"joint"} and agreement.joint:
            return agreement
        indefinite = mention.determiner in ("a", "an")
        holds = any(told.key == theirs or (told.key < theirs and not indefinite) for theirs in agreement.plain)
        if holds and _fits(agreement, told):
            return agreement
    return None


def _made_there(book: Book, told: Told) -> Agreement | None:
    """Return the recent agreement without a name that was made where this one is called after.

    They `signed a memorandum on … in Sochi`; `the Sochi memorandum` is that.
    """
    mention = told.mention
    if len(mention.before) != 1 or mention.complement or not capitalized(mention.before[0]):
        return None
    places = [f" {preposition} {mention.before[0]}" for preposition in ("in", "at")]
    for agreement in reversed(book.agreements[-RECENT:]):
        alike = any(group(head) == group(mention.head.word) for head in agreement.heads)
        if alike and not agreement.titled and agreement.entry is None and _fits(agreement, told):
            start, end = book.scenes.sentence(agreement.place)
            if any(book.text.find(place, start, end) >= 0 for place in places):
                return agreement
    return None


def _short(book: Book, short: Short) -> Agreement:
    """Return the agreement of a short name, begun where it has none."""
    mention = Mention.of_short(short.start, short.end, book.text)
    pair = context_parties(book.scenes, mention, named_parties(book.scenes, mention))[1]
    definite = book.text[max(0, short.start - 4) : short.start].lower() == "the "
    for agreement in reversed(book.by_short.get(short.key, [])[-RECENT:]):
        if short.key not in classes() and not short.plural:
            return agreement
        if short.plural == agreement.common and (not pair or not agreement.pair or pair == agreement.pair):
            return agreement
        if definite and not short.plural and not agreement.common:
            return agreement
    defined = book.by_start.get(short.of) if short.of is not None else None
    found = defined or _known_short(book, short, mention, pair)
    book.by_short.setdefault(short.key, []).append(found)
    return found


def _known_short(book: Book, short: Short, mention: Mention, pair: tuple[str, ...]) -> Agreement:
    """Return the known agreement of a short name, else a new one; a plural has the party who signed them all."""
    entry = by_abbreviation().get(short.key) or known(short.key, tokens(short.key), "", book.scenes.years)
    if entry is not None and entry.id in book.by_id:
        return book.by_id[entry.id]
    agreement = book.new()
    agreement.names[short.key] = None
    agreement.common = short.plural
    agreement.pair = tuple(sorted(signers(book.scenes, mention))) if short.plural else pair
    agreement.words.add(tokens(short.key))
    if entry is not None:
        agreement.entry = entry
        book.by_id[entry.id] = agreement
    else:
        agreement.capital[classes()[short.key].kind if short.key in classes() else "agreement"] = None
    return agreement
