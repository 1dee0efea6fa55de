"""The parameters cell of a report notebook: read and checked before anything runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from c2c_lib.errors import Problems, did_you_mean

__all__ = ["ALLOWED_PARAMETERS", "check_parameters", "parameters_cell", "read_parameters"]

ALLOWED_PARAMETERS: Final = ("city", "outcome", "language")
"""Everything else that a report needs stands in the city's file."""

_SLUG: Final = re.compile(r"[a-z][a-z0-9_-]*")


def parameters_cell(notebook: Mapping[str, Any]) -> int | None:
    """Return the index of the cell tagged ``parameters``, or None.

    Parameters
    ----------
    notebook : mapping
        A notebook in format 4, as `nbformat` or `json` reads it.
    """
    for index, cell in enumerate(notebook["cells"]):
        tags = cell.get("metadata", {}).get("tags", [])
        if cell["cell_type"] == "code" and "parameters" in tags:
            return index
    return None


def read_parameters(notebook: Mapping[str, Any], where: str, problems: Problems) -> dict[str, str]:
    """Read names and default values from the parameters cell.

    The cell holds one assignment of a quoted slug per line and nothing else, so that
    papermill can replace it and a reader can see all that varies.

    Parameters
    ----------
    notebook : mapping
        A notebook in format 4.
    where : str
        The notebook's name, for problems.
    problems : Problems
        Where what is wrong with the cell is noted.

    Returns
    -------
    dict of str to str
        Default value by name; only what could be read.

    Examples
    --------
    >>> cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]},
    ...         "source": 'city = "bridgeport"  # which report'}
    >>> read_parameters({"cells": [cell]}, "report_card.ipynb", Problems())
    {'city': 'bridgeport'}
    """
    index = parameters_cell(notebook)
    if index is None:
        problems.add(
            where,
            "no cell is tagged 'parameters'",
            remedy='Tag the code cell that holds lines such as city = "bridgeport".',
        )
        return {}
    source = notebook["cells"][index]["source"]
    text = source if isinstance(source, str) else "".join(source)
    try:
        statements = ast.parse(text).body
    except SyntaxError as error:
        problems.add(where, f"the parameters cell does not read as Python: {error.msg}")
        return {}
    return _assignments(statements, where, problems)


def _assignments(statements: list[ast.stmt], where: str, problems: Problems) -> dict[str, str]:
    found: dict[str, str] = {}
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str() as value)):
                found[name] = value
            case _:
                problems.add(
                    where,
                    "the parameters cell holds more than assignments of quoted slugs",
                    value=ast.unparse(statement),
                    allowed='lines such as city = "bridgeport"',
                    remedy="Move it to the next cell.",
                )
    for name in found:
        if name not in ALLOWED_PARAMETERS:
            problems.add(
                where,
                "unknown parameter",
                value=name,
                column="parameters cell",
                allowed=", ".join(ALLOWED_PARAMETERS),
                remedy=did_you_mean(name, ALLOWED_PARAMETERS)
                or "Everything else belongs in the city's file.",
            )
    return found


def check_parameters(
    given: Mapping[str, str],
    declared: Iterable[str],
    allowed: Mapping[str, Iterable[str]],
    where: str,
    problems: Problems,
) -> None:
    """Check what a notebook is about to be given; nothing runs if something is wrong.

    Parameters
    ----------
    given : mapping of str to str
        Name and value.
    declared : iterable of str
        Names that the notebook's parameters cell declares.
    allowed : mapping of str to iterable of str
        The values that each name may take.
    where : str
        The notebook's name, for problems.
    problems : Problems
        Where everything that is wrong is noted.

    Examples
    --------
    >>> problems = Problems()
    >>> check_parameters({"city": "nowalk"}, ["city"], {"city": ["norwalk"]}, "a.ipynb", problems)
    >>> print(*problems)
    a.ipynb: unknown city: got 'nowalk'; allowed: norwalk. did you mean 'norwalk'?
    """
    names = list(declared)
    for name, value in given.items():
        if name not in names:
            problems.add(
                where,
                "the notebook does not declare this parameter",
                value=name,
                allowed=", ".join(names),
                remedy=did_you_mean(name, names),
            )
            continue
        values = list(allowed.get(name, ()))
        if not _SLUG.fullmatch(value) or value not in values:
            problems.add(
                where,
                f"unknown {name}",
                value=value,
                allowed=", ".join(values),
                remedy=did_you_mean(value, values),
            )
