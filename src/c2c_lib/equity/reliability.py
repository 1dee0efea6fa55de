"""How far a figure can be trusted: four words of quality, each with its reason.

The words are ``strong``, ``use_with_care``, ``too_weak`` and ``not_shown``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from c2c_lib.equity.arrays import FloatArray, broadcast, checked_counts, scalar_if_single
from c2c_lib.equity.margins import coefficient_of_variation, margin_interval, standard_error
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.errors import InputError, Problem

__all__ = ["QUALITY_REASONS", "Quality", "QualityWord", "nchs_proportion_standard", "quality_of"]

QualityWord: TypeAlias = Literal["strong", "use_with_care", "too_weak", "not_shown"]

QUALITY_REASONS: Final[dict[str, str]] = {
    "no_figure": "There is no figure.",
    "few_children": "Fewer than 30 children (or as few interviews) stand behind it.",
    "few_events": "Fewer than 10 events, or a population below 10, stand behind it.",
    "wide_interval": "Its interval is 30 points wide or wider.",
    "wide_for_its_size": "Its interval is too wide for so small a figure.",
    "fairly_wide_interval": "Its interval is wider than half of what the standard allows.",
    "zero_or_all": "It is exactly 0 or 100 percent, which few children can turn around.",
    "complement_weak": "The share of children on the other side is too uncertain.",
    "high_variation": "The standard error is more than 40 percent of the estimate.",
    "medium_variation": "The standard error is 12 to 40 percent of the estimate.",
    "precision_unknown": "The publisher gives neither counts nor a margin of error.",
    "narrow_interval": "Its interval is at most 5 points wide.",
    "meets_standard": "Its interval is narrow enough.",
    "full_count": "Everyone was counted.",
    "low_variation": "The standard error is at most 12 percent of the estimate.",
}
"""Why a figure has its word, in plain words."""

_SMALLEST_N: Final = 30
_WIDEST: Final = 0.30
_NARROW: Final = 0.05
_WIDEST_RELATIVE: Final = 1.30
_STRONG_WIDTH: Final = _WIDEST / 2
_STRONG_RELATIVE: Final = _WIDEST_RELATIVE / 2
_SMALLEST_EVENTS: Final = 10
_WIDEST_RATE: Final = 1.60
_STRONG_RATE: Final = _WIDEST_RATE / 2
_LOW_CV, _HIGH_CV = 0.12, 0.40


class Quality(NamedTuple):
    """Words of quality and why; both have the shape of the figures.

    Attributes
    ----------
    word : ndarray of str
        ``strong``, ``use_with_care``, ``too_weak`` or ``not_shown``.
    reason : ndarray of str
        A key of `QUALITY_REASONS`.
    """

    word: NDArray[np.str_]
    reason: NDArray[np.str_]


def nchs_proportion_standard(
    count: ArrayLike, nobs: ArrayLike, *, design_effect: ArrayLike = 1.0
) -> NDArray[np.str_]:
    """Apply the standard of the National Center for Health Statistics for proportions.

    Parameters
    ----------
    count, nobs : array_like
        Counts of a simple sample or a full enumeration; with a design effect the weighted
        share times the number of interviews, and the number of interviews.
    design_effect : array_like
        How many times larger the variance is than that of a simple sample of this size; the
        standard then looks at the effective size n / design effect (which never exceeds n),
        and the interval becomes that of Korn and Graubard.

    Returns
    -------
    ndarray of str
        ``suppress`` (n below 30; or 95 % Clopper-Pearson width 0.30 or more; or width
        above 0.05 and above 130 % of the proportion), ``review`` (would be presented, but
        is exactly 0 or 100 %) or ``present``; empty where the counts are unknown.

    Raises
    ------
    InputError
        For counts that are negative or above `nobs`, or a design effect that is not positive.

    Notes
    -----
    The degrees of freedom of the design are not looked at: with fewer than 8 the standard
    asks for a review by a statistician.

    References
    ----------
    Korn & Graubard 1998, Survey Methodology 24:193-201.
    Parker et al. 2017, National Center for Health Statistics Data Presentation Standards
    for Proportions, Vital Health Stat 2(175).

    Examples
    --------
    >>> nchs_proportion_standard([10, 10, 0], [40, 29, 120]).tolist()
    ['present', 'suppress', 'review']
    """
    x, n = checked_counts(counts=(count, nobs))
    (effect,) = broadcast(design_effect)
    if not (effect > 0).all():
        raise InputError(
            [
                Problem(
                    where="design_effect",
                    what="is not a factor of variance",
                    value=str(float(effect[~(effect > 0)].flat[0])),
                    allowed="above 0, 1 for a simple sample",
                )
            ]
        )
    # A design that does better than a simple sample is not taken at its word.
    share, n = x / n, n / np.maximum(effect, 1.0)
    x = np.where(x == 0, 0.0, np.minimum(share * n, n))
    lower, upper = proportion_interval(x, n, "clopper_pearson")
    found = _proportion_quality(share, n, np.asarray(upper - lower))
    review = (share == 0) | (share == 1)
    words = np.select(
        [np.isnan(x), found.word == "too_weak", review], ["", "suppress", "review"], "present"
    )
    return np.asarray(scalar_if_single(words))


def quality_of(figures: Measured, *, unit: str = "share") -> Quality:
    r"""Return the word of quality of every figure, and why.

    Parameters
    ----------
    figures : Measured
        Estimates with whatever is known about them.
    unit : str
        Unit of the indicator.

    Returns
    -------
    Quality
        By the first rule that applies:

        ============================================ ============= ====================
        situation                                    word          reason
        ============================================ ============= ====================
        no estimate                                  not_shown     no_figure
        neither counts nor margin                    use_with_care precision_unknown
        **count** of a full enumeration              strong        full_count
        **share**, n below 30                        too_weak      few_children
        width of the 95 % interval 0.30 or more      too_weak      wide_interval
        width above 0.05 and above 130 % of share    too_weak      wide_for_its_size
        share exactly 0 or 1                         use_with_care zero_or_all
        width at most 0.05                           strong        narrow_interval
        width above 130 % of 1 - share               use_with_care complement_weak
        width above 0.15, or above 65 % of the share use_with_care fairly_wide_interval
        otherwise                                    strong        meets_standard
        **rate by counts** (per 1,000): fewer than   too_weak      few_events
        10 events, or a population below 10
        width above 160 % of the rate                too_weak      wide_for_its_size
        width above 80 % of the rate                 use_with_care fairly_wide_interval
        otherwise                                    strong        meets_standard
        **anything else with a margin**: standard    strong        low_variation
        error at most 12 % of the estimate
        at most 40 %                                 use_with_care medium_variation
        above 40 %, or estimate 0                    too_weak      high_variation
        ============================================ ============= ====================

    Notes
    -----
    What is ``too_weak`` is what the National Center for Health Statistics (NCHS) would
    suppress: Parker et al. 2017, Vital Health Stat 2(175) for proportions, and Parker et
    al. 2023, Vital Health Stat 2(200) for rates. NCHS has no word between; here a figure
    is ``strong`` only if its interval is at most *half* as wide as the limit at which it
    would be suppressed. That half is our choice.

    The interval of a share is Clopper-Pearson's. A survey share with a margin of error is
    judged as Korn and Graubard do, with the effective number of interviews
    :math:`n = p(1-p) / SE^2`. Their width replaces the coefficient of variation, which
    calls the same sample good at 92 % and bad at 8 %. A survey share of exactly 0 or 1 has
    no effective number; its width is the part of the interval inside [0, 1]. The interval
    of a rate by counts is the exact Poisson one of its events.

    The bands of 12 and 40 % for everything else are those that Esri prints with American
    Community Survey figures, after the National Research Council.

    Examples
    --------
    >>> figures = Measured.of([0.6, 0.25, 0.5, 0.18, 0.7], numerator=[600, 10, 10, None, None],
    ...                       denominator=[1000, 40, 20, None, None],
    ...                       moe90=[None, None, None, 0.05, None])
    >>> quality_of(figures).word.tolist()
    ['strong', 'use_with_care', 'too_weak', 'use_with_care', 'use_with_care']
    """
    counted, surveyed = figures.by_counts(unit), figures.by_margins()
    missing = np.isnan(figures.estimate)
    if unit == "share":
        by_counts = _count_share(figures, counted)
        by_margins = _survey_share(figures)
    elif unit in COUNT_SCALES:
        by_counts, by_margins = _count_rate(figures, counted), _survey_amount(figures)
    else:
        by_counts = by_margins = _survey_amount(figures)
    word = np.where(counted, by_counts.word, "use_with_care")
    reason = np.where(counted, by_counts.reason, "precision_unknown")
    word = np.where(surveyed, by_margins.word, word)
    reason = np.where(surveyed, by_margins.reason, reason)
    everyone = (unit == "count") & ~surveyed & (figures.numerator == figures.estimate)
    word = np.where(everyone, "strong", word)
    reason = np.where(everyone, "full_count", reason)
    return Quality(
        scalar_if_single(np.where(missing, "not_shown", word)),
        scalar_if_single(np.where(missing, "no_figure", reason)),
    )


def _first(rules: Sequence[tuple[NDArray[np.bool_], QualityWord, str]], last: str) -> Quality:
    """Return word and reason of the first rule that applies; strong if none does."""
    conditions = [condition for condition, _, _ in rules]
    return Quality(
        np.select(conditions, [word for _, word, _ in rules], default="strong"),
        np.select(conditions, [reason for _, _, reason in rules], default=last),
    )


def _proportion_quality(p: FloatArray, n: FloatArray, width: FloatArray) -> Quality:
    narrow = width <= _NARROW
    return _first(
        [
            (n < _SMALLEST_N, "too_weak", "few_children"),
            (width >= _WIDEST, "too_weak", "wide_interval"),
            (~narrow & (width > _WIDEST_RELATIVE * p), "too_weak", "wide_for_its_size"),
            ((p == 0) | (p == 1), "use_with_care", "zero_or_all"),
            (narrow, "strong", "narrow_interval"),
            (width > _WIDEST_RELATIVE * (1 - p), "use_with_care", "complement_weak"),
            (
                (width > _STRONG_WIDTH) | (width > _STRONG_RELATIVE * p),
                "use_with_care",
                "fairly_wide_interval",
            ),
        ],
        "meets_standard",
    )


def _count_share(figures: Measured, counted: NDArray[np.bool_]) -> Quality:
    x = np.where(counted, figures.numerator, np.nan)
    n = np.where(counted, figures.denominator, np.nan)
    lower, upper = proportion_interval(x, n, "clopper_pearson")
    return _proportion_quality(x / n, n, np.asarray(upper - lower))


def _survey_share(figures: Measured) -> Quality:
    p, error = figures.estimate, standard_error(figures.moe90)
    inner = (p > 0) & (p < 1) & (error > 0)
    effective = np.where(inner, p * (1 - p) / np.where(inner, error, np.nan) ** 2, np.nan)
    lower, upper = proportion_interval(p * effective, effective, "clopper_pearson")
    ends = margin_interval(p, figures.moe90, minimum=0.0, maximum=1.0)
    width = np.where(inner, upper - lower, ends.upper - ends.lower)
    return _proportion_quality(p, np.where(inner, effective, np.inf), width)


def _count_rate(figures: Measured, counted: NDArray[np.bool_]) -> Quality:
    events = np.where(counted, figures.numerator, np.nan)
    tail = 0.025
    upper = special.gammainccinv(events + 1, tail)
    lower = np.where(events > 0, special.gammaincinv(np.maximum(events, 1), tail), 0.0)
    width = (upper - lower) / np.where(events > 0, events, np.nan)
    few = (events < _SMALLEST_EVENTS) | (figures.denominator < _SMALLEST_EVENTS)
    return _first(
        [
            (few, "too_weak", "few_events"),
            (width > _WIDEST_RATE, "too_weak", "wide_for_its_size"),
            (width > _STRONG_RATE, "use_with_care", "fairly_wide_interval"),
        ],
        "meets_standard",
    )


def _survey_amount(figures: Measured) -> Quality:
    variation = coefficient_of_variation(figures.estimate, figures.moe90)
    return _first(
        [
            ((variation > _HIGH_CV) | (figures.estimate == 0), "too_weak", "high_variation"),
            (variation > _LOW_CV, "use_with_care", "medium_variation"),
        ],
        "low_variation",
    )
