"""The folders of one project, and what the build needs to know of a city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from c2c_lib.params.model import CityFrame, Partnership

__all__ = ["DEFAULT_LANGUAGE", "CityInfo", "Project"]

DEFAULT_LANGUAGE: Final = "en"
"""The language whose pages stand at the root of the site; others stand in their own folder."""


class CityInfo(Protocol):
    """What the build reads of a city; `c2c_lib.params.City` has it and much more."""

    @property
    def slug(self) -> str:
        """Short name in addresses and parameters, for example ``bridgeport``."""

    @property
    def name(self) -> str:
        """Name in words."""

    @property
    def partnership(self) -> Partnership:
        """Who answers for the report."""

    @property
    def frame(self) -> CityFrame:
        """Its own list of outcomes or initiatives, with an introduction."""

    @property
    def languages(self) -> Sequence[str]:
        """Languages of its pages, for example ``("en", "es")``."""

    @property
    def peers(self) -> Sequence[str]:
        """Slugs of the districts it is compared with."""


@dataclass(frozen=True)
class Project:
    """Where a project's inputs lie and where a build writes.

    Parameters
    ----------
    root : Path
        The folder that holds ``params/`` and ``notebooks/``.
    site : Path
        The folder of the published site; the build swaps it as a whole.
    """

    root: Path
    site: Path

    @classmethod
    def at(cls, root: Path, output: Path | None = None) -> Project:
        """Return the project of a root folder; the site is ``reports/_site`` unless named.

        Examples
        --------
        >>> Project.at(Path("somewhere")).site.as_posix()
        'somewhere/reports/_site'
        """
        return cls(root=root, site=output or root / "reports" / "_site")

    @property
    def build(self) -> Path:
        """Executed notebooks and everything else that is kept between builds."""
        return self.root / "build"

    @property
    def failed(self) -> Path:
        """Executed notebooks of jobs that failed, one folder per city."""
        return self.build / "failed"

    @property
    def notebooks(self) -> tuple[Path, ...]:
        """The report notebooks, by name."""
        return tuple(sorted((self.root / "notebooks" / "report").glob("*.ipynb")))

    @property
    def template(self) -> Path:
        """The Jinja template of every page."""
        return self.root / "reports" / "templates" / "page.html.j2"

    @property
    def paper(self) -> Path:
        """The folder of ``paper.typ`` and ``paper.lua``, by which Quarto's Typst sets pages."""
        return self.template.parent

    @property
    def assets(self) -> Path:
        """Files that every page shares (the stylesheet); copied to ``assets/`` of the site."""
        return self.root / "reports" / "assets"

    @property
    def quarto(self) -> Path:
        """The Quarto project file that the Quarto renderer starts from."""
        return self.root / "reports" / "_quarto.yml"

    @property
    def edition(self) -> Path:
        """Which edition this is."""
        return self.root / "reports" / "site.yml"

    @property
    def editions(self) -> Path:
        """Editions that are published for good, a folder each."""
        return self.root / "reports" / "editions"

    @property
    def corrections(self) -> Path:
        """What was published and turned out to be wrong."""
        return self.root / "reports" / "corrections.yml"

    def city_file(self, slug: str) -> Path:
        """Return the parameters file of a city."""
        return self.root / "params" / f"{slug}.yml"
