"""What EdSight exports look like: the headings and titles that are known, and their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

__all__ = [
    "CODE_COLUMNS",
    "DIMENSION_COLUMNS",
    "DIMENSION_TITLES",
    "PLACE_COLUMNS",
    "SCOPES",
    "STATE_SCOPE",
    "Export",
    "Layout",
]

PLACE_COLUMNS: Final = ("District", "Organization", "State", "DISTRICT", "STATE")
CODE_COLUMNS: Final = ("District Code", "Organization Code")

DIMENSION_COLUMNS: Final[Mapping[str, str]] = {
    "Race/Ethnicity": "race_ethnicity",
    "Race": "race_ethnicity",
    "Gender": "gender",
    "Free/Reduced Price Meal Eligibility": "economic_status",
    "Free/Reduced Price Meal Eligibility (2-level)": "economic_status",
    "Free/Reduced Price Meal Eligibility (3-level)": "economic_status",
    "English Learner Status": "english_learner",
    "English Learner Status (EL)": "english_learner",
    "ELL": "english_learner",
    "Special Education Status": "disability",
    "Special Education Status (SWD)": "disability",
    "Special Education": "disability",
    "High Needs Status": "high_needs",
    "High Needs (F, R, ELL or SWD)": "high_needs",
    "High Needs (F/R, EL or SWD)": "high_needs",
    "Grade": "grade",
}
"""Headings of the column of student groups, and the dimension each one is."""

DIMENSION_TITLES: Final[Mapping[str, str]] = {
    **DIMENSION_COLUMNS,
    "All Students": "all",
}
"""The same words where they stand in a title line."""

STATE_SCOPE: Final = "State of Connecticut"
SCOPES: Final = ("All Districts", STATE_SCOPE, "")
"""What a title line names as its scope; some years leave "All Districts" out."""


@dataclass(frozen=True)
class Layout:
    """What the exports of one report look like.

    Attributes
    ----------
    title : str
        The report's name in the first title line; empty for a report without title lines.
    columns : mapping of str to str
        Headings that are read, and the field each one gives. A bare ``%`` is called after
        the column before it: ``Count %``; a bare ``Count`` after the merged heading above
        it. A heading that is listed here is not taken for a column of student groups.
    required : tuple of str
        Fields without which a file cannot be read.
    ignored : tuple of str
        Headings that are known and not read.
    subject : str
        A regular expression for what follows the scope in the second title line; its group
        ``group`` holds the dimension's title, any other named group gives a field.
    year_column : bool
        Whether the rows give the year in a field ``year``, so that neither a title nor the
        file's name does.

    Examples
    --------
    >>> layout = Layout("", {"Count": "numerator", "Count %": "rate"}, required=("rate",))
    >>> layout.headings("rate")
    'Count %'
    """

    title: str
    columns: Mapping[str, str]
    required: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    subject: str = r"(?P<group>.*)"
    year_column: bool = False

    def headings(self, name: str) -> str:
        """Return the headings under which a field is printed, for messages."""
        return " or ".join(heading for heading, known in self.columns.items() if known == name)


@dataclass
class Export:
    """One export, taken apart but with its cells as printed.

    Attributes
    ----------
    name : str
        The file, relative to the raw folder.
    period : str
        School year of the title or the file's name; empty where the rows give it.
    dimension : str
        Dimension id; ``all`` where no column tells students apart.
    state : bool
        Whether the title (or, without one, the file's name) says that it is the state's.
    positions : dict of str to int
        Where each field stands in a row; ``place``, ``code`` and ``group`` among them.
    rows : list of (int, list of str)
        Line number and cells.
    fields : dict of str to str
        Fields that the title gives for all rows.
    """

    name: str
    period: str = ""
    dimension: str = "all"
    state: bool = False
    positions: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
