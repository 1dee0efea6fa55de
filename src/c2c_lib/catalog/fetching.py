"""How a source can be fetched from its publisher's public interface, as catalog data."""

from __future__ import annotations

import fnmatch
from functools import lru_cache
from importlib import resources
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "Boundaries",
    "CensusFetch",
    "CensusTable",
    "Fetch",
    "SocrataFetch",
    "load_boundaries",
    "written_where_read",
]

Address = Annotated[str, Field(pattern=r"^https://[^\s/]+$")]
YEAR_FIELDS: Final = ("{year}", "{yy}")


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class CensusTable(_Block):
    """One detailed table of the American Community Survey.

    Attributes
    ----------
    id : str
        For example ``B14005``.
    lines : int
        How many lines it has; a year with fewer or more has another layout.
    name : str
        What the long layout calls it.
    """

    id: str = Field(pattern=r"^[BC]\d{5}[A-I]?$")
    lines: int = Field(ge=1)
    name: str = ""


class CensusFetch(_Block):
    """Tables of the five-year American Community Survey, from the Census Bureau's interface.

    Attributes
    ----------
    file : str
        Where the answer is written, relative to the raw folder; ``{year}`` and ``{yy}`` stand
        for the last of the five years.
    layout : {"factfinder", "long"}
        Two header lines and a pair of columns per line of one table, or one row per figure.
    levels : tuple
        The kinds of places that are asked for.
    state : str
        The state's code.
    """

    kind: Literal["census"]
    host: Address = "https://api.census.gov"
    file: str
    layout: Literal["factfinder", "long"]
    levels: tuple[Literal["state", "town", "tract"], ...] = Field(min_length=1)
    tables: tuple[CensusTable, ...] = Field(min_length=1)
    state: str = Field(default="09", pattern=r"^\d{2}$")

    @model_validator(mode="after")
    def _fits_its_layout(self) -> CensusFetch:
        if not any(field in self.file for field in YEAR_FIELDS):
            raise ValueError(f"file is {self.file!r}, but is expected to hold {{year}} or {{yy}}")
        if self.layout == "factfinder" and len(self.tables) != 1:
            raise ValueError("the layout 'factfinder' is expected to hold exactly one table")
        return self


class SocrataFetch(_Block):
    """A table of an open data portal that speaks the Socrata Open Data API (SODA 2.1).

    Attributes
    ----------
    dataset : str
        The portal's id of the table, four and four characters.
    file : str
        Where it is written, relative to the raw folder; ``{release}`` stands for the year in
        the portal's name of the table.
    required : tuple of str
        Titles, as the portal prints them, of columns that must be there. All columns of the
        table are then written under their own titles.
    columns : dict of str to str
        Instead of `required`: the titles of the only columns that are wanted, and the
        headings under which they are written.
    constants : dict of str to str
        Further headings, with what stands under each in every row.
    labels : dict of str to dict of str to str
        What stands under a heading in place of the portal's own words.
    where : str
        A condition in SoQL on the portal's field names; all rows if it is empty.
    pad : dict of str to int
        Headings of codes that the portal keeps as numbers, and how long they are.
    percents : tuple of str
        Headings whose percents are written as shares.
    """

    kind: Literal["socrata"]
    host: Address
    dataset: str = Field(pattern=r"^[a-z0-9]{4}-[a-z0-9]{4}$")
    file: str
    required: tuple[str, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    labels: dict[str, dict[str, str]] = Field(default_factory=dict)
    where: str = ""
    pad: dict[str, int] = Field(default_factory=dict)
    percents: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_its_own_headings(self) -> SocrataFetch:
        if bool(self.required) == bool(self.columns):
            raise ValueError("either `required` or `columns` is expected to name columns")
        headings = list(self.columns.values()) or list(self.required)
        for heading in (*self.pad, *self.percents, *self.labels):
            if heading not in headings:
                raise ValueError(f"{heading!r} is expected to be one of the columns named")
        if len(set(headings)) != len(headings) or set(headings) & self.constants.keys():
            raise ValueError("a heading is expected to stand once")
        return self


class Boundaries(_Block):
    """Cartographic boundaries of the Census Bureau, as a zipped shapefile.

    They are no source of figures: `c2c geo` and a geographic information system read them.

    Attributes
    ----------
    url, file : str
        Where the file is, and where it is written, relative to the raw folder; ``{year}``
        stands for the vintage.
    year : int
        The vintage that is taken where none is named.
    columns : tuple of str
        The attributes that every shape is expected to have.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    url: str = Field(pattern=r"^https://\S+\{year\}\S*$")
    file: str = Field(pattern=r"\{year\}.*\.zip$")
    year: int = Field(ge=2000)
    columns: tuple[str, ...] = Field(min_length=1)


Fetch = Annotated[CensusFetch | SocrataFetch, Field(discriminator="kind")]
"""How one source is fetched."""


def written_where_read(fetch: CensusFetch | SocrataFetch, files: tuple[str, ...]) -> bool:
    """Whether the file that is written is one that the source's reader is given.

    Examples
    --------
    >>> block = SocrataFetch(kind="socrata", host="https://data.example.org",
    ...     dataset="abcd-1234", file="reports/kites.csv", columns={"Town": "Town"})
    >>> written_where_read(block, ("reports/*.csv",)), written_where_read(block, ("x/*.csv",))
    (True, False)
    """
    name = fetch.file
    for field in ("{year}", "{yy}", "{release}"):
        name = name.replace(field, "2020")
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in files)


@lru_cache(maxsize=1)
def load_boundaries() -> dict[str, Boundaries]:
    """Return the boundaries that can be fetched, by id.

    Examples
    --------
    >>> load_boundaries()["boundaries_tracts"].year
    2020
    """
    text = (resources.files("c2c_lib.catalog") / "data" / "boundaries.yml").read_text("utf-8")
    entries = [Boundaries.model_validate(raw) for raw in yaml.safe_load(text)["boundaries"]]
    return {entry.id: entry for entry in entries}
