"""Which edition the site is and where it will stand: ``reports/site.yml``."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

import yaml

from c2c_lib.errors import InputError, Problem

__all__ = ["edition_of", "server_path"]

_PATH: Final = re.compile(r"/([\w.~-]+/)*")


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


def server_path(file: Path) -> str:
    """Read the folder of the web server in which the site will stand; ``/`` if none is named.

    Only the page for missing addresses needs it: all others find their way by themselves.

    Parameters
    ----------
    file : Path
        ``reports/site.yml``, with an optional line such as ``path: /report-cards/``.

    Raises
    ------
    InputError
        If the path does not begin and end with a slash.
    """
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    path = str(content.get("path", "/"))
    if not _PATH.fullmatch(path):
        raise InputError(
            [
                Problem(
                    where=f"reports/{file.name}",
                    what="the site's place on its server is not a path",
                    value=path,
                    column="path",
                    allowed="/ or a path such as /report-cards/",
                )
            ]
        )
    return path
