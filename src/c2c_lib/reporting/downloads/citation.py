"""How to cite a city's figures: in words, for LaTeX and for reference managers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from c2c_lib import __version__
from c2c_lib.language import language as read_language

if TYPE_CHECKING:
    from c2c_lib.figures.report_card import Edition
    from c2c_lib.reporting.project import CityInfo

__all__ = ["Citation", "citation_of"]


@dataclass(frozen=True)
class Citation:
    """What names one edition of a city's figures.

    Attributes
    ----------
    key : str
        Short name, the same for the same edition.
    author : str
        The partnership.
    title, version : str
        Of the data set.
    date : str
        ISO date of the edition.
    language : str
        Code of the language of the title.
    """

    key: str
    author: str
    title: str
    version: str
    date: str
    language: str

    @property
    def text(self) -> str:
        """The citation in words.

        Examples
        --------
        >>> Citation("c2c-a-2026", "A Partnership", "A: figures", "2026", "2026-11-21", "en").text
        'A Partnership (2026). A: figures. Edition 2026 [data set]. Made with c2c ...'
        """
        said = read_language(self.language).text(
            "{author} ({year}). {title}. Edition {edition} [data set]. Made with c2c {version}.",
            author=self.author,
            year=self.date[:4],
            title=self.title,
            edition=self.version,
            version=__version__,
        )
        return str(said.unescape())

    @property
    def bibtex(self) -> str:
        """The citation as a BibTeX entry."""
        fields = {
            "author": f"{{{self.author}}}",
            "title": f"{{{self.title}}}",
            "year": self.date[:4],
            "month": str(int(self.date[5:7])),
            "edition": self.version,
            "howpublished": f"Data set, made with c2c {__version__}",
        }
        lines = [f"  {name} = {{{_latex(value)}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"]) + "\n"

    @property
    def csl(self) -> str:
        """The citation as CSL JSON, which reference managers read."""
        item = {
            "id": self.key,
            "type": "dataset",
            "author": [{"literal": self.author}],
            "title": self.title,
            "version": self.version,
            "issued": {"date-parts": [[int(part) for part in self.date.split("-")]]},
            "language": self.language,
            "note": f"Made with c2c {__version__}",
        }
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _latex(text: str) -> str:
    """Escape what LaTeX takes for a command; braces of ours keep the case of names."""
    for mark in "&%$#_":
        text = text.replace(mark, f"\\{mark}")
    return text


def citation_of(city: CityInfo, edition: Edition, language: str) -> Citation:
    """Return the citation of a city's figures in one edition."""
    title = read_language(language).text("{city}: cradle-to-career indicators", city=city.name)
    return Citation(
        key=f"c2c-{city.slug}-{edition.label}",
        author=city.partnership.name,
        title=str(title.unescape()),
        version=edition.label,
        date=edition.date,
        language=language,
    )
