"""College entrance and persistence, EdSight: graduates who went on to college, and stayed.

Entrance is out of high school graduates; persistence is out of those who entered. Only the
rates are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_college"

INDICATORS: Final = {
    "entrance": "postsecondary_entrance_1yr",
    "persistence": "postsecondary_persistence_year2",
}

LAYOUT: Final = Layout(
    title="College Entrance and Persistence",
    columns={"Entrance(%)": "entrance", "Persistence(%)": "persistence"},
    required=("entrance", "persistence"),
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports; the period is the school year in which the class graduated.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of any classes and student groups, of districts or of the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``postsecondary_entrance_1yr`` and
        ``postsecondary_persistence_year2``, without counts.
    """
    table = read_table(files, LAYOUT, names)
    return pd.concat(
        [
            read_figures(table, LAYOUT, names.problems, rate).assign(indicator=indicator)
            for rate, indicator in INDICATORS.items()
        ],
        ignore_index=True,
    )
