"""What each file of the downloads is, in a title and a sentence."""

from __future__ import annotations

from typing import Final, Literal

from c2c_lib.language import Language, mark
from c2c_lib.reporting.task import BIBTEX, CODEBOOK, CSL, DICTIONARY, INDICATORS, WORKBOOK

__all__ = ["area_words", "file_words"]

_FILES: Final = {
    INDICATORS: (
        mark("All figures (CSV)"),
        mark(
            "Every figure behind the pages of this city, with the state and the places it is "
            "compared with: one row each, with its status and source."
        ),
    ),
    WORKBOOK: (
        mark("All figures (Excel)"),
        mark(
            "The same figures as a workbook: a sheet to read first, the figures, and the data "
            "dictionary."
        ),
    ),
    DICTIONARY: (
        mark("Data dictionary (CSV)"),
        mark("What every column, code, status, group and source means."),
    ),
    CODEBOOK: (
        mark("Codebook (JSON)"),
        mark("What each indicator means, whom it counts, its formula, sources and limits."),
    ),
    BIBTEX: (mark("Citation (BibTeX)"), mark("How to cite these figures, for LaTeX.")),
    CSL: (
        mark("Citation (CSL JSON)"),
        mark("How to cite these figures, for Zotero and other reference managers."),
    ),
}
_AREAS: Final = {
    "tracts": (
        mark("Census tracts"),
        mark(
            "The newest figures of each census tract as drawn in 2020, with margins of error, "
            "quality, and the codes of both versions."
        ),
    ),
    "tracts_2010": (
        mark("Census tracts of 2010"),
        mark(
            "The newest figures that were published for census tracts as drawn in 2010, such as "
            "life expectancy."
        ),
    ),
    "neighborhoods": (
        mark("Neighborhoods"),
        mark("The newest figures of each neighborhood, with margins of error and quality."),
    ),
}
_KINDS: Final = {"geojson": mark("{areas}, map (GeoJSON)"), "csv": mark("{areas}, table (CSV)")}


def file_words(name: str, language: Language) -> tuple[str, str]:
    """Return title and description of a file.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> file_words("indicators.csv", language("en"))[0]
    'All figures (CSV)'
    """
    title, description = (language.text(words).unescape() for words in _FILES[name])
    return str(title), str(description)


def area_words(name: str, kind: Literal["geojson", "csv"], language: Language) -> tuple[str, str]:
    """Return title and description of a layer's map or table.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> area_words("tracts", "geojson", language("en"))[0]
    'Census tracts, map (GeoJSON)'
    """
    areas, description = (language.text(words) for words in _AREAS[name])
    return str(language.text(_KINDS[kind], areas=areas).unescape()), str(description.unescape())
