"""How far a survey figure of a small area can be trusted."""

from __future__ import annotations

import math
from typing import Final, Literal

from c2c_lib.equity.margins import coefficient_of_variation

__all__ = ["STRONG_CV", "WEAK_CV", "TractQuality", "tract_quality"]

TractQuality = Literal["strong", "use_with_care", "too_weak"]

STRONG_CV: Final = 0.12
WEAK_CV: Final = 0.40


def tract_quality(estimate: float, moe90: float) -> TractQuality:
    r"""Return how far a tract's survey figure can be trusted.

    .. math:: \mathrm{CV} = \frac{\mathrm{MOE}_{90} / 1.645}{\mathrm{estimate}}

    Parameters
    ----------
    estimate : float
        A share or a count, at least 0.
    moe90 : float
        Half of its 90 % interval, in the same unit.

    Returns
    -------
    {"strong", "use_with_care", "too_weak"}
        CV up to 12 %, up to 40 %, above. An estimate of 0 is too weak, since its CV is not
        defined and a sample without poor children does not mean that there are none; so is
        a figure whose margin of error is missing, since a missing margin is not zero.

    Raises
    ------
    ValueError
        If the estimate or the margin is negative.

    Notes
    -----
    `c2c_lib.equity.reliability.quality_of` judges a survey share by the width of its
    interval instead and is much stricter where a share is large: it calls most tracts of a
    city too weak. A map needs a rule that still tells tracts apart, and says which it is.

    The bands are those that Esri uses for ACS counts (high, medium and low reliability);
    the margins are from the Census Bureau's *ACS General Handbook* (2020), chapter 7. The
    CV judges a share near 1 too kindly; child poverty in tracts stays well below.

    Examples
    --------
    >>> tract_quality(0.30, 0.05), tract_quality(0.30, 0.15), tract_quality(0.30, 0.25)
    ('strong', 'use_with_care', 'too_weak')
    >>> tract_quality(0.0, 0.08)
    'too_weak'
    """
    if estimate < 0 or moe90 < 0:
        raise ValueError(
            f"estimate is {estimate} and moe90 is {moe90}, but both are expected to be 0 or more; "
            "negative numbers are the Census Bureau's marks for a figure that is not given"
        )
    if math.isnan(estimate) or math.isnan(moe90) or estimate == 0:
        return "too_weak"
    cv = float(coefficient_of_variation(estimate, moe90))
    if cv <= STRONG_CV:
        return "strong"
    return "use_with_care" if cv <= WEAK_CV else "too_weak"
