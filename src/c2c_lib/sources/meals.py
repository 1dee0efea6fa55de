"""Two exports of one report that tell school meals apart in two ways, put together safely.

One export has students with free or reduced-price meals and those without, the other has
free meals, reduced-price meals and none. Each hides enough for itself; side by side they
would give away what one of them hides.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from c2c_lib.observations.schema import VALUE_COLUMNS

__all__ = ["hide_what_meals_give_away"]

_HIDDEN: Final = "suppressed_by_source"
_BLOCK: Final = ("indicator", "geo_level", "geo_id", "period", "dimension")
_TWO_PARTS: Final = ("free_meals", "reduced_meals")


def hide_what_meals_give_away(figures: pd.DataFrame) -> pd.DataFrame:
    """Hide more, so that nothing that one export hides follows from the other.

    - A group that stands in both exports is hidden if one of them hides it.
    - Free and reduced-price meals together are a group of the other export: one of the two
      follows from the other one, so they are hidden together.

    Parameters
    ----------
    figures : DataFrame
        Figures of one report with the key columns, ``status`` and the value columns.

    Returns
    -------
    DataFrame
        Without the published figures of groups that another export hides; with the status
        ``suppressed_by_source`` and no values where free or reduced-price meals are hidden
        because of each other.

    Examples
    --------
    >>> keys = dict.fromkeys(_BLOCK, "economic_status")
    >>> figures = pd.DataFrame({"group": ["free_meals", "reduced_meals", "not_eligible"],
    ...     "estimate": [0.3, float("nan"), 0.7],
    ...     "status": ["published", "suppressed_by_source", "published"]}).assign(**keys)
    >>> hide_what_meals_give_away(figures)["status"].tolist()
    ['suppressed_by_source', 'suppressed_by_source', 'published']
    """
    hidden = figures["status"].eq(_HIDDEN)
    block = [figures[name] for name in _BLOCK]
    figures = figures[hidden | ~hidden.groupby([*block, figures["group"]]).transform("any")]
    parts = figures[figures["group"].isin(_TWO_PARTS)]
    one_hidden = (
        parts["status"].eq(_HIDDEN).groupby([parts[name] for name in _BLOCK]).transform("any")
    )
    rows = one_hidden.index[one_hidden]
    result = figures.copy()
    result.loc[rows, "status"] = _HIDDEN
    result.loc[rows, [name for name in VALUE_COLUMNS if name in result]] = float("nan")
    return result.reset_index(drop=True)
