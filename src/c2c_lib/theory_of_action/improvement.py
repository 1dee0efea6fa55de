"""A partnership's own monthly counts: ``params/improvement/<city>/<indicator>.csv``, read strictly.

They become run and control charts. A file has one row per month and site::

    month,site,counted,out_of,pdsa,note
    2024-09,Lakeview School,41,310,,
    2024-10,Lakeview School,44,312,plan,Call families after the second day

``counted`` of ``out_of`` children, as the indicator of the file's name counts them; both empty
where a month was not collected. ``pdsa`` (plan, do, study or act) marks a step of a cycle and is
explained in ``note``. A total of all sites is refused: a total beside its parts would let a hidden
part be found by subtraction.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast, get_args

import numpy as np

from c2c_lib.catalog import Catalog, Indicator, load_catalog
from c2c_lib.equity import ControlChart, RunChart, proportion_prime_chart, run_chart_of
from c2c_lib.errors import InputError, Problems, did_you_mean
from c2c_lib.paths import project_root
from c2c_lib.privacy import Rules

__all__ = [
    "COLUMNS",
    "FEWEST_POINTS",
    "Cycle",
    "Month",
    "Series",
    "charts_of",
    "load_improvement",
    "read_improvement",
]

COLUMNS: Final = ("month", "site", "counted", "out_of", "pdsa", "note")
"""The columns of a file, all required, in this order."""

FEWEST_POINTS: Final = 10
"""Fewer months show no limits and no verdict."""

Cycle: TypeAlias = Literal["plan", "do", "study", "act"]
MonthStatus: TypeAlias = Literal["shown", "not_collected", "hidden"]

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_TOTALS: Final = ("all", "total", "district", "todos", "sum")
_LONGEST_NOTE: Final = 120


@dataclass(frozen=True)
class Month:
    """One month of one site, after the privacy rules.

    Attributes
    ----------
    label : str
        ``2024-09``.
    counted, out_of : int or None
        None where nothing was collected, or where too few children stand behind it.
    status : str
        ``shown``, ``not_collected`` or ``hidden``.
    pdsa, note : str
        A step of a plan-do-study-act cycle; empty for most months.
    """

    label: str
    counted: int | None
    out_of: int | None
    status: MonthStatus
    pdsa: Cycle | Literal[""] = ""
    note: str = ""

    @property
    def share(self) -> float:
        """The share of children, or NaN where there is none to show."""
        if self.counted is None or not self.out_of:
            return math.nan
        return self.counted / self.out_of


@dataclass(frozen=True)
class Series:
    """One site's months of one indicator, in order, with a place for every month between.

    Attributes
    ----------
    indicator : Indicator
        What is counted, and which way is good.
    site : str
        A school or program.
    """

    indicator: Indicator
    site: str
    months: tuple[Month, ...]

    @property
    def shown(self) -> int:
        """How many months may be shown."""
        return sum(month.status == "shown" for month in self.months)


def load_improvement(city: str, rules: Rules, folder: Path | None = None) -> tuple[Series, ...]:
    """Load every series of a city, in the order of the files and sites; none is no error.

    Parameters
    ----------
    city : str
        Slug.
    rules : Rules
        A month with fewer children than these is hidden, before anything is worked out.
    folder : Path, optional
        By default ``params/improvement/<city>`` of the project.

    Raises
    ------
    InputError
        With all problems of all files.

    Examples
    --------
    >>> load_improvement("norwalk", Rules())
    ()
    """
    folder = folder or project_root() / "params" / "improvement" / city
    problems = Problems()
    found: list[Series] = []
    for file in sorted(folder.glob("*")) if folder.is_dir() else []:
        if file.suffix != ".csv":
            problems.add(f"{city}/{file.name}", "is not read", remedy="Only *.csv is.")
            continue
        try:
            found += read_improvement(file, rules)
        except InputError as error:
            problems.extend(error.problems)
    problems.raise_if_any()
    return tuple(found)


def read_improvement(
    file: Path, rules: Rules, catalog: Catalog | None = None
) -> tuple[Series, ...]:
    """Read and check one file; return its sites in the order in which they first stand.

    Raises
    ------
    InputError
        With every wrong column, month, count and step, every row that stands twice, a total, and
        a file name that is no indicator of shares, each with its line and what is allowed.
    """
    catalog = catalog or load_catalog()
    problems = Problems()
    where = f"{file.parent.name}/{file.name}"
    indicator = _indicator(file.stem, where, catalog, problems)
    rows = _rows(file, where, problems)
    checked = [_checked(row, f"{where}:{line}", problems) for line, row in rows]
    _check_once(rows, where, problems)
    problems.raise_if_any()
    assert indicator is not None  # noqa: S101 - it would be a problem
    sites = dict.fromkeys(row["site"].strip() for _, row in rows)
    return tuple(
        _series(
            indicator,
            site,
            [m for m, (_, row) in zip(checked, rows, strict=True) if row["site"].strip() == site],
            rules,
        )
        for site in sites
    )


def charts_of(series: Series) -> tuple[RunChart, ControlChart] | None:
    """Return the run chart and the control chart of a series, from its shown months only.

    Returns
    -------
    tuple or None
        Both by month, with gaps where nothing is shown; None with fewer than ten months. The run
        chart is judged by the Anhoej rules around the median, the control chart is Laney's
        p-prime chart, which is the p chart where chance explains all of the variation.
    """
    if series.shown < FEWEST_POINTS:
        return None
    shares = [month.share for month in series.months]
    counted = np.array([_or_nan(m.counted) for m in series.months])
    out_of = np.array([_or_nan(m.out_of) for m in series.months])
    return run_chart_of(shares), proportion_prime_chart(counted, out_of)


def _or_nan(value: int | None) -> float:
    return math.nan if value is None else float(value)


def _indicator(name: str, where: str, catalog: Catalog, problems: Problems) -> Indicator | None:
    shares = [
        i.id for i in catalog.indicators.values() if i.unit == "share" and i.polarity != "neutral"
    ]
    if name in shares:
        return catalog.indicators[name]
    what = "the file is not named after an indicator"
    if name in catalog.indicators:
        what = "the indicator is no share with a good direction, so months cannot be judged"
    problems.add(where, what, value=name, remedy=did_you_mean(name, shares))
    return None


def _rows(file: Path, where: str, problems: Problems) -> list[tuple[int, dict[str, str]]]:
    """Return the rows that have as many cells as columns, each with its line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.add(where, f"does not read: {error}")
        return []
    lines = list(csv.reader(text.splitlines()))
    header = [cell.strip() for cell in lines[0]] if lines else []
    if tuple(header) != COLUMNS:
        _wrong_header(header, where, problems)
        return []
    found = []
    for number, cells in enumerate(lines[1:], start=2):
        row = [cell.strip() for cell in cells]
        if len(row) == len(COLUMNS):
            found.append((number, dict(zip(COLUMNS, row, strict=True))))
        elif any(row):
            problems.add(
                f"{where}:{number}",
                "has another number of cells than columns",
                value=len(cells),
                allowed=str(len(COLUMNS)),
                remedy="Put a note with a comma in quotes.",
            )
    found = [(number, row) for number, row in found if any(row.values())]
    if len(lines) <= 1:
        problems.add(where, "has no rows")
    return found


def _wrong_header(header: Sequence[str], where: str, problems: Problems) -> None:
    for name in header:
        if name not in COLUMNS:
            problems.add(
                f"{where}:1",
                "unknown column",
                value=name,
                allowed=", ".join(COLUMNS),
                remedy=did_you_mean(name, COLUMNS),
            )
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        problems.add(f"{where}:1", "columns are missing", value=", ".join(missing))
    elif len(header) == len(COLUMNS):
        problems.add(f"{where}:1", "columns stand in another order", allowed=",".join(COLUMNS))


def _checked(row: Mapping[str, str], where: str, problems: Problems) -> Month:
    """Return a row as a month before the privacy rules; note what is wrong with it."""
    if not _MONTH.fullmatch(row["month"]):
        problems.add(
            where, "is not a month", value=row["month"], column="month", allowed="such as 2024-09"
        )
    if not row["site"]:
        problems.add(where, "has no site", column="site", allowed="a school or a program")
    elif row["site"].casefold() in _TOTALS:
        problems.add(
            where,
            "is a total; a total beside its parts would let a hidden part be found",
            value=row["site"],
            column="site",
            remedy="Leave it out, or give the file one site with its real name.",
        )
    counted = _count(row, "counted", where, problems)
    out_of = _count(row, "out_of", where, problems)
    if (counted is None) != (out_of is None) and not (row["counted"] and row["out_of"]):
        problems.add(where, "has one count without the other", column="counted, out_of")
    if counted is not None and out_of is not None and counted > out_of:
        problems.add(where, "counts more children than there are", value=f"{counted} of {out_of}")
    pdsa = _step(row, where, problems)
    status: MonthStatus = "not_collected" if counted is None else "shown"
    return Month(row["month"], counted, out_of, status, pdsa, row["note"])


def _step(row: Mapping[str, str], where: str, problems: Problems) -> Cycle | Literal[""]:
    steps = get_args(Cycle)
    if row["pdsa"] and row["pdsa"] not in steps:
        problems.add(
            where,
            "unknown step",
            value=row["pdsa"],
            column="pdsa",
            allowed=", ".join(steps),
            remedy=did_you_mean(row["pdsa"], steps),
        )
    if bool(row["pdsa"]) != bool(row["note"]):
        problems.add(where, "a step and its note go together", column="pdsa, note")
    if len(row["note"]) > _LONGEST_NOTE:
        problems.add(
            where,
            "the note is too long for a chart",
            value=f"{len(row['note'])} characters",
            column="note",
            allowed=f"up to {_LONGEST_NOTE}",
        )
    return cast("Cycle | Literal['']", row["pdsa"])


def _count(row: Mapping[str, str], column: str, where: str, problems: Problems) -> int | None:
    if not row[column]:
        return None
    if row[column].isascii() and row[column].isdigit():
        return int(row[column])
    problems.add(
        where,
        "is not a number of children",
        value=row[column],
        column=column,
        allowed="a whole number, 0 or more; empty where nothing was collected",
    )
    return None


def _check_once(
    rows: Sequence[tuple[int, Mapping[str, str]]], where: str, problems: Problems
) -> None:
    first: dict[tuple[str, str], int] = {}
    for line, row in rows:
        key = (row["month"], row["site"])
        if key in first:
            problems.add(
                f"{where}:{line}",
                "the month of a site stands twice",
                value=" ".join(key),
                remedy=f"It is already in line {first[key]}.",
            )
        first.setdefault(key, line)


def _series(indicator: Indicator, site: str, months: Sequence[Month], rules: Rules) -> Series:
    """Return the months in order, each missing one in its place, the small ones hidden."""
    by_label = {month.label: month for month in months}
    full = [
        by_label.get(label, Month(label, None, None, "not_collected"))
        for label in _between(min(by_label), max(by_label))
    ]
    return Series(indicator, site, tuple(_publishable(month, rules) for month in full))


def _publishable(month: Month, rules: Rules) -> Month:
    import pandas as pd  # noqa: PLC0415 - the rules take series

    if month.counted is None or month.out_of is None:
        return month
    small = rules.too_small(pd.Series([float(month.counted)]), pd.Series([float(month.out_of)]))
    if not small[0]:
        return month
    # A note in which a number stands could say what the month hides.
    note = "" if re.search(r"\d", month.note) else month.note
    return Month(month.label, None, None, "hidden", month.pdsa if note else "", note)


def _between(first: str, last: str) -> list[str]:
    """Return every month from the first to the last.

    Examples
    --------
    >>> _between("2023-11", "2024-02")
    ['2023-11', '2023-12', '2024-01', '2024-02']
    """
    year, month = map(int, first.split("-"))
    found = []
    while f"{year}-{month:02d}" <= last:
        found.append(f"{year}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found
