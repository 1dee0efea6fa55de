"""Corrections that the partnerships or we have made: ``reports/corrections.yml``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from c2c_lib.catalog import Localized
from c2c_lib.errors import InputError, Problem, Problems

__all__ = ["Correction", "read_corrections"]


class Correction(BaseModel):
    """One correction of something that was published.

    Attributes
    ----------
    day : date
        When it was corrected.
    page : str
        Which page, as its address from the root of the site.
    was, now, why : Localized
        What it said, what it says now, and why that was wrong.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    page: str = Field(min_length=1)
    was: Localized
    now: Localized
    why: Localized


def read_corrections(file: Path) -> tuple[Correction, ...]:
    """Read the list of corrections, the newest first; a file that is missing lists none.

    Raises
    ------
    InputError
        With every problem of every entry.
    """
    if not file.is_file():
        return ()
    where = f"reports/{file.name}"
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise InputError([Problem(where, f"does not read as YAML: {error}")]) from error
    entries = content.get("corrections") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise InputError([Problem(where, "has no list", column="corrections", allowed="a list")])
    problems = Problems()
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(Correction.model_validate(entry))
        except ValidationError as error:
            for wrong in error.errors():
                key = ".".join(str(part) for part in wrong["loc"])
                problems.add(
                    f"{where}, correction {number}",
                    wrong["msg"],
                    column=key,
                    value=wrong.get("input", "") if wrong["type"] != "missing" else "",
                    allowed=", ".join(Correction.model_fields),
                )
    problems.raise_if_any()
    return tuple(sorted(found, key=lambda c: c.day, reverse=True))
