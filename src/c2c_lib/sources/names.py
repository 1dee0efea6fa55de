"""Publishers' names and labels into the catalog's ids; what it does not know is a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from c2c_lib.catalog import Catalog, Place
from c2c_lib.errors import Problems, did_you_mean

__all__ = ["Names"]

_SUGGESTED: Final = 100
"""Unknown names that get the nearest known ones."""


class Names:
    """Resolves place names, place codes and group labels, and notes what is unknown.

    Parameters
    ----------
    catalog : Catalog
        Whose ids are given out.
    problems : Problems
        Where unknown names are noted, each with the file and line it stands in.
    """

    def __init__(self, catalog: Catalog, problems: Problems) -> None:
        self.catalog = catalog
        self.problems = problems
        self._unknown = 0

    def place(self, level: str, name: str, where: str, code: str | None = None) -> Place | None:
        """Return the place of a name at a level, checked against its code if one stands by it.

        Parameters
        ----------
        level : {"state", "district", "town", "city"}
            What the report describes. A state row is found at every level.
        name : str
            As printed; surrounding white space does not count.
        where : str
            File and line, for the problem.
        code : str, optional
            As printed, without quotes and formula signs.

        Returns
        -------
        Place or None
            None if the name is unknown or disagrees with the code; a problem is noted then.
        """
        name = name.strip()
        place = self._by_name.get(("state", name)) or self._by_name.get((level, name))
        if place is None:
            near = self._near(level, name)
            self.problems.add(
                where,
                f"unknown {level}",
                value=f"{name} ({code})" if code else name,
                remedy=near or "Add it to the catalog's places.csv.",
            )
            return None
        if code and code not in {place.geo_id, *place.other_ids}:
            self.problems.add(
                where,
                f"the code does not belong to {place.name}",
                value=code,
                allowed=", ".join([place.geo_id, *place.other_ids]),
                remedy=_remedy(code, [place.geo_id, *place.other_ids]),
            )
            return None
        return place

    def group(
        self, dimension: str, label: str, where: str, labels: Mapping[str, str] | None = None
    ) -> str | None:
        """Return the group id of a publisher's label.

        Parameters
        ----------
        dimension : str
            Dimension id, for example ``race_ethnicity``.
        label : str
            As printed.
        where : str
            File and line, for the problem.
        labels : mapping of str to str, optional
            Further labels that only this report uses, such as ``{"Y": "with_disabilities"}``.

        Returns
        -------
        str or None
            None if the label is unknown; a problem with all known labels is noted then.
        """
        label = label.strip()
        known = {**self._by_label[dimension], **(labels or {})}
        if label in known:
            return known[label]
        self.problems.add(
            where,
            f"unknown label for {dimension}",
            value=label,
            allowed=", ".join(sorted(known)),
            remedy=did_you_mean(label, known) or "Add the label to the catalog's groups.yml.",
        )
        return None

    def _near(self, level: str, name: str) -> str:
        """Return the nearest names of a level, for the first unknown names only: it takes long."""
        self._unknown += 1
        if self._unknown > _SUGGESTED:
            return ""
        return did_you_mean(name, [known for at, known in self._by_name if at == level])

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Place]:
        found: dict[tuple[str, str], Place] = {}
        twice = set()
        for place in self.catalog.places:
            for name in {place.name, *place.aliases}:
                # A name of two schools or neighborhoods says nothing without a code or a city.
                if (place.geo_level, name) in found:
                    twice.add((place.geo_level, name))
                found[(place.geo_level, name)] = place
        return {key: place for key, place in found.items() if key not in twice}

    @cached_property
    def _by_label(self) -> dict[str, dict[str, str]]:
        return {
            dimension.id: {label: group.id for group in dimension.groups for label in group.labels}
            for dimension in self.catalog.dimensions.values()
        }


def _remedy(code: str, codes: Sequence[str]) -> str:
    """Say how to mend a code that is not one of the place's own."""
    lost = next((known for known in codes if code == known.lstrip("0")), "")
    if lost:
        return (
            f"The leading zeros of {lost} are lost: a spreadsheet program drops them on saving. "
            "Take the publisher's file as it was downloaded."
        )
    return "If the publisher changed the code, add it to other_ids in places.csv."
