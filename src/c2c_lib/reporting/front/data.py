"""The data page of a city: every download, what is in it, how to open, use and cite it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from c2c_lib.figures.codebook_words import licence_words
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.reporting.front.prose import items, page, paragraphs
from c2c_lib.reporting.project import CityInfo
from c2c_lib.reporting.task import BIBTEX, CSL, DESCRIPTOR

__all__ = ["data_body"]

_KB: Final = 1_000
_MB: Final = 1_000_000
_R: Final = """\
figures <- read.csv("indicators.csv", encoding = "UTF-8",
                    colClasses = c(geo_id = "character", geo_id_other = "character"))
shown <- subset(figures, status == "published")"""
_PYTHON: Final = """\
import pandas as pd

codes = ["geo_id", "geo_id_other"]
figures = pd.read_csv("indicators.csv", dtype=dict.fromkeys(codes, str))
shown = figures[figures["status"] == "published"]"""
_PYTHON_MAP: Final = """\
import geopandas as gpd

tracts = gpd.read_file("tracts.geojson")
tracts.plot("child_poverty", legend=True)"""


def data_body(package: Mapping[str, Any], city: CityInfo, language: str) -> str:
    """Return the HTML of the page, with an ``<h1>``.

    Parameters
    ----------
    package : mapping
        The Data Package descriptor of the city's downloads: the page says what it says.
    city : CityInfo
        Whose downloads they are.
    language : str
        One of `c2c_lib.language.languages`; also that of the descriptor.
    """
    spoken = read_language(language)
    say = spoken.text
    return page(
        say("{city}: get the numbers", city=city.name),
        say(
            "Every figure behind the {city} pages is here as a file that you can open, check, map "
            "and use again. A figure that is hidden on a page is hidden here too.",
            city=city.name,
        ),
        [
            ("files", say("What can I download?"), _files(package, spoken)),
            ("columns", say("What do the columns mean?"), _columns(package, spoken)),
            ("missing", say("Why is a figure missing?"), _statuses(package, spoken)),
            ("open", say("How do I open the files?"), _open(package, spoken)),
            ("terms", say("May I use the figures?"), _terms(package, spoken)),
            ("cite", say("How do I cite them?"), _cite(package, spoken)),
        ],
    )


def _files(package: Mapping[str, Any], language: Language) -> Markup:
    say = language.text
    columns = [
        Column(say("File"), numeric=False),
        Column(say("What is in it"), numeric=False),
        Column(say("Rows or areas")),
        Column(say("Size")),
    ]
    rows: list[list[Cell]] = [
        [
            Markup('<a href="{}" download>{}</a>').format(r["path"], r["title"]),
            r["description"],
            language.number(r["records"]) if "records" in r else say("Does not apply"),
            _size(r["bytes"], language),
        ]
        for r in package["resources"]
    ]
    link = Markup('<a href="{}">{}</a>').format
    card = say("report card")
    return paragraphs(
        say(
            "Edition {edition} of {date}. The address of the files stays the same from edition to "
            "edition; a kept edition has its own.",
            edition=package["version"],
            date=language.date(package["created"][:10]),
        )
    ) + Markup("{}\n{}").format(
        table("downloads", say("All files"), columns, rows, narrow="label"),
        paragraphs(
            say(
                "Under each figure of the {card} a link leads to the rows of that figure alone.",
                card=link("../index.html", card),
            ),
            say(
                "For machines: {package} names every file with its size, checksum, columns, "
                "sources and terms, by the Data Package standard, version 2.",
                package=link(DESCRIPTOR, Markup("<code>{}</code>").format(DESCRIPTOR)),
            ),
        ),
    )


def _size(size: int, language: Language) -> Markup:
    say = language.text
    if size >= _MB:
        return say("{count} MB", count=language.number(size / _MB, 1))
    return say("{count} kB", count=language.number(max(1.0, size / _KB)))


def _columns(package: Mapping[str, Any], language: Language) -> Markup:
    say = language.text
    headings = [
        Column(say("Column"), numeric=False),
        Column(say("Title"), numeric=False),
        Column(say("Meaning"), numeric=False),
    ]
    codebook = say("codebook")
    fields = _resource(package, "indicators")["schema"]["fields"]
    rows: list[list[Cell]] = [
        [Markup("<code>{}</code>").format(f["name"]), f["title"], f["description"]] for f in fields
    ]
    return paragraphs(
        say(
            "One row is one figure: an indicator, a place, a period and a group of students. "
            "These are the columns of the table of all figures; the workbook has the same under "
            "their titles."
        ),
        say(
            "The data dictionary explains every code too: indicators with their formulas and "
            "breaks, groups, statuses, sources, and the columns of the maps. The {codebook} says "
            "the same to read.",
            codebook=Markup('<a href="../../codebook/index.html">{}</a>').format(codebook),
        ),
    ) + _folded(
        "column-meanings",
        say("Show all columns"),
        say("Columns of the table of all figures"),
        headings,
        rows,
    )


def _statuses(package: Mapping[str, Any], language: Language) -> Markup:
    say = language.text
    fields = _resource(package, "indicators")["schema"]["fields"]
    statuses = next(f["categories"] for f in fields if f["name"] == "status")
    headings = [Column(say("Status"), numeric=False), Column(say("Meaning"), numeric=False)]
    rows: list[list[Cell]] = [
        [Markup("<code>{}</code>").format(s["value"]), s["label"]] for s in statuses
    ]
    return paragraphs(
        say(
            "Its cell is empty, and its status says why. An empty cell is never zero: leave such "
            "rows out of sums and averages, or the result is wrong."
        )
    ) + table("status-meanings", say("Why a figure is there or not"), headings, rows)


def _open(package: Mapping[str, Any], language: Language) -> Markup:
    say = language.text
    parts = [
        (
            "Excel",
            paragraphs(
                say("Take the workbook: its codes are text and its numbers are numbers."),
                say(
                    "If you open the CSV file instead, import it (Data, From Text/CSV) and set the "
                    "columns of codes to text. Otherwise the zeros at their beginning are lost."
                ),
            ),
        ),
        ("R", _code(_R)),
        ("Python", _code(_PYTHON)),
    ]
    if any(r["format"] == "geojson" for r in package["resources"]):
        parts.append(
            (
                "QGIS",
                paragraphs(
                    say(
                        "Drag a GeoJSON file into the window. Each area has one column per figure, "
                        "such as {example}; beside it stand the margin of error, the status and "
                        "how sure the figure is.",
                        example=Markup("<code>child_poverty</code>"),
                    ),
                    say(
                        "To add figures of your own, join them by {new} if they are of 2022 or "
                        "later, and by {old} if they are of 2020 or 2021. The codes differ in the "
                        "third to fifth digit; a join by the wrong one finds nothing. Older "
                        "figures belong to the tracts of 2010.",
                        new=Markup("<code>tract_fips_2022</code>"),
                        old=Markup("<code>tract_fips_2020</code>"),
                    ),
                )
                + _code(_PYTHON_MAP),
            )
        )
    return Markup("\n").join(Markup("<h3>{}</h3>{}").format(name, body) for name, body in parts)


def _code(text: str) -> Markup:
    return Markup('<pre translate="no"><code>{}</code></pre>').format(text)


def _terms(package: Mapping[str, Any], language: Language) -> Markup:
    say = language.text
    headings = [
        Column(say("Source"), numeric=False),
        Column(say("Retrieved"), numeric=False),
        Column(say("License"), numeric=False),
        Column(say("Terms"), numeric=False),
    ]
    rows: list[list[Cell]] = [
        [
            Markup('<a href="{}">{}</a>').format(s["path"], language.foreign(s["title"])),
            language.date(s["version"].removeprefix("retrieved "), "medium"),
            licence_words(s["license"], language),
            s["terms"],
        ]
        for s in package["sources"]
    ]
    return paragraphs(
        say(
            "Yes. Each figure belongs to its publisher, and each source has terms of its own. Name "
            "the publisher of a figure wherever you use it; the column {source} says who it is. "
            "Figures that may not be passed on are not here.",
            source=Markup("<code>source</code>"),
        ),
        say(
            "Please do not try to find out who a figure is about, and do not work out what is "
            "hidden. Behind every data point is a child."
        ),
    ) + _folded("terms-table", say("Show all terms"), say("Terms of each source"), headings, rows)


def _cite(package: Mapping[str, Any], language: Language) -> Markup:
    say = language.text
    link = Markup('<a href="{}" download>{}</a>').format
    return paragraphs(package["citation"]) + items(
        link(BIBTEX, say("For LaTeX (BibTeX)")),
        link(CSL, say("For Zotero and other reference managers (CSL JSON)")),
    )


def _folded(
    identifier: str, summary: Markup, caption: Markup, columns: list[Column], rows: list[list[Cell]]
) -> Markup:
    """Return a long table that opens when it is asked for, and on paper."""
    inside = table(identifier, caption, columns, rows)
    return Markup("<details><summary>{}</summary>{}</details>").format(summary, inside)


def _resource(package: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(r for r in package["resources"] if r["name"] == name)
    return found
