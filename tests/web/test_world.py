from __future__ import annotations

import re

import pytest

from twosource.web.world import (
    HEIGHT,
    WHOLE_WORLD,
    WIDTH,
    Borders,
    View,
    drawn_lines,
    ground_of,
    sides,
    view_around,
)

LEVANT = view_around(35.0, 38.0, 12.0)


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.e+]+) (-?[\d.e+]+)", path)]


def inside(path: str, x: float, y: float) -> bool:
    """Whether a point lies in the area of a path, by the even-odd rule."""
    crossings = 0
    for ring in path.split("Z"):
        around = points(ring)
        for (x1, y1), (x2, y2) in zip(around, around[1:] + around[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


PLACES = {
    "Aleppo": (36.2, 37.16, True),
    "Baghdad": (33.3, 44.4, True),
    "Ankara": (39.93, 32.86, True),
    "off Latakia": (35.5, 35.0, False),
    "the Black Sea": (43.0, 34.0, False),
    "Moscow": (55.75, 37.6, True),
    "the Pacific": (0.0, -150.0, False),
    "Chukotka": (67.3, -178.5, True),
    "Kansas": (38.5, -98.0, True),
}
VIEWS = {"near": LEVANT, "world": WHOLE_WORLD, "Russia": view_around(62.0, 100.0, 150.0)}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_land_is_where_land_is_in_every_view_that_shows_it(view: View) -> None:
    land = ground_of(view, Borders.HELD).land
    for name, (lat, lon, dry) in PLACES.items():
        if view.shows(lat, lon):
            assert inside(land, *view.at(lat, lon)) == dry, name


def test_the_middle_of_a_view_is_the_middle_of_the_drawing_and_north_is_above() -> None:
    assert LEVANT.at(LEVANT.lat, LEVANT.lon) == (WIDTH / 2, HEIGHT / 2)
    assert LEVANT.at(36.0, 38.0)[1] < HEIGHT / 2
    assert LEVANT.at(35.0, 39.0)[0] > WIDTH / 2


def test_a_view_stays_in_the_world() -> None:
    assert view_around(99.0, 999.0, 1e9) == View(85.0, 0.0, 360.0)
    assert view_around(0.0, 999.0, 0.0) == View(0.0, 180.0, 0.5)
    assert LEVANT.moved(closer=2).width == LEVANT.width / 2


def test_disputed_borders_stand_apart_and_no_borders_are_none() -> None:
    crimea = view_around(46.0, 34.0, 6.0)
    marked, none = ground_of(crimea, Borders.MARKED), ground_of(crimea, Borders.NONE)
    assert marked.disputed
    assert (none.borders, none.disputed) == ("", "")
    assert none.land == marked.land


def test_each_side_of_a_dispute_draws_its_own_borders() -> None:
    assert {"crimea"} <= drawn_lines("RU").solid
    ukraine = drawn_lines("UA")
    assert "crimea" not in ukraine.solid | ukraine.dashed
    assert "crimea" in drawn_lines("IN").dashed
    assert "aksai-chin-claimed" in drawn_lines("IN").solid
    assert "aksai-chin-held" in drawn_lines("CN").solid


def test_what_is_held_shows_no_claimed_line_and_marked_shows_all_dashed() -> None:
    held, marked = drawn_lines(Borders.HELD), drawn_lines(Borders.MARKED)
    assert not held.dashed
    assert not marked.solid
    assert held.solid < marked.dashed
    assert {id_ for id_ in marked.dashed - held.solid if id_.endswith("-held")} == set()


@pytest.mark.parametrize("side", sorted(sides()))
def test_every_side_draws_some_line_other_than_as_disputed(side: str) -> None:
    assert drawn_lines(side).dashed < drawn_lines(Borders.MARKED).dashed


def test_a_side_that_is_none_draws_no_disputed_line() -> None:
    assert drawn_lines("zzz") == drawn_lines(Borders.NONE)


@pytest.mark.parametrize("borders", ["IN", "PK", "CN"])
def test_the_borders_of_a_side_are_drawn(borders: str) -> None:
    kashmir = view_around(34.5, 76.5, 12.0)
    ground = ground_of(kashmir, borders)
    assert ground.borders != ground_of(kashmir, Borders.HELD).borders
    assert ground.land == ground_of(kashmir, Borders.HELD).land


def test_the_world_is_drawn_in_few_words() -> None:
    ground = ground_of(WHOLE_WORLD, Borders.MARKED)
    assert len(ground.land) + len(ground.borders) < 200_000
