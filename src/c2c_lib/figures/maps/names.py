"""Names on a map that do not lie on one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import shapely

__all__ = ["TYPE_SIZE", "Name", "Placed", "place_names"]

TYPE_SIZE: Final = 34
"""Units of the largest type that names are set in, which is on a phone; room is kept for it."""
_CHARACTER: Final = 0.56
"""Width of a usual character of a sans serif, as a part of the type's size."""
_SPACED: Final = _CHARACTER + 0.12
"""The same where readers set letters apart, as WCAG 2.2 lets them (criterion 1.4.12)."""
_LINE: Final = 1.05
_GAP: Final = 6
_SHIFTS: Final = (
    *((0, 0), (0, -1), (0, 1), (-0.5, 0), (0.5, 0)),
    *((0, -2), (0, 2), (-0.5, 1), (0.5, -1), (-0.25, 0), (0.25, 0)),
)
"""Where else a name may stand: parts of its own width and height beside its point."""


@dataclass(frozen=True)
class Name:
    """A name that would like to stand at a point.

    Attributes
    ----------
    text : str
        The words.
    x, y : float
        The middle, in units of the picture.
    kind : str
        ``place`` on the map, ``town`` beside it or ``water``.
    within : geometry or None
        Where all of it has to lie, such as the land of a town beside the city.
    """

    text: str
    x: float
    y: float
    kind: str = "place"
    within: shapely.Geometry | None = None


@dataclass(frozen=True)
class Placed:
    """A name with its place: lines of words around a middle."""

    lines: tuple[str, ...]
    x: float
    y: float
    kind: str

    @property
    def box(self) -> shapely.Polygon:
        """The room that it takes at the largest type."""
        return self._box(_CHARACTER)

    @property
    def spaced_box(self) -> shapely.Polygon:
        """The room that it takes where its letters are set apart; the picture must hold it."""
        return self._box(_SPACED)

    def _box(self, character: float) -> shapely.Polygon:
        wide = max(map(len, self.lines)) * character * TYPE_SIZE
        high = len(self.lines) * _LINE * TYPE_SIZE
        return shapely.box(
            self.x - wide / 2, self.y - high / 2, self.x + wide / 2, self.y + high / 2
        )


def place_names(
    names: Sequence[Name],
    width: float,
    height: float,
    taken: Sequence[shapely.Geometry] = (),
    most: int = 12,
) -> list[Placed]:
    """Return the names that find room, each where it lies on nothing else.

    Parameters
    ----------
    names : sequence of Name
        The most wanted first; the others give way.
    width, height : float
        Of the picture.
    taken : sequence of geometry
        What no name may lie on, such as the scale.
    most : int
        How many names there are at most.

    Examples
    --------
    >>> both = [Name("North End", 200, 200), Name("Downtown", 210, 205)]
    >>> [placed.lines for placed in place_names(both, 1000, 1000)]
    [('North End',), ('Downtown',)]
    >>> first, second = place_names(both, 1000, 1000)
    >>> first.box.intersects(second.box)
    False
    """
    paper = shapely.box(4, 4, width - 4, height - 4)
    full = list(taken)
    found: list[Placed] = []
    for name in names:
        if len(found) == most:
            break
        for placed in _tries(name):
            room = placed.box.buffer(_GAP, join_style="mitre")
            held = paper.contains(placed.spaced_box)
            held = held and (name.within is None or name.within.contains(placed.box))
            if held and not any(room.intersects(other) for other in full):
                found.append(placed)
                full.append(placed.box)
                break
    return found


def _tries(name: Name) -> list[Placed]:
    """Return the places to try: on one line, then on two, at the point and beside it."""
    found = []
    for lines in _breaks(name.text):
        at = Placed(lines, name.x, name.y, name.kind)
        west, south, east, north = at.box.bounds
        for across, down in _SHIFTS:
            x, y = name.x + across * (east - west), name.y + 0.6 * down * (north - south)
            found.append(Placed(lines, x, y, name.kind))
    return found


def _breaks(text: str) -> list[tuple[str, ...]]:
    """Return a name on one line and, where it is long, broken in two near its middle."""
    one: list[tuple[str, ...]] = [(text,)]
    spots = [i for i, letter in enumerate(text) if letter in " -" and 2 < i < len(text) - 3]
    if len(text) < 11 or not spots:
        return one
    at = min(spots, key=lambda i: abs(i - len(text) / 2))
    second = text[at + 1 :]
    first = text[: at + 1].rstrip()
    return [(first, second), *one]
