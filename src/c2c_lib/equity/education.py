"""Measures of schooling: gaps in proficiency, graduation of a cohort, chronic absence."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from c2c_lib.equity.arrays import FloatArray, broadcast, normal_quantile, scalar_if_single
from c2c_lib.equity.differences import difference_interval
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.errors import Problems

__all__ = [
    "ABSENCE_WORDS",
    "ChronicAbsence",
    "CohortGraduation",
    "ProficiencyGap",
    "chronic_absence_rate",
    "chronically_absent",
    "cohort_graduation_rate",
    "proficiency_gap",
]

ABSENCE_WORDS: Final = ("chronically_absent", "not_chronically_absent", "too_few_days", "unknown")


class ProficiencyGap(NamedTuple):
    """Gaps between the shares of two groups; every field has the shape of the shares.

    Attributes
    ----------
    points, points_se, points_lower, points_upper : ndarray
        Reference minus focal share, 0-1 (0.05 is five points).
    probit, probit_se, probit_lower, probit_upper : ndarray
        Gap in standard deviations of the scores, if these are normal.
    logit, logit_se : ndarray
        Log odds ratio, reference to focal.
    cohens_h : ndarray
        Gap of the arcsine-transformed shares.
    ratio : ndarray
        Focal through reference share.
    """

    points: FloatArray
    points_se: FloatArray
    points_lower: FloatArray
    points_upper: FloatArray
    probit: FloatArray
    probit_se: FloatArray
    probit_lower: FloatArray
    probit_upper: FloatArray
    logit: FloatArray
    logit_se: FloatArray
    cohens_h: FloatArray
    ratio: FloatArray


class CohortGraduation(NamedTuple):
    """A cohort's graduation; every field has the shape of the counts."""

    rate: FloatArray
    lower: FloatArray
    upper: FloatArray
    cohort: FloatArray


class ChronicAbsence(NamedTuple):
    """Chronic absence of a group of students."""

    rate: float
    lower: float
    upper: float
    absent: int
    students: int
    left_out: int


def proficiency_gap(
    reference: ArrayLike,
    focal: ArrayLike,
    *,
    reference_n: ArrayLike | None = None,
    focal_n: ArrayLike | None = None,
    level: float = 0.95,
) -> ProficiencyGap:
    r"""Return the gap between two shares on the scales on which it is usually told.

    Parameters
    ----------
    reference, focal : array_like
        Shares 0-1 above the same cut score; broadcast together, NaN where unknown.
    reference_n, focal_n : array_like, optional
        Students behind the shares; without them standard errors and limits are NaN.
    level : float
        Confidence level of the limits.

    Returns
    -------
    ProficiencyGap
        Positive where the reference group is ahead. Probit and logit gaps are NaN where a
        share is exactly 0 or 1 (they would be infinite), the ratio where the reference
        is 0.

    Raises
    ------
    InputError
        For shares outside 0-1, negative numbers of students, or a level outside (0, 1).

    Notes
    -----
    A gap in points depends on where the cut score lies and shrinks by itself near 0 and 1
    (Ho 2008); the probit gap :math:`\Phi^{-1}(p_r) - \Phi^{-1}(p_f)` does not, if scores
    are normal with equal spread. Give both. With three and more levels `v_statistic` uses
    all of them.

    Standard errors: points :math:`\sqrt{\sum p q / n}`; probit
    :math:`\sqrt{\sum p q/(n\,\varphi(\Phi^{-1}(p))^2)}`; logit :math:`\sqrt{\sum
    1/(n p q)}`. Limits of the points are Newcombe's, those of the probit gap normal.
    Cohen's h is :math:`2\arcsin\sqrt{p_r} - 2\arcsin\sqrt{p_f}`.

    References
    ----------
    Ho 2008, Educ Researcher 37:351-360. Newcombe 1998, Stat Med 17:873-890. Cohen 1988,
    Statistical Power Analysis, chapter 6.

    Examples
    --------
    >>> gap = proficiency_gap(0.661, 0.298, reference_n=2210, focal_n=5120)
    >>> print(f"{gap.points:.3f} points, {gap.probit:.2f} standard deviations")
    0.363 points, 0.95 standard deviations
    """
    z = normal_quantile(level)
    p, q, n, m = broadcast(reference, focal, reference_n, focal_n)
    _check_shares(p, q, n, m)
    n, m = (np.where(size > 0, size, np.nan) for size in (n, m))
    probits, probit_variance, logits, logit_variance = zip(
        *(_scales(share, size) for share, size in ((p, n), (q, m))), strict=True
    )
    low, high = difference_interval(p * n, n, q * m, m, level=level)
    probit, probit_se = probits[0] - probits[1], np.sqrt(sum(probit_variance))
    fields = (
        p - q,
        np.sqrt(p * (1 - p) / n + q * (1 - q) / m),
        low,
        high,
        probit,
        probit_se,
        probit - z * probit_se,
        probit + z * probit_se,
        logits[0] - logits[1],
        np.sqrt(sum(logit_variance)),
        2 * (np.arcsin(np.sqrt(p)) - np.arcsin(np.sqrt(q))),
        q / np.where(p > 0, p, np.nan),
    )
    return ProficiencyGap(*(scalar_if_single(np.asarray(field)) for field in fields))


def cohort_graduation_rate(
    graduates: ArrayLike,
    first_time_ninth: ArrayLike,
    *,
    transferred_in: ArrayLike = 0,
    transferred_out: ArrayLike = 0,
    emigrated: ArrayLike = 0,
    deceased: ArrayLike = 0,
    level: float = 0.95,
) -> CohortGraduation:
    r"""Return the adjusted cohort graduation rate.

    Parameters
    ----------
    graduates : array_like
        Students of the cohort with a regular diploma within the years asked for (four,
        for the four-year rate).
    first_time_ninth, transferred_in, transferred_out, emigrated, deceased : array_like
        Students who began grade 9, came, left with a written confirmation, moved out of
        the country, and died. Students who left without a confirmation stay in.
    level : float
        Confidence level of the (Wilson) limits.

    Returns
    -------
    CohortGraduation
        Rate and limits as shares, and the adjusted cohort; NaN for an empty cohort and
        where a number is unknown.

    Raises
    ------
    InputError
        For a negative number, or more graduates than students in the cohort.

    Notes
    -----
    :math:`\frac{\text{graduates}}{\text{first-time ninth graders} + \text{in} -
    \text{out} - \text{emigrated} - \text{deceased}}`

    References
    ----------
    Every Student Succeeds Act, section 8101(25); 34 CFR 200.19(b)(1).

    Examples
    --------
    >>> found = cohort_graduation_rate(310, 400, transferred_in=30, transferred_out=45,
    ...                                deceased=1)
    >>> print(f"{found.rate:.3f} of {found.cohort:.0f}")
    0.807 of 384
    """
    names = (
        "graduates",
        "first_time_ninth",
        "transferred_in",
        "transferred_out",
        "emigrated",
        "deceased",
    )
    counts = broadcast(
        graduates, first_time_ninth, transferred_in, transferred_out, emigrated, deceased
    )
    done, began, came, left, abroad, died = counts
    cohort = began + came - left - abroad - died
    problems = Problems()
    for name, values in zip(names, counts, strict=True):
        if (values < 0).any():
            shown = ", ".join(f"{v:g}" for v in values[values < 0][:5])
            problems.add(name, "is negative", value=shown, allowed="0 or more, or NaN")
    if (done > cohort).any():
        bad = done > cohort
        shown = ", ".join(
            f"{g:g}/{c:g}" for g, c in list(zip(done[bad], cohort[bad], strict=True))[:5]
        )
        problems.add(
            "graduates",
            "is more than the students in the cohort",
            value=shown,
            remedy="Check that all numbers are of one cohort.",
        )
    problems.raise_if_any()
    rate = done / np.where(cohort > 0, cohort, np.nan)
    low, high = proportion_interval(done, cohort, level=level)
    fields = (rate, low, high, cohort)
    return CohortGraduation(*(scalar_if_single(np.asarray(field)) for field in fields))


def chronically_absent(
    days_absent: ArrayLike, days_enrolled: ArrayLike, *, minimum_days: float = 10
) -> NDArray[np.str_]:
    r"""Say for every student whether they missed a tenth of their school days.

    Parameters
    ----------
    days_absent, days_enrolled : array_like
        Days missed for any reason, and days in membership; half days are allowed, NaN
        where unknown.
    minimum_days : float
        Students enrolled for fewer days are not judged. Print it beside the figure.

    Returns
    -------
    ndarray of str
        One of `ABSENCE_WORDS`.

    Raises
    ------
    InputError
        For negative days, more days missed than enrolled, or a negative minimum.

    Notes
    -----
    :math:`10 \times \text{absent} \ge \text{enrolled}`. In whole and half days this is
    exact; one minus the attendance rate is not (1 - 162/180 is less than a tenth in
    floating point).

    References
    ----------
    Connecticut General Statutes, section 10-198c.

    Examples
    --------
    >>> chronically_absent([18, 17.5, 5], [180, 180, 9]).tolist()
    ['chronically_absent', 'not_chronically_absent', 'too_few_days']
    """
    absent, enrolled = broadcast(days_absent, days_enrolled)
    problems = Problems()
    for what, bad in (
        ("are negative", (absent < 0) | (enrolled < 0)),
        ("have more days missed than enrolled", absent > enrolled),
    ):
        if bad.any():
            shown = list(zip(absent[bad], enrolled[bad], strict=True))[:5]
            problems.add("days", what, value=", ".join(f"{a:g}/{d:g}" for a, d in shown))
    if not minimum_days >= 0:
        problems.add("minimum_days", "is not a number of days", value=minimum_days)
    problems.raise_if_any()
    words = np.select(
        [
            np.isnan(absent) | np.isnan(enrolled),
            (enrolled < minimum_days) | (enrolled == 0),
            10 * absent >= enrolled,
        ],
        ["unknown", "too_few_days", "chronically_absent"],
        default="not_chronically_absent",
    )
    return np.asarray(scalar_if_single(words))


def chronic_absence_rate(
    days_absent: ArrayLike,
    days_enrolled: ArrayLike,
    *,
    minimum_days: float = 10,
    level: float = 0.95,
) -> ChronicAbsence:
    """Return the share of a group's students who are chronically absent.

    Parameters
    ----------
    days_absent, days_enrolled, minimum_days
        As in `chronically_absent`.
    level : float
        Confidence level of the (Wilson) limits.

    Returns
    -------
    ChronicAbsence
        ``students`` are those who were judged, ``left_out`` those enrolled too briefly or
        with unknown days. The rate is NaN if nobody was judged.

    Raises
    ------
    InputError
        As in `chronically_absent`.

    Examples
    --------
    >>> found = chronic_absence_rate([18, 2, 30, 5, 0], [180, 180, 175, 9, 180])
    >>> found.rate, found.absent, found.students, found.left_out
    (0.5, 2, 4, 1)
    """
    words = chronically_absent(days_absent, days_enrolled, minimum_days=minimum_days)
    absent = int((words == "chronically_absent").sum())
    students = absent + int((words == "not_chronically_absent").sum())
    low, high = proportion_interval(absent, students, level=level)
    rate = absent / students if students else float("nan")
    return ChronicAbsence(rate, float(low), float(high), absent, students, words.size - students)


def _check_shares(*values: FloatArray) -> None:
    problems = Problems()
    for name, share in zip(("reference", "focal"), values, strict=False):
        bad = (share < 0) | (share > 1)
        if bad.any():
            problems.add(
                name,
                "is not a share",
                value=", ".join(f"{v:g}" for v in share[bad][:5]),
                allowed="0 to 1, or NaN",
                remedy="Divide percentages by 100.",
            )
    for name, size in zip(("reference_n", "focal_n"), values[2:], strict=True):
        if ((size < 0) | np.isinf(size)).any():
            problems.add(name, "is not a number of students", allowed="0 or more, or NaN")
    problems.raise_if_any()


def _scales(
    share: FloatArray, size: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return probit and logit of a share and their variances; NaN at 0 and 1."""
    inner = np.where((share > 0) & (share < 1), share, np.nan)
    probit, spread = special.ndtri(inner), inner * (1 - inner)
    density = np.exp(-(probit**2) / 2) / np.sqrt(2 * np.pi)
    return probit, spread / size / density**2, special.logit(inner), 1 / (size * spread)
