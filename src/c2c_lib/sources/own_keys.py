"""The words of a partnership's own table into the catalog's ids, each word looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Catalog, parse_period
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.observations import STATUSES
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.own_mapping import OwnMapping, Part

__all__ = ["STATUS_CODES", "Keys"]

STATUS_CODES: Final = tuple(STATUSES)
"""The status that each number stands for while a table is read."""

_SAY_DIMENSION: Final = (
    "Say what the groups tell apart: `dimension` under `columns`, or under `constants` if it is "
    "the same in every row (such as race_ethnicity)."
)
_LEVELS: Final = ("state", "district", "town", "city", "school", "tract", "neighborhood")
_UNKNOWN: Final = -1
_Look = Callable[..., tuple[str, ...] | None]


class Keys:
    """Looks up indicators, places, periods and groups, and holds them as small numbers.

    Parameters
    ----------
    mapping : OwnMapping
        Says what the table's own words mean.
    catalog : Catalog
        Whose ids are given out.
    file : RawFile
        The table, for the problems.
    problems : Problems
        Where every unknown word is noted, once, with the first line that it stands in.
    """

    def __init__(
        self, mapping: OwnMapping, catalog: Catalog, file: RawFile, problems: Problems
    ) -> None:
        self._mapping = mapping
        self._catalog = catalog
        self._file = file
        self._problems = problems
        self._found: dict[str, dict[tuple[str, ...], int]] = {}
        self._ids: dict[str, dict[tuple[str, ...], int]] = {
            name: {} for name in ("indicator", "place", "period", "group", "note")
        }
        self._places: dict[tuple[str, str], str] = {
            (str(place.geo_level), name): place.geo_id
            for place in catalog.places
            for name in (place.geo_id, *place.other_ids, place.name, *place.aliases)
        }

    def codes(self, piece: pd.DataFrame, lines: Sequence[int]) -> pd.DataFrame:
        """Return a small number for indicator, place, period, group and note of every row.

        Returns
        -------
        DataFrame of int32
            -1 where a word is unknown.
        """
        size = len(piece)
        lookups: dict[str, tuple[tuple[Part, ...], _Look]] = {
            "indicator": (("indicator",), self._indicator),
            "place": (("geo_level", "place"), self._place),
            "period": (("period",), self._period),
            "group": (("dimension", "group"), self._group),
        }
        found = {
            name: self._look_up(name, [self._cells(piece, part) for part in parts], lines, look)
            for name, (parts, look) in lookups.items()
        }
        notes = piece["note"].tolist() if "note" in piece else [""] * size
        found["note"] = self._look_up("note", [notes], lines, self._note_word)
        return pd.DataFrame(found)

    def words(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Return the numbers of `codes` as the ids that they stand for."""
        columns = {
            "indicator": ("indicator",),
            "place": ("geo_level", "geo_id"),
            "period": ("period",),
            "group": ("dimension", "group"),
            "note": ("note",),
        }
        words: dict[str, object] = {}
        for name, parts in columns.items():
            for at, part in enumerate(parts):
                ids = np.asarray([ids[at] for ids in self._ids[name]], dtype=object)
                words[part] = ids[figures[name].to_numpy()]
        statuses = np.asarray(STATUS_CODES, dtype=object)[figures["status"].to_numpy()]
        values = {n: figures[n] for n in ("estimate", "numerator", "denominator", "moe90")}
        return pd.DataFrame({**words, **values, "status": statuses})

    def _cells(self, piece: pd.DataFrame, part: Part) -> list[str]:
        constant = self._mapping.constant(part)
        return piece[part].tolist() if constant is None else [constant] * len(piece)

    def _look_up(
        self,
        name: str,
        cells: Sequence[list[str]],
        lines: Sequence[int],
        look: _Look,
    ) -> NDArray[np.int32]:
        known = self._found.setdefault(name, {})
        keys = list(zip(*cells, strict=True))
        new = set(keys) - known.keys()
        for key, line in zip(keys, lines, strict=True) if new else ():
            if key in new:
                new.discard(key)
                entry = look(line, *key)
                known[key] = _UNKNOWN if entry is None else self._code(name, entry)
        return np.asarray([known[key] for key in keys], dtype=np.int32)

    def _code(self, name: str, entry: tuple[str, ...]) -> int:
        return self._ids[name].setdefault(entry, len(self._ids[name]))

    def _indicator(self, line: int, word: str) -> tuple[str, ...] | None:
        found = self._known("indicator", line, word, self._catalog.indicators)
        if found is None:
            return None
        unit = self._catalog.indicators[found].unit
        if (unit == "share") == (self._mapping.estimate == "number"):
            self._problems.add(
                f"{self._file.name}:{line}",
                f"the figures of {found} are in the unit {unit!r}, which is not how the mapping "
                "says they are printed",
                value=self._mapping.estimate,
                column="estimate",
                allowed="percent or share" if unit == "share" else "number",
            )
            return None
        return (found,)

    def _place(self, line: int, level: str, word: str) -> tuple[str, ...] | None:
        level = self._mapping.labels.of("geo_level").get(level, level)
        if level not in _LEVELS:
            self._note("geo_level", line, level, _LEVELS)
            return None
        code = self._mapping.labels.of("place").get(word, word)
        found = self._places.get((level, code)) or self._places.get(("state", code))
        if found is None:
            names = [name for at, name in self._places if at == level]
            lost = next((n for n in names if code and code == n.lstrip("0") != n), "")
            self._problems.add(
                f"{self._file.name}:{line}",
                f"unknown {level}",
                value=word,
                column=self._mapping.columns.get("place", "place"),
                remedy=f"The leading zeros of {lost} are lost."
                if lost
                else did_you_mean(word, names)
                or "Declare it under `places` in the mapping, or give its code under "
                "`labels: place`.",
            )
            return None
        state = (level, code) not in self._places
        return ("state" if state else level, found)

    def _period(self, line: int, word: str) -> tuple[str, ...] | None:
        label = self._mapping.labels.of("period").get(word, word)
        try:
            return (parse_period(label).label,)
        except ValueError as error:
            self._problems.add(
                f"{self._file.name}:{line}",
                str(error),
                value=word,
                column=self._mapping.columns.get("period", "period"),
                remedy="Say what it means under `labels: period` in the mapping.",
            )
            return None

    def _group(self, line: int, dimension: str, word: str) -> tuple[str, ...] | None:
        found = self._known("dimension", line, dimension, self._catalog.dimensions)
        if found is None:
            return None
        groups = self._catalog.dimensions[found].groups
        ids = {
            **{label: g.id for g in groups for label in g.labels},
            **{g.id: g.id for g in groups},
        }
        group = self._mapping.labels.of("group").get(word, word)
        if group not in ids:
            said = {*self._mapping.columns, *self._mapping.constants}
            self._note("group", line, word, ids, "" if "dimension" in said else _SAY_DIMENSION)
            return None
        return (found, ids[group])

    def _note_word(self, line: int, word: str) -> tuple[str, ...]:  # noqa: ARG002 - as the others
        return (word,)

    def _known(self, part: Part, line: int, word: str, options: Mapping[str, object]) -> str | None:
        found = self._mapping.labels.of(part).get(word, word)
        if found in options:
            return found
        self._note(part, line, word, options)
        return None

    def _note(
        self, part: Part, line: int, word: str, options: Iterable[str], remedy: str = ""
    ) -> None:
        allowed = list(options)
        self._problems.add(
            f"{self._file.name}:{line}",
            f"unknown {part}",
            value=word,
            column=self._mapping.columns.get(part, part),
            allowed=", ".join(allowed) if len(allowed) <= 40 else f"{len(allowed)} ids",
            remedy=remedy
            or did_you_mean(word, allowed)
            or f"Say what it means under `labels: {part}` in the mapping.",
        )
