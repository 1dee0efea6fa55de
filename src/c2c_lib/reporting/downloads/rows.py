"""The rows behind one block of a card, in a file of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from c2c_lib.observations.observation import Observation
from c2c_lib.reporting.downloads.table import write_csv

__all__ = ["write_rows"]


def write_rows(
    folder: Path, frame: pd.DataFrame, blocks: Mapping[str, Sequence[Observation]]
) -> list[Path]:
    """Write, for each indicator, exactly the rows that its block on the card shows.

    Parameters
    ----------
    folder : Path
        Made if there is anything to write.
    frame : DataFrame
        The city's table in words.
    blocks : mapping of str to sequence of Observation
        The observations of each block, by indicator. An indicator without any has no file.

    Returns
    -------
    list of Path
        ``<indicator>.csv``, with the columns and in the order of the table.

    Raises
    ------
    ValueError
        If a block shows a row that is not in the table: it would be on the page only.
    """
    names = ["indicator", "place", "period", "dimension", "group"]
    keys = pd.Series(
        ["/".join(key) for key in zip(*(frame[name] for name in names), strict=True)],
        frame.index,
        dtype="str",
    )
    files = []
    for indicator, observations in blocks.items():
        wanted = {observation.key for observation in observations}
        lost = wanted - set(keys[frame["indicator"] == indicator])
        if lost:
            raise ValueError(f"{min(lost)} is shown on the card but not in the downloads")
        if wanted:
            folder.mkdir(parents=True, exist_ok=True)
            files.append(folder / f"{indicator}.csv")
            write_csv(files[-1], frame[keys.isin(wanted)])
    return files
