"""One table of test results into the indicators of its subjects and grades."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["figures_by_subject"]


def figures_by_subject(
    table: pd.DataFrame, layout: Layout, names: Names, indicators: Mapping[str, tuple[str, str]]
) -> pd.DataFrame:
    """Return the figures of every indicator, each from its rows of the table.

    Parameters
    ----------
    table : DataFrame
        Text as printed, with ``subject`` and, where the report tells grades apart, ``grade``.
    layout : Layout
        For the names of columns in messages.
    names : Names
        Resolves grades; its `problems` collects unknown subjects and grades, and those that
        no indicator stands for, each once with its first line.
    indicators : mapping of str to (str, str)
        Grade id (empty where the report has none) and subject as printed, by indicator.

    Returns
    -------
    DataFrame
        Observations with the students at level 3 or 4 and those with scored tests.
    """
    of = {key: indicator for indicator, key in indicators.items()}
    keys = ["grade", "subject"] if "grade" in table else ["subject"]
    first = table.drop_duplicates(keys)
    found: dict[tuple[str, ...], str] = {}
    for where, *printed in first[["where", *keys]].itertuples(index=False, name=None):
        grade = names.group("grade", printed[0], where) if "grade" in table else ""
        if (grade, printed[-1]) in of:
            found[tuple(printed)] = of[(str(grade), printed[-1])]
        elif grade is not None:
            names.problems.add(
                where,
                "no indicator stands for this subject and grade",
                value=" ".join(printed[::-1]),
                column=layout.headings("subject"),
                allowed=", ".join(dict.fromkeys(f"{s} {g}".strip() for g, s in of)),
            )
    cells = table[keys].itertuples(index=False, name=None)
    indicator = pd.Series([found.get(tuple(key)) for key in cells], table.index, dtype="str")
    table = table.assign(indicator=indicator)
    parts = [read_figures(table[:0], layout, names.problems).assign(indicator="")]
    for name, rows in table.groupby("indicator", sort=False):
        figures = read_figures(rows.reset_index(drop=True), layout, names.problems)
        parts.append(figures.assign(indicator=name))
    return pd.concat(parts, ignore_index=True)
