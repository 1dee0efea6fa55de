"""Plays the attacker against a built site, and works out what is hidden where it can.

Every figure on a page stands in the downloads too (`c2c_lib.reporting.check_figures`), so what
the downloads of all cities together do not give away, no page does.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems
from c2c_lib.observations import KEY
from c2c_lib.privacy import Rules, exposed_cells

__all__ = ["check_privacy"]

_NUMBERS: Final = ("estimate", "numerator", "denominator", "moe90")
_TEXTS: Final = (*KEY, "status", "source", "note")
_NAMED: Final = 5


def check_privacy(
    tables: Iterable[Path], rules: Rules, catalog: Catalog, problems: Problems
) -> None:
    """Note every hidden figure of ours that all tables together give away.

    Parameters
    ----------
    tables : iterable of Path
        Tables of figures as CSV with the columns of the tidy table, one per city.
    rules : Rules
        The rules of the site.
    catalog : Catalog
        Says which groups add up. A figure that it does not know takes no part.
    problems : Problems
        Gets one problem per indicator, with the first cells by name.
    """
    frames = [_read(file) for file in tables]
    if not frames:
        return
    frame = pd.concat(frames, ignore_index=True).drop_duplicates(list(KEY), ignore_index=True)
    frame = frame[frame["indicator"].isin(list(catalog.indicators))].reset_index(drop=True)
    found = exposed_cells(frame, catalog, rules)
    for indicator, cells in found[found["hidden_by_us"]].groupby("indicator", sort=True):
        names = cells[["geo_id", "period", "dimension", "group"]].agg(" ".join, axis=1)
        problems.add(
            str(indicator),
            f"{len(cells)} hidden figure(s) can be worked out from what is shown",
            value="; ".join(names.head(_NAMED)),
            allowed="none",
            remedy="Do not publish this site. Report it as a fault of the privacy gate.",
        )


def _read(file: Path) -> pd.DataFrame:
    texts = dict.fromkeys(_TEXTS, "str")
    numbers = dict.fromkeys(_NUMBERS, "float64")
    return pd.read_csv(
        file,
        usecols=[*_TEXTS, *_NUMBERS],
        dtype=texts | numbers,
        keep_default_na=False,
        na_values={name: [""] for name in _NUMBERS},
    )
