"""The groups of one or many settings, as arrays that every measure reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, broadcast
from c2c_lib.equity.group_excess import POLARITIES
from c2c_lib.errors import InputError, Problems, did_you_mean

__all__ = ["Groups"]

BoolArray = NDArray[np.bool_]
_SIGN: Final = {"higher_is_better": 1.0, "lower_is_better": -1.0, "neutral": 0.0}
_SHOWN: Final = 5


@dataclass(frozen=True, eq=False)
class Groups:
    """Figures of the groups of one or many settings; the last axis runs over the groups.

    A setting is what a measure is worked out for: one indicator at one place in one period.
    Build it with `Groups.of`, which broadcasts, checks and sorts.

    Attributes
    ----------
    estimate, population, standard_error : ndarray, shape (..., k)
        NaN where unknown. A position without an estimate is no group: settings with fewer
        groups than others are filled up with NaN.
    direction : ndarray, shape (...)
        1 where a higher figure is better, -1 where a lower one is, 0 where neither is.
    scale : ndarray, shape (...)
        The figure of a group in which every child counts (1 for shares, 100 for percent,
        1,000 for rates per 1,000); infinite where there is no such bound.
    ordered : bool
        Whether the last axis runs from the worst-off to the best-off group.
    reference : ndarray of bool, shape (..., k), or None
        Where the declared reference group stands; None if none was declared.
    survey : ndarray of bool, shape (...)
        Whether the standard errors are those of a survey rather than of counts.
    rank : ndarray, shape (..., k), or None
        Ridits that were worked out elsewhere; None to work them out from the populations.
    """

    estimate: FloatArray
    population: FloatArray
    standard_error: FloatArray
    direction: FloatArray
    scale: FloatArray
    ordered: bool
    reference: BoolArray | None
    survey: BoolArray
    rank: FloatArray | None = None

    @classmethod
    def of(
        cls,
        estimate: ArrayLike,
        *,
        population: ArrayLike | None = None,
        standard_error: ArrayLike | None = None,
        polarity: str | ArrayLike = "higher_is_better",
        scale: ArrayLike = 1.0,
        order: ArrayLike | None = None,
        reference: ArrayLike | None = None,
        survey: ArrayLike = False,
        rank: ArrayLike | None = None,
    ) -> Groups:
        """Return checked groups.

        Parameters
        ----------
        estimate : array_like, shape (k,) or (..., k)
            One figure per group, not below 0; NaN where there is no such group.
        population : array_like, optional
            How many children are in each group.
        standard_error : array_like, optional
            In the unit of the estimate.
        polarity : str or array_like of str, shape (...)
            ``higher_is_better``, ``lower_is_better`` or ``neutral``.
        scale : array_like
            The largest value that a figure can have: 1 for shares (default), 100 for
            percent, 1,000 for rates per 1,000, ``inf`` where nothing bounds it. It is never
            guessed from the figures.
        order : array_like, optional
            Place of each group from the worst-off (smallest) to the best-off; without it
            the groups are not ordered.
        reference : bool array_like, optional
            True at the declared reference group, at most one in a setting.
        survey : bool array_like, shape (...)
            Whether the standard errors come from a survey.
        rank : array_like, optional
            Ridits from 0 to 1, where another population than `population` ranks the groups
            (that of the country, say); default is that of the setting itself. Only with
            `order`.

        Raises
        ------
        InputError
            Listing every kind of fault: negative or infinite values, figures above the
            scale, an unknown polarity, a scale that is not positive, groups without a place
            in the order or sharing one, several reference groups.

        Examples
        --------
        >>> groups = Groups.of([0.3, 0.5], population=[100, 300], order=[2, 1])
        >>> groups.estimate.tolist(), round(float(groups.mean), 3)
        ([0.5, 0.3], 0.45)
        """
        problems = Problems()
        y, n, s = broadcast(estimate, population, standard_error)
        if y.ndim == 0:
            y, n, s = y[None], n[None], s[None]
        lead = y.shape[:-1]
        direction = _directions(polarity, lead, problems)
        bound = np.broadcast_to(np.asarray(scale, dtype=np.float64), lead)
        _check(y, n, s, bound, problems)
        problems.raise_if_any()
        here = ~np.isnan(y)
        n, s = np.where(here, n, np.nan), np.where(here, s, np.nan)
        marks = None
        if reference is not None:
            marks = np.broadcast_to(np.asarray(reference, dtype=bool), y.shape) & here
            if (marks.sum(axis=-1) > 1).any():
                problems.add(
                    "reference",
                    "names several groups in one setting",
                    allowed="at most one reference group",
                )
        ridits = None if rank is None else np.broadcast_to(np.asarray(rank, dtype=float), y.shape)
        if order is not None:
            places = np.where(
                here, np.broadcast_to(np.asarray(order, dtype=float), y.shape), np.inf
            )
            _check_order(places, here, problems)
            problems.raise_if_any()
            index = np.argsort(places, axis=-1, kind="stable")
            y, n, s = (np.take_along_axis(a, index, axis=-1) for a in (y, n, s))
            marks = None if marks is None else np.take_along_axis(marks, index, axis=-1)
            ridits = None if ridits is None else np.take_along_axis(ridits, index, axis=-1)
        problems.raise_if_any()
        flags = np.broadcast_to(np.asarray(survey, dtype=bool), lead)
        return cls(y, n, s, direction, bound, order is not None, marks, flags, ridits)

    @cached_property
    def present(self) -> BoolArray:
        """Where there is a group."""
        return ~np.isnan(self.estimate)

    @cached_property
    def count(self) -> NDArray[np.int64]:
        """How many groups each setting has."""
        return np.asarray(self.present.sum(axis=-1))

    @cached_property
    def shares(self) -> FloatArray:
        r"""Population shares :math:`p_j = n_j / N`; 0 where there is no group.

        NaN throughout a setting in which a population is unknown or all are 0.
        """
        n = np.where(self.present, self.population, 0.0)
        total = n.sum(axis=-1, keepdims=True)
        return np.asarray(n / np.where(total > 0, total, np.nan))

    @cached_property
    def mean(self) -> FloatArray:
        r"""Setting average :math:`\mu = \sum_j p_j y_j`."""
        return np.asarray((self.shares * self.filled(0.0)).sum(axis=-1))

    @cached_property
    def ridits(self) -> FloatArray:
        """Cumulative share less half of the own share, from the worst-off; only if ordered."""
        p = self.shares
        if self.rank is not None:
            return np.where(np.isnan(p), np.nan, self.rank)
        return np.asarray(np.cumsum(p, axis=-1) - p / 2)

    @cached_property
    def memo(self) -> dict[str, object]:
        """What measures have worked out for these groups and others can use again."""
        return {}

    def filled(self, value: float) -> FloatArray:
        """Return the estimates with a value where there is no group."""
        return np.where(self.present, self.estimate, value)

    def known_if(self, values: FloatArray, *, least: int = 1) -> FloatArray:
        """Return NaN for settings with fewer groups than `least`."""
        return np.where(self.count >= least, values, np.nan)

    @property
    def highest(self) -> NDArray[np.intp]:
        """Position of the group with the highest figure."""
        return np.asarray(np.argmax(self.filled(-np.inf), axis=-1))

    @property
    def lowest(self) -> NDArray[np.intp]:
        """Position of the group with the lowest figure."""
        return np.asarray(np.argmin(self.filled(np.inf), axis=-1))

    @property
    def bottom(self) -> NDArray[np.intp]:
        """Position of the first group, which is the worst-off one if ordered."""
        return np.asarray(np.argmax(self.present, axis=-1))

    @property
    def top(self) -> NDArray[np.intp]:
        """Position of the last group, which is the best-off one if ordered."""
        last = self.estimate.shape[-1] - 1
        return np.asarray(last - np.argmax(self.present[..., ::-1], axis=-1))

    @property
    def best(self) -> NDArray[np.intp]:
        """Position of the group with the best figure: highest or lowest by polarity."""
        return np.asarray(np.where(self.direction < 0, self.lowest, self.highest))

    def at(self, values: FloatArray, position: NDArray[np.intp]) -> FloatArray:
        """Return one value per setting: that of the group at a position."""
        values = np.broadcast_to(values, self.estimate.shape)
        return np.take_along_axis(values, position[..., None], axis=-1)[..., 0]

    def directed(self, values: FloatArray) -> FloatArray:
        """Return NaN where the polarity is neutral, so that no group is the best."""
        return np.where(self.direction == 0, np.nan, values)

    def with_estimates(self, estimate: FloatArray) -> Groups:
        """Return the same groups with other figures, for example simulated ones."""
        return replace(self, estimate=estimate)

    def flat(self) -> Groups:
        """Return the same groups with one axis of settings."""
        k = self.estimate.shape[-1]
        marks = self.reference
        return Groups(
            self.estimate.reshape(-1, k),
            self.population.reshape(-1, k),
            self.standard_error.reshape(-1, k),
            self.direction.reshape(-1),
            self.scale.reshape(-1),
            self.ordered,
            None if marks is None else marks.reshape(-1, k),
            self.survey.reshape(-1),
            None if self.rank is None else self.rank.reshape(-1, k),
        )

    def take(self, rows: NDArray[np.intp] | np.intp | slice) -> Groups:
        """Return some settings of groups with one axis of settings."""
        return Groups(
            self.estimate[rows],
            self.population[rows],
            self.standard_error[rows],
            self.direction[rows],
            self.scale[rows],
            self.ordered,
            None if self.reference is None else self.reference[rows],
            self.survey[rows],
            None if self.rank is None else self.rank[rows],
        )

    def needs_order(self, measure: str) -> None:
        """Raise `InputError` unless the groups are ordered."""
        if not self.ordered:
            problems = Problems()
            problems.add(
                measure,
                "needs groups that are ordered",
                remedy="Pass order=, from the worst-off to the best-off group.",
            )
            problems.raise_if_any()

    def needs_reference(self, measure: str) -> BoolArray:
        """Return where the reference stands, or raise `InputError` if none was declared."""
        if self.reference is None:
            problems = Problems()
            problems.add(
                measure,
                "needs a reference group",
                remedy="Pass reference=, or choose the measure from the best group (mdb).",
            )
            raise InputError(problems)
        return self.reference


def _directions(polarity: str | ArrayLike, lead: tuple[int, ...], problems: Problems) -> FloatArray:
    words = np.broadcast_to(np.asarray(polarity, dtype=object), lead)
    codes = np.zeros(lead)
    known = np.zeros(lead, dtype=bool)
    for word, sign in _SIGN.items():
        here = words == word
        codes = np.where(here, sign, codes)
        known |= here
    for word in sorted({str(w) for w in words[~known].flat}):
        problems.add(
            "polarity",
            "is not known",
            value=word,
            allowed=", ".join(POLARITIES),
            remedy=did_you_mean(word, POLARITIES),
        )
    return codes


def _check(
    y: FloatArray, n: FloatArray, s: FloatArray, scale: FloatArray, problems: Problems
) -> None:
    bound = scale[..., None]
    for name, values, bad, allowed in (
        ("estimate", y, (y < 0) | np.isinf(y), "0 or more, or NaN where there is no group"),
        ("population", n, (n < 0) | np.isinf(n), "0 or more, or NaN where unknown"),
        ("standard_error", s, (s < 0) | np.isinf(s), "0 or more, or NaN where unknown"),
        ("scale", scale, ~(scale > 0), "a positive number, inf where nothing bounds a figure"),
        ("estimate", y, (y > bound * (1 + 1e-12)) & np.isfinite(bound), "at most the scale"),
    ):
        if bad.any():
            shown = ", ".join(f"{v:g}" for v in np.broadcast_to(values, bad.shape)[bad][:_SHOWN])
            above = name == "estimate" and allowed == "at most the scale"
            problems.add(
                name,
                "is above the scale" if above else "has values that cannot be",
                value=shown,
                allowed=allowed,
                remedy="Say scale=100 for percent, scale=1000 for rates per 1,000, "
                "scale=inf where nothing bounds a figure."
                if above
                else "",
            )


def _check_order(places: FloatArray, here: BoolArray, problems: Problems) -> None:
    if np.isnan(places).any():
        problems.add("order", "lacks the place of a group", allowed="one number per group")
        return
    ranked = np.sort(places, axis=-1)
    tied = (ranked[..., 1:] == ranked[..., :-1]) & np.isfinite(ranked[..., 1:])
    if tied.any() or (np.isinf(places) & here).any():
        problems.add("order", "gives two groups of a setting the same place")
