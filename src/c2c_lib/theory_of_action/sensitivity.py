"""How the counts change with the definitions, because no public source fixes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from c2c_lib.catalog.periods import parse_period, school_year
from c2c_lib.findings import Figures
from c2c_lib.params import City
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.gap_evidence import OutcomeGap, outcome_gaps
from c2c_lib.theory_of_action.outcome_change import OutcomeChange, outcome_changes

__all__ = ["Variant", "sensitivity", "variants"]

_EARLIER: Final = (8, 6, 4, 2)
"""Baselines so many years before the one that was chosen."""

_MINIMA: Final = (0.0, 0.02, 0.03, 0.05)
_WINDOWS: Final = (3, 5)


@dataclass(frozen=True)
class Variant:
    """One set of definitions and what is other about it.

    Attributes
    ----------
    kind : str
        ``chosen``, ``baseline``, ``window``, ``minimum``, ``unknown_precision``,
        ``after_a_break``, ``gap_of_an_outcome`` or ``strict``.
    value : str
        What the definition was set to, as text; empty for the chosen ones.
    """

    kind: str
    value: str
    definitions: Definitions


def variants(city: City, definitions: Definitions) -> list[Variant]:
    """Return the definitions to try: one thing changed at a time.

    Examples
    --------
    >>> from c2c_lib.params import load_city
    >>> [v.value for v in variants(load_city("norwalk"), Definitions()) if v.kind == "baseline"]
    ['2010-11', '2012-13', '2014-15', '2016-17', '2020-21', '2021-22']
    """
    end = parse_period(definitions.baseline or city.baseline).end
    years = [end - back for back in _EARLIER] + [end + 2, end + 3]
    other_precision = _other(definitions.unknown_precision, ("judge_by_size", "not_enough_data"))
    other_break = _other(definitions.after_a_break, ("restart", "not_enough_data"))
    other_gap = _other(definitions.gap_of_an_outcome, ("widest", "any"))
    changed: list[tuple[str, str, dict[str, Any]]] = [
        ("chosen", "", {}),
        ("strict", "", {}),
        *(("baseline", school_year(y - 1), {"baseline": school_year(y - 1)}) for y in years),
        *(("window", str(years), {"window": years}) for years in _WINDOWS),
        *(
            ("minimum", str(size), {"minimum": size})
            for size in _MINIMA
            if size != definitions.minimum
        ),
        ("unknown_precision", other_precision, {"unknown_precision": other_precision}),
        ("after_a_break", other_break, {"after_a_break": other_break}),
        ("gap_of_an_outcome", other_gap, {"gap_of_an_outcome": other_gap}),
    ]
    return [
        Variant(kind, value, definitions.model_copy(update=update))
        for kind, value, update in changed
    ]


def _other(value: str, options: tuple[str, str]) -> str:
    return options[1] if value == options[0] else options[0]


def sensitivity(
    city: City, figures: Figures, definitions: Definitions, tried: Iterable[Variant] | None = None
) -> pd.DataFrame:
    """Return the counts under other definitions.

    Parameters
    ----------
    tried : iterable of Variant, optional
        By default `variants` of the definitions.

    Returns
    -------
    DataFrame
        One row per variant: ``kind``, ``value``, then of the seven outcomes how many
        ``improved``, were ``about_the_same``, ``slipped`` and are ``unknown``;
        ``maintained_or_improved``; and of their gaps how many were ``gaps_reduced`` and how many
        are ``gaps_unknown``. In the row of the stricter reading an outcome that moved in both
        directions is ``unknown``: a reading that is stricter must not say more.
    """
    rows = []
    known: dict[Definitions, tuple[Sequence[OutcomeChange], Sequence[OutcomeGap]]] = {}
    for variant in tried if tried is not None else variants(city, definitions):
        if variant.definitions not in known:
            made = outcome_changes(city, figures, variant.definitions)
            known[variant.definitions] = (
                made,
                outcome_gaps(made, city, figures, variant.definitions),
            )
        changes, gaps = known[variant.definitions]
        words = [c.strict if variant.kind == "strict" else c.verdict for c in changes]
        reduced = [gap.reduced for gap in gaps]
        same = words.count("about_the_same")
        rows.append(
            {
                "kind": variant.kind,
                "value": variant.value,
                "improved": words.count("improved"),
                "about_the_same": same,
                "slipped": words.count("slipped"),
                "unknown": words.count("not_enough_data") + words.count("mixed"),
                "maintained_or_improved": words.count("improved") + same,
                "gaps_reduced": reduced.count(True),
                "gaps_unknown": reduced.count(None),
            }
        )
    return pd.DataFrame(rows)
