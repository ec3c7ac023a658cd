"""What a text tells of one agreement, mention by mention: its names, kind and parties, and in the end its id."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.lexicons.known_agreements import KnownAgreement, classes, group, slug
from annotator.model import AgreementKind

LONGEST_ID = 60
SIGNED = 3
"""How far parties can be trusted where a clause says who signed."""
MANY = 5
"""From so many parties on an agreement is one that others could join."""
RECENT = 12
"""How many agreements of the same words, or back in the text, are looked at, so that time stays linear."""


@dataclass(slots=True, eq=False)
class Agreement:
    """One agreement of a text, as its mentions come in.

    `words` are the telling words of each name, `plain` those of names without a longer complement; `named` the parties
    that its names tell, `pair` those of its context and `trust` how far they can be trusted; `capital` and `small` the
    kinds of its heads, by their letters, in order; `present` the actors of the text. Of one that is open to many,
    `bound` are those who joined it, as the text says, `outside` those who did not, and `both` the only two that the
    text is about, where nobody stayed outside. `joint`: a name begins with that word; `titled`: one has a word with a
    capital before its head; `place`: where it was first named; `common`: its name could be that of others;
    `described`: no name told more than its parties.
    """

    number: int
    present: frozenset[str]
    entry: KnownAgreement | None = None
    names: dict[str, None] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    words: set[frozenset[str]] = field(default_factory=set)
    plain: set[frozenset[str]] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    pair: tuple[str, ...] = ()
    trust: int = 0
    bound: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    both: tuple[str, ...] = ()
    capital: dict[AgreementKind, None] = field(default_factory=dict)
    small: dict[AgreementKind, None] = field(default_factory=dict)
    joint: bool = False
    titled: bool = False
    place: int = 0
    common: bool = False
    described: bool = False

    @property
    def kind(self) -> AgreementKind:
        """The kind of the first capitalized name, else of the lexicon where descriptions agree, else of those."""
        if self.capital:
            return next(iter(self.capital))
        if self.entry is not None and (not self.small or self.entry.kind in self.small):
            return self.entry.kind
        return "treaty" if "treaty" in self.small else next(iter(self.small))

    @property
    def is_named(self) -> bool:
        """Whether a name, not only descriptions in small letters, stands for it."""
        return self.entry is not None or bool(self.capital)

    @property
    def is_treaty(self) -> bool:
        """Whether a treaty, pact or agreement can be meant."""
        return any(group(head) == "treaty" for head in self.heads)

    @property
    def is_open(self) -> bool:
        """Whether it is known, and one that many can join, so that who stands around it need not be a party."""
        capital = any(name[:1].isupper() for name in self.names)
        return self.entry is not None and capital and not 0 < len(self.entry.parties) < MANY

    @property
    def parties(self) -> tuple[str, ...]:
        """Those that its names tell, else those of the lexicon that the text speaks of, else those of its context.

        Of an instrument open to many, those whom the text says to be bound, else the only two that it is about.
        """
        if self.is_open and self.bound and not self.named:
            return tuple(sorted(self.bound))
        if len(self.named) < 2 and self.entry is not None and self.entry.parties:
            if self.trust >= SIGNED and self.pair and set(self.entry.parties) <= set(self.pair):
                return self.pair
            told = tuple(party for party in self.entry.parties if party in self.present)
            return told if len(told) >= 2 else self.entry.parties
        pair = () if len(self.named) >= 2 else self.both if self.is_open and self.trust < SIGNED else self.pair
        return tuple(sorted(self.named.union(pair)))


def merged(agreements: Sequence[Agreement]) -> dict[int, Agreement]:
    """Return, by number, the named agreement that each agreement is which is only described, where just one can be.

    That is the only one whose name has the words of the description, else the only one of the same two parties.
    """
    by_parties: dict[tuple[str, ...], list[Agreement]] = {}
    by_word: dict[str, list[Agreement]] = {}
    for agreement in agreements:
        if agreement.is_named and agreement.is_treaty:
            by_parties.setdefault(agreement.parties, []).append(agreement)
            for word in {word for key in agreement.plain for word in key}:
                by_word.setdefault(word, []).append(agreement)
    into: dict[int, Agreement] = {}
    for agreement in agreements:
        if agreement.described and not agreement.is_named:
            same = _holding(agreement, by_word)
            if len(same) != 1 and len(agreement.parties) == 2:
                same = by_parties.get(agreement.parties, [])
            if len(same) == 1:
                into[agreement.number] = same[0]
    return into


def _holding(agreement: Agreement, by_word: Mapping[str, Sequence[Agreement]]) -> list[Agreement]:
    """Return the named agreements that have all words of a description, and do not contradict its parties."""
    found: dict[int, Agreement] = {}
    for key in agreement.plain:
        for word in sorted(key)[:1]:
            for other in by_word.get(word, [])[:RECENT]:
                agree = agreement.named <= (other.named or agreement.named)
                if agree and any(key <= theirs for theirs in other.plain):
                    found[other.number] = other
    return list(found.values())


def identities(agreements: Sequence[Agreement]) -> dict[int, tuple[str, str]]:
    """Return id and canonical name of each agreement, by its number; the second of the same id gets `-2`."""
    taken: Counter[str] = Counter()
    found: dict[int, tuple[str, str]] = {}
    for agreement in agreements:
        name = agreement.entry.name if agreement.entry else _best(agreement)
        identity = agreement.entry.id if agreement.entry else _identity(agreement, name)
        taken[identity] += 1
        found[agreement.number] = (identity if taken[identity] == 1 else f"{identity}-{taken[identity]}", name)
    return found


def _best(agreement: Agreement) -> str:
    """Return the first name with a capital that is no abbreviation, else the first."""
    names = list(agreement.names)
    return next((name for name in names if name[:1].isupper() and " " in name), names[0])


def _identity(agreement: Agreement, name: str) -> str:
    """Return the slug of a name, with its parties before one that others could have."""
    own = slug(name)[:LONGEST_ID].strip("-")
    if agreement.common or name in classes():
        codes = [party.partition(":")[2] for party in agreement.parties[:3]]
        own = "-".join([*codes, own])
    return f"agr:{own}"
