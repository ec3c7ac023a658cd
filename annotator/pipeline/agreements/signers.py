"""Who made an agreement, as its clause tells: the place of its name comes in, ids of who signed it go out."""

import re
from functools import cache

from annotator.lexicons.agreements import bonds, signing_verbs
from annotator.pipeline.agreements.names import Mention
from annotator.pipeline.agreements.scenes import Scenes
from annotator.pipeline.agreements.subjects import (
    AFTER,
    actors_between,
    clause_start,
    entities,
    listed_after,
    meant,
    together,
)

SIGNED_BY = re.compile(
    r"[”\"’]?(?:[^\S\n]\([^()\n]{1,40}\))?,?(?:[^\S\n](?:was|were|which was|that was))?(?:[^\S\n]\w+ly)?"
    r"(?:[^\S\n](?:signed|concluded|negotiated|reached|issued)"
    r"(?:,?[^\S\n](?:(?:in|at|on)[^\S\n][\w, \xa0]{2,40}?|\([^()\n]{1,60}\))(?=[^\S\n])){0,3})?"
    r"[^\S\n](?:by|between|(?:brings|brought|bringing)[^\S\n]together|comprising|linking)\b"
)
LIST_END = re.compile(
    r"[;:.](?=[^\S\n]|$)|[^\S\n](?:in|on|at|to|for|that|which|with|during|under|agreed|was|were|had|has)[^\S\n]"
)
UNDER = re.compile(
    r"(?:^|[.!?][^\S\n]|\n)(?:Under|By|In|According to)[^\S\n](?:the|this|that)[^\S\n](?:\d{4}[^\S\n])?[“\"]?$"
)
UNDERTAKING = re.compile(r"[”\"]?(?:[^\S\n]of[^\S\n][\w \xa0]{4,20})?,[^\S\n](?:both[^\S\n])?(?:the[^\S\n])?")
WHICH = re.compile(
    r"[”\"]?(?:[^\S\n]\([^()\n]{1,40}\))?,?[^\S\n](?:which|that|to which)[^\S\n](?:both[^\S\n])?(?:the[^\S\n])?"
)
IN_WHICH = re.compile(
    r"[”\"]?(?:[^\S\n]of[^\S\n][\w \xa0]{4,20})?,?[^\S\n](?:(?:in|by|under|to|with)[^\S\n]which|whereby|wherein)[^\S\n]"
    r"(?:both[^\S\n])?(?:the[^\S\n])?"
)
FOLLOWING = re.compile(r"[^\S\n]the[^\S\n]following(?:[^\S\n]\w+){1,2}:")
"""What opens a list of signers that can be long."""
LONG_LIST = 1200
BEFORE, SUBJECT = 60, 300
"""How far a verb is looked for before a name, and its subject before the verb."""


def signers(scenes: Scenes, mention: Mention) -> set[str]:
    """Return who made it, where the clause says so: `A and B signed it`, `signed by A and B`, `between A and B`."""
    text = scenes.text
    start, end = scenes.sentence(mention.start)
    match = SIGNED_BY.match(text, mention.end, min(end, mention.end + 120))
    if match is not None:
        many = FOLLOWING.match(text, match.end())
        first = many.end() if many else match.end()
        last = min(end, first + (LONG_LIST if many else AFTER))
        stop = LIST_END.search(text, first, last)
        listed = actors_between(scenes, first, stop.start() if stop else last)
        if listed:
            return entities(listed)
    verb = _signing().search(text, max(start, mention.start - BEFORE), mention.start)
    if verb is not None:
        return _makers(scenes, mention, start, verb.start())
    told = WHICH.match(text, mention.end, end)
    relative = listed_after(scenes, told, end) if told else ()
    if len(relative) > 1 and binds(text, relative[-1].end, end):
        return entities(relative)
    told = IN_WHICH.match(text, mention.end, end)
    relative = listed_after(scenes, told, end) if told else ()
    if len(relative) > 1:
        return entities(relative)
    if UNDER.search(text, max(0, start - 2), mention.start):
        return entities(listed_after(scenes, UNDERTAKING.match(text, mention.end, end), end))
    return set()


@cache
def _signing() -> re.Pattern[str]:
    """Return the pattern of a verb of signing before a name, and of what may stand between them."""
    plain, own = ("|".join(map(re.escape, signing_verbs(own=own))) for own in (False, True))
    return re.compile(rf"\b(?:{plain}|(?:{own})(?=[^\S\n]their))[^\S\n](?:[\w-]+[^\S\n]){{0,6}}[“\"(]?$")


def _makers(scenes: Scenes, mention: Mention, start: int, verb: int) -> set[str]:
    """Return the subjects of a verb of signing at a place of the sentence that begins at `start`.

    Right after a comma a relative clause has ended, and the subject stands before it. Of a verb that `and` joins to
    another one, only what stands first is the subject, where the name says with whom it was made.
    """
    text = scenes.text
    if text.startswith(", ", verb - 2):
        subjects = together(text, actors_between(scenes, start, verb))
        if subjects and len(subjects[0]) > 1:
            return entities(subjects[0])
    clause = clause_start(text, max(start, verb - SUBJECT), verb)
    found = actors_between(scenes, clause, verb)
    if mention.complement == "party" and text.startswith(" and ", verb - 5):
        found = next(iter(together(text, found)), found)
    return entities(found or meant(scenes, clause, start))


def binds(text: str, place: int, end: int) -> bool:
    """Say whether a verb that binds comes next, after auxiliaries."""
    words = text[place : min(end, place + 40)].replace("\xa0", " ").lower().split()[:3]
    return any(bonds().get(word.strip(".,;")) == "verb" for word in words)
