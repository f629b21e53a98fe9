"""What is loaded before anybody asks."""

from __future__ import annotations

from twosource.views import loaded
from twosource.web.app import make_templates
from twosource.web.assets import load_assets
from twosource.web.warming import warm


def test_every_template_and_table_is_at_hand_once_the_desk_is_warm() -> None:
    templates = make_templates(load_assets())
    warm(templates)
    assert templates.cache is not None
    held = {name for _, name in templates.cache}
    assert held == set(templates.list_templates(extensions=["html"]))
    assert loaded.actor_table.cache_info().currsize == 1
    assert loaded.lineage_judge() is loaded.lineage_judge()
