"""Which edition the site is and where it will stand: ``reports/site.yml``."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

import yaml

from c2c_lib.errors import InputError, Problem

__all__ = ["edition_of", "server_path", "site_address"]

_PATH: Final = re.compile(r"/([\w.~-]+/)*")
_ADDRESS: Final = re.compile(r"https?://[\w.~-]+(:\d+)?/([\w.~-]+/)*")


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
    return _optional(
        file,
        "path",
        "/",
        _PATH,
        "the site's place on its server is not a path",
        "/ or a path such as /report-cards/",
    )


def site_address(file: Path) -> str:
    """Read the address at which the site will be read; empty if none is named.

    Only paper needs it: on a page every way to another page is relative.

    Parameters
    ----------
    file : Path
        ``reports/site.yml``, with an optional line such as
        ``address: https://example.org/report-cards/``.

    Raises
    ------
    InputError
        If it is not an address, or does not end with a slash.
    """
    return _optional(
        file,
        "address",
        "",
        _ADDRESS,
        "the site's address is not one that a browser opens",
        "an address that ends with a slash, such as https://example.org/report-cards/",
    )


def _optional(
    file: Path, key: str, otherwise: str, pattern: re.Pattern[str], wrong: str, allowed: str
) -> str:
    """Return a line of the file that need not be there."""
    value = str(yaml.safe_load(file.read_text(encoding="utf-8")).get(key, otherwise))
    if value != otherwise and not pattern.fullmatch(value):
        raise InputError(
            [
                Problem(
                    where=f"reports/{file.name}",
                    what=wrong,
                    value=value,
                    column=key,
                    allowed=allowed,
                )
            ]
        )
    return value
