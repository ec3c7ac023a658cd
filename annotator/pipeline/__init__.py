"""The spaCy pipeline: an English tokenizer that splits where spans begin, and the components in their order.

Actors come first; agreements read them for their parties; dates keep out of the names of both; events join the three.
Each component is a factory of its own (`annotator_actors` and so on), usable in any spaCy pipeline.
"""

from collections.abc import Callable, Mapping
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from annotator.pipeline import groups
from annotator.pipeline.actors import ActorFinder
from annotator.pipeline.agreements import AgreementFinder
from annotator.pipeline.dates import DateFinder
from annotator.pipeline.events import EventFinder

__all__ = ["COMPONENTS", "ActorFinder", "AgreementFinder", "DateFinder", "EventFinder", "build", "finders"]

COMPONENTS: Mapping[str, Callable[..., groups.Finder]] = {
    "annotator_actors": ActorFinder,
    "annotator_agreements": AgreementFinder,
    "annotator_dates": DateFinder,
    "annotator_events": EventFinder,
}
"""Factory name → component, in their order."""

INFIXES = (r"(?<=[\w.)’'])[-–—/](?=[\w(“‘])", r"(?<=[\w.])[’'](?=s\b)")
"""Where tokens are split besides spaCy's own rules: `U.S.-Japan`, `1914–18`, `2020/21`."""


def finders(options: Mapping[str, Mapping[str, Any]] | None = None) -> list[groups.Finder]:
    """Return the components, for texts: the tokenizer of a pipeline around them takes a third of all loading."""
    return [make(None, name, **(options or {}).get(name, {})) for name, make in COMPONENTS.items()]


def build(options: Mapping[str, Mapping[str, Any]] | None = None) -> Language:
    """Return a pipeline with all components; `options` are the settings of each factory, by its name."""
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *INFIXES]).finditer
    for name in COMPONENTS:
        nlp.add_pipe(name, config=dict((options or {}).get(name, {})))
    return nlp
