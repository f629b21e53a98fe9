"""The list of screens. A screen is added by a module in ``pages``, one word here, and a row in ``navigation``."""

from __future__ import annotations

from twosource.web.pages import (
    actor_kind,
    actors,
    actors_on_the_ground,
    blind_coding,
    claim_form,
    claims,
    coding,
    coding_comparison,
    compare,
    decision_log,
    decisions,
    disagreements,
    dossier,
    enter,
    event,
    events,
    figures,
    home,
    imports,
    issues,
    looking,
    originals,
    outcomes,
    own_types,
    place_choice,
    questions,
    reading,
    reports,
    review,
    second_look,
    sources,
)
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_SCREENS = (
    home,
    enter,
    reports,
    imports,
    compare,
    originals,
    reading,
    decisions,
    decision_log,
    claim_form,
    place_choice,
    outcomes,
    looking,
    claims,
    own_types,
    events,
    event,
    figures,
    actors_on_the_ground,
    actor_kind,
    actors,
    disagreements,
    questions,
    dossier,
    review,
    second_look,
    coding,
    blind_coding,
    coding_comparison,
    sources,
    issues,
)

WAYS: tuple[Ask | Act, ...] = tuple(way for screen in _SCREENS for way in screen.WAYS)
"""In the order in which addresses are tried: '/reports/{id}' takes all that stands after it and begins so."""
