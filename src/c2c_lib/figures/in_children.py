"""Gaps in children: how many more would do well if every group did as well as all."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.equity import excess
from c2c_lib.figures.number import derived
from c2c_lib.figures.places import in_place
from c2c_lib.findings import Finding, GapSet
from c2c_lib.language import Language

__all__ = ["in_children", "in_children_sentence"]


def in_children(finding: Finding, gaps: GapSet) -> int | None:
    """Return how many children stand between the groups of a dimension and all children.

    Parameters
    ----------
    gaps : GapSet
        The groups of one dimension.

    Returns
    -------
    int or None
        The sum over the groups that fare worse beyond chance, of group size times the
        distance to all, rounded half up; None where the publisher gives no counts, where groups
        must not be compared, or where no group fares worse.
    """
    if gaps.caution is not None or finding.indicator.unit != "share":
        return None
    worse = [
        gap.observation
        for gap in gaps.shown
        if gap.adverse and gap.beyond_chance and gap.quality.word != "too_weak"
    ]
    # A survey asks some people only: its counts are estimates, and so would be their sum.
    if not worse or any(o.denominator is None or o.moe90 is not None for o in worse):
        return None
    sizes = excess(
        [o.value for o in worse],
        gaps.reference.value,
        [o.denominator or 0.0 for o in worse],
        polarity=finding.indicator.polarity,
    )
    total = int(sizes.sum() + 0.5)
    return total if total > 0 else None


def in_children_sentence(finding: Finding, sets: Sequence[GapSet], language: Language) -> Markup:
    """Return the gaps of a finding in children, one figure a dimension; empty if there is none.

    The dimensions overlap, since a child is in one group of each: they are never added up.
    Where a group is hidden, the figure is said to be the least.
    """
    found = []
    for gaps in sets:
        count = in_children(finding, gaps)
        if count is None:
            continue
        words = {
            "count": derived(language.number(count), "children"),
            "dimension": language.of(gaps.dimension.name),
            "period": gaps.reference.period.label,
        }
        found.append(
            language.text("{dimension}, {period}: at least {count}", **words)
            if gaps.hidden
            else language.text("{dimension}, {period}: {count}", **words)
        )
    if not found:
        return Markup()
    words = {
        "people": language.of(finding.indicator.people),
        "place": in_place(finding.place, language),
        "predicate": language.of(finding.indicator.predicate),
    }
    said = (
        language.text(
            "If every group had done as well as all {people} in {place}, this many more would "
            "be among those who {predicate}:",
            **words,
        )
        if finding.indicator.polarity == "higher_is_better"
        else language.text(
            "If every group had done as well as all {people} in {place}, this many fewer would "
            "be among those who {predicate}:",
            **words,
        )
    )
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in found)
    return Markup('<div class="in-children"><p><strong>{}</strong> {}</p><ul>{}</ul></div>').format(
        language.text("In children."), said, items
    )
