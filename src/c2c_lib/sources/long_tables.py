"""Small things that readers of long tables share: one number in each row, labels beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["group_ids", "one_row_per_figure"]


def group_ids(
    frame: pd.DataFrame, column: str, dimension: str, everyone: str, file: RawFile, names: Names
) -> pd.Series[str]:
    """Return the group of every row; an unknown label is noted once and gives none.

    Parameters
    ----------
    frame : DataFrame
        As `c2c_lib.sources.tables.read_csv` returns it.
    column : str
        That holds the labels.
    dimension : str
        Dimension id, for example ``race_ethnicity``.
    everyone : str
        The label of all together, which is in no dimension.
    file : RawFile
        For the problems.
    names : Names
        Knows the labels.
    """
    found: dict[str, str] = {everyone: "all"}
    for line, label in frame[column].drop_duplicates().items():
        if label != everyone:
            group = names.group(dimension, label, f"{file.name}:{line}")
            if group is not None:
                found[label] = group
    return frame[column].map(found)


def one_row_per_figure(
    frame: pd.DataFrame,
    keys: Sequence[str],
    cells: Sequence[str],
    file: RawFile,
    problems: Problems,
) -> pd.DataFrame:
    """Put the numbers of a figure, which stand below each other, beside each other.

    Parameters
    ----------
    frame : DataFrame
        With the columns `keys`, ``cell`` (what the number is) and ``value``; the index is
        the line in the file.
    keys : sequence of str
        What names a figure.
    cells : sequence of str
        The columns of the result.
    file : RawFile
        For the problems.
    problems : Problems
        Where a second number for the same cell is noted; the first one counts.

    Examples
    --------
    >>> from pathlib import Path
    >>> frame = pd.DataFrame({"place": ["a", "a"], "cell": ["n", "moe"], "value": [7.0, 2.0]})
    >>> file = RawFile(Path("x.csv"), "x.csv")
    >>> one_row_per_figure(frame, ["place"], ["n", "moe"], file, Problems()).values.tolist()
    [['a', 7.0, 2.0]]
    """
    whole = [*keys, "cell"]
    for line, *key in frame[frame.duplicated(whole)][whole].head(20).itertuples():
        problems.add(f"{file.name}:{line}", "a second row stands for", value="/".join(key))
    wide = frame.drop_duplicates(whole).set_index(whole)["value"].unstack("cell")  # noqa: PD010 - one value per cell, nothing to aggregate
    return wide.reindex(columns=list(cells)).rename_axis(columns=None).reset_index()
