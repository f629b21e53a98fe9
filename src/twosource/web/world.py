"""The ground of the map: land and borders of a part of the world as paths of an SVG, drawn from bundled shapes."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from twosource.web.assets import load_assets

__all__ = [
    "HEIGHT",
    "WHOLE_WORLD",
    "WIDTH",
    "Borders",
    "Drawn",
    "Ground",
    "View",
    "drawn_lines",
    "ground_of",
    "load_world",
    "sides",
    "view_around",
]

WIDTH, HEIGHT = 1000, 600
"""The drawing's units; a view fills it."""

_NARROWEST, _WIDEST = 0.5, 360.0  # degrees of longitude: the shapes show no more than that
_FINE, _DOUBLINGS = 5.625, 6  # the narrowest view that has shapes of its own, and how often it doubles to the widest
_LEAST_STEP = 2.0  # units: points nearer to each other than that can't be told apart
_POLE = 85.0
_HALF_TURN = 18_000  # of the globe, in hundredths of a degree

Point = tuple[float, float]


_WHOLE, _UNKNOWN = "International boundary (verify)", "Unrecognized"  # Natural Earth's classes of lines
_SHAPES = "world.json"


class Borders(StrEnum):
    """Whose borders are drawn. A map takes sides by every line; so it is said, and can be chosen.

    Beside these there is one for each side of a dispute, by its code: see ``sides``.
    """

    MARKED = "marked"
    HELD = "held"
    NONE = "none"


class Drawn(msgspec.Struct, frozen=True):
    """The ids of the disputed lines that are drawn as borders, and of those that are drawn as disputed."""

    solid: frozenset[str] = frozenset()
    dashed: frozenset[str] = frozenset()


@functools.lru_cache(64)
def _stretch(lat: float) -> float:
    """How many degrees of longitude are as long as one of latitude; every mark of a map asks for it."""
    return 1 / math.cos(math.radians(min(70.0, abs(lat))))


class View(msgspec.Struct, frozen=True):
    """A part of the world: its middle and how many degrees of longitude it shows. North is above.

    Degrees of latitude are stretched as at its middle, so that shapes near it keep their form.
    """

    lat: float
    lon: float
    width: float

    @property
    def height(self) -> float:
        """How many degrees of latitude it shows: as many as its stretch leaves of those of longitude."""
        return self.width * HEIGHT / WIDTH / _stretch(self.lat)

    def at(self, lat: float, lon: float) -> Point:
        """Where a place stands in the drawing, in its units, beyond its edges too."""
        x = (lon - self.lon) / self.width * WIDTH + WIDTH / 2
        y = (self.lat - lat) / self.height * HEIGHT + HEIGHT / 2
        return round(x, 1), round(y, 1)

    def shows(self, lat: float, lon: float) -> bool:
        """Whether a place is inside."""
        return abs(lat - self.lat) <= self.height / 2 and abs(lon - self.lon) <= self.width / 2

    def moved(self, north: float = 0.0, east: float = 0.0, closer: float = 1.0) -> View:
        """The view after so many of its own heights and widths, then so many times closer."""
        return view_around(self.lat + north * self.height, self.lon + east * self.width, self.width / closer)


class Ground(msgspec.Struct, frozen=True):
    """The paths of a view: land, borders, and those borders that are disputed."""

    land: str
    borders: str
    disputed: str


class _Line(msgspec.Struct, frozen=True):
    row: str
    line: tuple[int, ...]


class _Row(msgspec.Struct, frozen=True):
    """A dispute: its classes are how Natural Earth or the sides themselves draw its line, by the side's code."""

    id: str
    claimed: bool
    classes: dict[str, str]


class _Shapes(msgspec.Struct, frozen=True):
    """As the build writes them: degrees in hundredths, each point after the first as the step from the one before."""

    land: tuple[tuple[tuple[int, ...], ...], ...]
    borders: tuple[tuple[int, ...], ...]
    disputed: tuple[_Line, ...]
    sides: dict[str, str]
    rows: tuple[_Row, ...]


class _Outline(msgspec.Struct, frozen=True):
    """One ring or line, as (longitude, latitude), and the box around it: west, south, east, north."""

    points: tuple[Point, ...]
    box: tuple[float, float, float, float]


def view_around(lat: float, lon: float, width: float) -> View:
    """A view with its middle there, as wide as asked, but inside the world and no narrower than the shapes allow."""
    width = min(_WIDEST, max(_NARROWEST, width))
    lon = max(-180.0, min(180.0, lon)) if width < _WIDEST else 0.0
    return View(round(max(-_POLE, min(_POLE, lat)), 3), round(lon, 3), round(width, 3))


WHOLE_WORLD = view_around(8.0, 0.0, _WIDEST)
"""All of it."""


@functools.lru_cache(64)
def ground_of(view: View, borders: str) -> Ground:
    """The ground of a view, its borders as ``Borders`` or a side's code says. Raises ProjectError without shapes."""
    world, drawn = _world_for(view), drawn_lines(borders)
    land = "".join(_path(view, ring, closed=True) for rings in world.land for ring in rings if _near(view, ring))
    if borders == Borders.NONE:
        return Ground(land, "", "")
    solid = [*world.borders, *(line for row, line in world.disputed if row in drawn.solid)]
    return Ground(land, _lines(view, solid), _lines(view, [one for row, one in world.disputed if row in drawn.dashed]))


def drawn_lines(borders: str) -> Drawn:
    """How each disputed line is drawn: as disputed where a side has no view of it; none is for unknown words."""
    rows = _shapes().rows
    if borders == Borders.MARKED:
        return Drawn(dashed=frozenset(row.id for row in rows))
    if borders == Borders.HELD:
        return Drawn(solid=frozenset(row.id for row in rows if not row.claimed))
    if borders not in _shapes().sides:
        return Drawn()
    seen = {row.id: row.classes.get(borders, "") for row in rows}
    return Drawn(
        solid=frozenset(id_ for id_, words in seen.items() if words == _WHOLE),
        dashed=frozenset(id_ for id_, words in seen.items() if words not in (_WHOLE, _UNKNOWN)),
    )


def sides() -> dict[str, str]:
    """The sides of disputes whose own view of the borders can be drawn: their names by their codes (ISO 3166, XK)."""
    return dict(_shapes().sides)


def load_world() -> None:
    """Reads the shapes, so that no map waits for them. Raises ProjectError without shapes."""
    for doublings in range(_DOUBLINGS + 1):
        _thinned_world(doublings)


def _lines(view: View, lines: Iterable[_Outline]) -> str:
    return "".join(_path(view, line, closed=False) for line in lines if _near(view, line))


class _World(msgspec.Struct, frozen=True):
    """The shapes in degrees; disputed lines with the ids of their rows."""

    land: tuple[tuple[_Outline, ...], ...]
    borders: tuple[_Outline, ...]
    disputed: tuple[tuple[str, _Outline], ...]


@functools.cache
def _world() -> _World:
    shapes = _shapes()
    land = tuple(one for rings in shapes.land for one in _twice(tuple(_outline(ring) for ring in rings)))
    disputed = tuple((one.row, _outline(one.line)) for one in shapes.disputed)
    return _World(land, tuple(map(_outline, shapes.borders)), disputed)


def _world_for(view: View) -> _World:
    """The shapes, for a wide view without points that it can't tell apart: most of what is drawn it would leave out."""
    wide = math.floor(math.log2(view.width / _FINE))
    return _world() if wide < 0 else _thinned_world(min(wide, _DOUBLINGS))


@functools.cache
def _thinned_world(doublings: int) -> _World:
    """The shapes as fine as a view needs that is at least ``_FINE`` degrees wide, doubled so many times."""
    step = _LEAST_STEP * _FINE * 2**doublings / WIDTH / 2  # degrees: half, as those of latitude are drawn longer
    world = _world()

    def thin(one: _Outline) -> _Outline:
        return _Outline(tuple(_thinned(one.points, step)), one.box)

    return _World(
        tuple(tuple(map(thin, rings)) for rings in world.land),
        tuple(map(thin, world.borders)),
        tuple((row, thin(one)) for row, one in world.disputed),
    )


@functools.cache
def _shapes() -> _Shapes:
    assets = load_assets()
    return msgspec.json.decode(assets.contents[assets.manifest[_SHAPES]], type=_Shapes)


def _twice(rings: tuple[_Outline, ...]) -> Iterator[tuple[_Outline, ...]]:
    """The rings, and again a turn of the globe to the west or east where they reach over the date line."""
    yield rings
    for turn in (-360.0, 360.0):
        if any(abs(edge + turn) < 180 for ring in rings for edge in (ring.box[0], ring.box[2]) if abs(edge) > 180):
            yield tuple(_turned(ring, turn) for ring in rings)


def _turned(one: _Outline, turn: float) -> _Outline:
    west, south, east, north = one.box
    return _Outline(tuple((lon + turn, lat) for lon, lat in one.points), (west + turn, south, east + turn, north))


def _outline(steps: Sequence[int]) -> _Outline:
    """The ring or line in degrees; one that crosses the date line goes on beyond 180."""
    x = y = 0
    points: list[Point] = []
    for at in range(0, len(steps), 2):
        step = steps[at]
        if points and abs(step) > _HALF_TURN:
            step += -2 * _HALF_TURN if step > 0 else 2 * _HALF_TURN
        x, y = x + step, y + steps[at + 1]
        points.append((x / 100, y / 100))
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return _Outline(tuple(points), (min(lons), min(lats), max(lons), max(lats)))


def _near(view: View, one: _Outline) -> bool:
    west, south, east, north = one.box
    return (
        west <= view.lon + view.width / 2
        and east >= view.lon - view.width / 2
        and south <= view.lat + view.height / 2
        and north >= view.lat - view.height / 2
    )


def _path(view: View, one: _Outline, *, closed: bool) -> str:
    """The path's words; empty where so little of it can be seen that it is a dot."""
    drawn = _drawn(view, one)
    points = _thinned(drawn if _inside(view, one) else _bent(drawn))
    if len(points) < (3 if closed else 2):
        return ""
    return f"M{_in_words(points)}{'Z' if closed else ''}"


def _in_words(points: Sequence[Point]) -> str:
    """The points as a path has them, in tenths of a unit. Written as JSON: ten thousands of numbers are in a map."""
    written = msgspec.json.encode([(round(x, 1), round(y, 1)) for x, y in points]).decode()
    whole = written[2:-2].replace(".0,", ",").removesuffix(".0").replace(".0]", "]")
    return whole.replace("],[", "L").replace(",", " ")


def _drawn(view: View, one: _Outline) -> list[Point]:
    """Its points where ``View.at`` has them; what the view alone decides is worked out once for all of them."""
    wide, high = WIDTH / view.width, -HEIGHT / view.height
    west, north = view.lon - view.width / 2, view.lat + view.height / 2
    return [((lon - west) * wide, (lat - north) * high) for lon, lat in one.points]


def _inside(view: View, one: _Outline) -> bool:
    """Whether nothing of it lies beyond an edge."""
    west, south, east, north = one.box
    across, down = view.width / 2, view.height / 2
    return abs(west - view.lon) <= across >= abs(east - view.lon) and abs(south - view.lat) <= down >= abs(
        north - view.lat
    )


def _bent(points: Sequence[Point]) -> Iterator[Point]:
    """The points without those that lie, with the ones before and after, beyond one edge: what is seen stays so."""
    beyond = [(x < 0) | (x > WIDTH) << 1 | (y < 0) << 2 | (y > HEIGHT) << 3 for x, y in points]
    kept, last = -1, len(points) - 1
    for at, one in enumerate(points):
        if at in (0, last) or not kept & beyond[at] & beyond[at + 1]:
            yield one
            kept = beyond[at]


def _thinned(points: Iterable[Point], least: float = _LEAST_STEP) -> list[Point]:
    """The points that lie ``least`` or farther from the one before, with the last."""
    found: list[Point] = []
    last_x = last_y = math.inf
    passed: Point | None = None
    for one in points:
        x, y = one
        across, down = x - last_x, y - last_y
        # without a call of abs(): tens of thousands of points are looked at for one map
        if (across if across >= 0 else -across) + (down if down >= 0 else -down) >= least:
            found.append(one)
            last_x, last_y, passed = x, y, None
        else:
            passed = one
    return found if passed is None else [*found, passed]
