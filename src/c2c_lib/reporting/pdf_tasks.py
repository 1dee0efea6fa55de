"""Which PDFs are made of a built site: by city, language, paper, full card and sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.reporting.one_page import sheet_address
from c2c_lib.reporting.plan import note_unknown, page_address
from c2c_lib.reporting.project import CityInfo

__all__ = ["Paper", "PdfTask", "pdf_tasks"]

Paper = Literal["a4", "letter"]
_CARD = "report_card"


@dataclass(frozen=True)
class PdfTask:
    """One PDF to make.

    Attributes
    ----------
    address : str
        The page, relative to the root of the site.
    name : str
        Of the file.
    paper : {"a4", "letter"}
        What it is printed on.
    one_sheet : bool
        Whether it must be one page.
    """

    address: str
    name: str
    paper: Paper
    one_sheet: bool = False


def pdf_tasks(
    site: Path,
    cities: Mapping[str, CityInfo],
    selected: Sequence[str],
    languages: Collection[str],
    paper: Paper,
    *,
    only_one_page: bool = False,
) -> list[PdfTask]:
    """Return the PDFs of the cities that were asked for, after checking that all can be made.

    Parameters
    ----------
    site : Path
        Folder of a built site.
    cities : mapping of str to CityInfo
        All cities, by slug.
    selected : sequence of str
        Slugs that were asked for; every city that the site has pages of, if empty.
    languages : collection of str
        Languages that were asked for; every language of a city's pages, if empty.
    only_one_page : bool
        Leave the full cards out.

    Raises
    ------
    InputError
        If the site is not built, or a city, language or page is unknown or not on it. All
        problems at once.
    """
    if not (site / "index.html").is_file():
        raise InputError(
            [
                Problem(
                    "c2c pdf",
                    "there is no built site to print from",
                    site.name,
                    remedy="Run `c2c build` first.",
                )
            ]
        )
    problems = Problems()
    spoken = list(dict.fromkeys(code for city in cities.values() for code in city.languages))
    for code in languages:
        if code not in spoken:
            problems.add("--language", "no page is in it", value=code, allowed=", ".join(spoken))
    note_unknown(selected, cities, problems)
    known = [code for code in languages if code in spoken]
    tasks: list[PdfTask] = []
    for slug in dict.fromkeys(selected or cities):
        if slug not in cities:
            continue
        own = cities[slug].languages
        there = [code for code in own if (site / page_address(_CARD, slug, code)).is_file()]
        if not there and not selected:
            continue
        for code in known if languages else there or own:
            wanted = _tasks(site, slug, code, paper, only_one_page=only_one_page)
            for task in wanted:
                if not (site / task.address).is_file():
                    problems.add(
                        task.address, "is not on the site", remedy=f"Run `c2c build {slug}` first."
                    )
            tasks += wanted
    problems.raise_if_any()
    return tasks


def _tasks(
    site: Path, city: str, language: str, paper: Paper, *, only_one_page: bool
) -> list[PdfTask]:
    """Return the PDFs of a city: the card, its sheet, and that of each part of its frame."""
    card = PdfTask(
        page_address(_CARD, city, language), f"{city}-report-card-{language}-{paper}.pdf", paper
    )
    folder = (site / sheet_address(city, language)).parent
    parts = sorted(file.parent.name for file in folder.glob("*/index.html"))
    sheets = [
        PdfTask(
            sheet_address(city, language, part),
            "-".join([city, "one-page", *([part] if part else []), language, f"{paper}.pdf"]),
            paper,
            one_sheet=True,
        )
        for part in ("", *parts)
    ]
    return sheets if only_one_page else [card, *sheets]
