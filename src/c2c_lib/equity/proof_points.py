"""The share of indicators that improve: the proof point of cradle-to-career networks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import broadcast, check_choice, scalar_if_single
from c2c_lib.errors import InputError, Problem, Problems, did_you_mean

__all__ = ["DIRECTIONS", "ProofPoint", "direction_since_baseline", "proof_point"]

DIRECTIONS: Final = ("improved", "maintained", "declined", "no_data")

Wording: TypeAlias = Literal["improved", "maintained_or_improved"]
MissingRule: TypeAlias = Literal["excluded", "counted_against"]


class ProofPoint(NamedTuple):
    """Result of `proof_point`, with the rules that led to it.

    Attributes
    ----------
    share_improved, share_maintained_or_improved : float
        Of the indicators that count; NaN if none does.
    counted, no_data : int
        How many indicators count, and how many of all have no data.
    met : bool
        Whether the share of `wording` reaches `threshold`.
    wording, threshold, missing
        The rules as given.
    """

    share_improved: float
    share_maintained_or_improved: float
    counted: int
    no_data: int
    met: bool
    wording: Wording
    threshold: float
    missing: MissingRule


def direction_since_baseline(
    baseline: ArrayLike, current: ArrayLike, *, polarity: str, tolerance: float = 1e-9
) -> NDArray[np.str_]:
    """Return ``improved``, ``maintained``, ``declined`` or ``no_data`` by size alone.

    Parameters
    ----------
    baseline, current : array_like
        The figure in the baseline period and the latest one; broadcast together.
    polarity : {"higher_is_better", "lower_is_better"}
        Which way is good.
    tolerance : float
        A change of at most this size, in the unit of the indicator, is ``maintained``.

    Raises
    ------
    InputError
        For an unknown or neutral polarity, or a negative tolerance.

    Notes
    -----
    This is the networks' rule and not a test: it calls every wobble a direction. Where the
    precision is known, `change_between` is the better judge.

    Examples
    --------
    >>> direction_since_baseline([38.4, 0.3, 20], [38.4, 0.1 + 0.2, 18],
    ...                          polarity="higher_is_better").tolist()
    ['maintained', 'maintained', 'declined']
    """
    check_choice("polarity", polarity, ("higher_is_better", "lower_is_better"))
    if not tolerance >= 0:
        raise InputError(
            [Problem("tolerance", "is not a size", value=str(tolerance), allowed="0 or more")]
        )
    before, after = broadcast(baseline, current)
    better = (after - before) * (1 if polarity == "higher_is_better" else -1)
    words = np.select(
        [np.isnan(better), better > tolerance, better < -tolerance],
        ["no_data", "improved", "declined"],
        default="maintained",
    )
    return np.asarray(scalar_if_single(words))


def proof_point(
    directions: Iterable[str],
    *,
    wording: Wording = "improved",
    threshold: float = 0.6,
    missing: MissingRule = "excluded",
) -> ProofPoint:
    r"""Return the share of indicators that improved, and whether it is enough.

    Parameters
    ----------
    directions : iterable of str
        One of `DIRECTIONS` for every indicator.
    wording : str
        ``improved`` (StriveTogether 2018: "improvement in 60 percent of benchmark
        indicators") or ``maintained_or_improved`` (as some member partnerships say it).
    threshold : float
        The share that must be reached.
    missing : str
        Whether indicators without data are ``excluded`` from the count or
        ``counted_against`` it.

    Returns
    -------
    ProofPoint
        Not met if no indicator counts.

    Raises
    ------
    InputError
        For an unknown word, or a threshold that is not a share above 0.

    Notes
    -----
    No public source gives the baseline, the tolerance or a test for this rule. They are
    therefore parameters here and in `direction_since_baseline`, and stand in the result:
    print them beside it.

    Examples
    --------
    >>> found = proof_point(["improved"] * 4 + ["maintained"] + ["declined"] * 2)
    >>> print(f"{found.share_improved:.3f}", found.met)
    0.571 False
    """
    check_choice("wording", wording, get_args(Wording))
    check_choice("missing", missing, get_args(MissingRule))
    words = list(directions)
    problems = Problems()
    for word in words:
        if word not in DIRECTIONS:
            remedy = did_you_mean(word, DIRECTIONS)
            allowed = ", ".join(DIRECTIONS)
            problems.add("directions", "is not known", value=word, allowed=allowed, remedy=remedy)
    if not 0 < threshold <= 1:
        problems.add(
            "threshold", "is not a share", value=threshold, allowed="above 0 and at most 1"
        )
    problems.raise_if_any()
    improved, no_data = words.count("improved"), words.count("no_data")
    counted = len(words) - (no_data if missing == "excluded" else 0)
    share = improved / counted if counted else float("nan")
    kept = (improved + words.count("maintained")) / counted if counted else float("nan")
    met = (share if wording == "improved" else kept) >= threshold
    return ProofPoint(share, kept, counted, no_data, met, wording, threshold, missing)
