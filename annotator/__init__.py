"""Citation-checked annotation of dates, actors and agreements in texts on foreign policy and history.

The functions below are loaded on first use, so that checking does not wait for spaCy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.api import compare, reconcile, verify
    from annotator.extraction import extract

__all__ = ["compare", "extract", "reconcile", "verify"]

_HOMES = {"compare": "api", "extract": "extraction", "reconcile": "api", "verify": "api"}


def __getattr__(name: str) -> Any:
    """Load a public function when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
