"""The title lines of an EdSight export: report, school year, scope and subject, all checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from c2c_lib.catalog import parse_period
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.sources.edsight_layout import (
    DIMENSION_TITLES,
    SCOPES,
    STATE_SCOPE,
    Export,
    Layout,
)

__all__ = ["check_dimension", "read_titles"]

Line = tuple[int, list[str]]

_TITLE: Final = re.compile(r"(?P<report>.+), (?P<year>\d{4}-\d{2,4})")
_YEAR_IN_NAME: Final = re.compile(r"__(\d{4}-\d{2})_")


def read_titles(lines: Sequence[Line], layout: Layout, export: Export, problems: Problems) -> str:
    """Check the lines above the header and note in the export what they say.

    Parameters
    ----------
    lines : sequence of (int, list of str)
        The lines above the header that are not blank, with their numbers.
    layout : Layout
        What the report's exports look like.
    export : Export
        Is given its `period`, `state` and `fields`.
    problems : Problems
        Where everything that does not fit is noted.

    Returns
    -------
    str
        The title of the dimension, such as ``Race/Ethnicity``; empty if none stands there.
    """
    stem = export.name.rpartition("/")[2]
    in_name = match[1] if (match := _YEAR_IN_NAME.search(stem)) else ""
    if not layout.title:
        export.state = stem.endswith("_ct.csv")
        for number, row in lines:
            problems.add(
                f"{export.name}:{number}", "unexpected line above the header", value=_joined(row)
            )
        export.period = in_name
        if not in_name and not layout.year_column:
            problems.add(
                export.name,
                "the file's name does not say which school year it is",
                value=stem,
                allowed="a name like report__2018-19_race.csv",
            )
        return ""
    if len(lines) < 2:
        problems.add(
            export.name,
            "the title lines are missing",
            allowed=f"'{layout.title}, 2018-19', then '{SCOPES[0]}, ...'",
            remedy="Export the report again.",
        )
        return ""
    _read_report_and_year(lines[0], in_name, layout, export, problems)
    return _read_scope_and_subject(lines[1], layout, export, problems)


def check_dimension(titled: str, export: Export, problems: Problems) -> None:
    """Hold the dimension in the title against the column of student groups."""
    if not titled:
        return
    if titled not in DIMENSION_TITLES:
        problems.add(
            export.name,
            "the title names an unknown way to tell students apart",
            value=titled,
            allowed=", ".join(DIMENSION_TITLES),
            remedy=did_you_mean(titled, DIMENSION_TITLES),
        )
    elif DIMENSION_TITLES[titled] != export.dimension:
        problems.add(
            export.name,
            "the title and the columns tell students apart in different ways",
            value=titled,
            allowed=export.dimension,
        )


def _read_report_and_year(
    title: Line, in_name: str, layout: Layout, export: Export, problems: Problems
) -> None:
    """Read report and year, and hold the year against the file's name."""
    where, words = f"{export.name}:{title[0]}", _joined(title[1])
    match = _TITLE.fullmatch(words)
    if match is None or match["report"] != layout.title:
        problems.add(
            where,
            "the title is not that of this report",
            value=words,
            allowed=f"{layout.title}, 2018-19",
            remedy="Move the file to the folder of its report, or export it again.",
        )
        return
    try:
        export.period = parse_period(match["year"]).label
    except ValueError:
        problems.add(
            where,
            "the title's school year does not read",
            value=match["year"],
            allowed="a school year like 2018-19",
        )
        return
    if in_name and in_name != export.period:
        problems.add(
            where,
            "the title and the file's name give different school years",
            value=export.period,
            allowed=in_name,
            remedy="Find out which one is right, then rename the file or export it again.",
        )


def _read_scope_and_subject(title: Line, layout: Layout, export: Export, problems: Problems) -> str:
    """Read scope and subject; return the title of the dimension."""
    where, words = f"{export.name}:{title[0]}", _joined(title[1])
    scope, subject = (part.strip() for part in (*words.split(",", 1), "")[:2])
    if scope not in SCOPES:
        problems.add(
            where,
            "the title names an unknown scope",
            value=scope,
            allowed=", ".join(filter(None, SCOPES)),
        )
    export.state = scope == STATE_SCOPE
    match = re.fullmatch(layout.subject, subject)
    if match is None:
        problems.add(
            where,
            "the title says that the file shows something else than is read here",
            value=subject,
            allowed=f"the pattern {layout.subject}",
            remedy="Take the file out of the folder, or export it again.",
        )
        return ""
    export.fields = {name: text for name, text in match.groupdict().items() if name != "group"}
    return match["group"]


def _joined(row: Sequence[str]) -> str:
    """Return a title line; a comma in an unquoted title splits it into cells."""
    return ", ".join(row).rstrip(", ")
