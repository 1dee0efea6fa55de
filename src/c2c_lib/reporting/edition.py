"""Which edition the site is: two lines of ``reports/site.yml``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml

from c2c_lib.errors import InputError, Problem

__all__ = ["edition_of"]


def edition_of(file: Path) -> tuple[str, str]:
    """Read label and ISO date of the edition, before anything runs.

    Parameters
    ----------
    file : Path
        ``reports/site.yml``.

    Raises
    ------
    InputError
        If the file is missing, or lacks its label or an ISO date.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        label, date = str(content["edition"]), str(content["date"])
        dt.date.fromisoformat(date)
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise InputError(
            [
                Problem(
                    where=f"reports/{file.name}",
                    what=f"does not say which edition this is ({type(error).__name__}: {error})",
                    allowed='edition: "2026" and date: "2026-11-21"',
                )
            ]
        ) from error
    return label, date
