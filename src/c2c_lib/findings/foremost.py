"""Which findings come first: the best news and the widest gap, from strong figures only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from c2c_lib.findings.finding import Finding, Gap, GapSet
from c2c_lib.params import City

__all__ = ["best_news", "followed_shares", "wider_gaps", "widest_gap"]


def followed_shares(city: City, findings: Mapping[str, Finding]) -> list[Finding]:
    """Return the shares among the indicators that the city puts first, in its order.

    Only shares can be set against one another: their differences are all in points.
    """
    return [
        findings[i]
        for i in (*city.core, *city.contributing)
        if i in findings and findings[i].indicator.unit == "share"
    ]


def best_news(findings: Sequence[Finding]) -> Finding | None:
    """Return the largest improvement beyond chance; None if there is none.

    The figure must be strong, and the change must have an interval that leaves out zero.
    """
    better = [
        finding
        for finding in findings
        if finding.quality.word == "strong"
        and finding.change is not None
        and finding.change.verdict == "improved"
        and finding.change.interval is not None
    ]
    return max(better, key=lambda f: abs(f.change.difference) if f.change else 0.0, default=None)


def widest_gap(findings: Sequence[Finding]) -> tuple[Finding, GapSet, Gap] | None:
    """Return the largest gap in which a group fares worse beyond chance; None if there is none.

    The group's figure must be strong, and the gap must have an interval that leaves out zero.
    """
    wide = [
        (finding, *pair)
        for finding in findings
        for pair in finding.adverse_gaps
        if pair[1].quality.word == "strong" and pair[1].interval is not None
    ]
    return max(wide, key=lambda found: abs(found[2].difference or 0.0), default=None)


def wider_gaps(findings: Sequence[Finding], size: float) -> int:
    """Return how many gaps beyond chance are wider, whatever the strength of their figures.

    Parameters
    ----------
    size : float
        Of the gap that they are held against: a difference of shares, 0 to 1.
    """
    return sum(
        abs(gap.difference or 0.0) > abs(size)
        for finding in findings
        for _, gap in finding.adverse_gaps
    )
