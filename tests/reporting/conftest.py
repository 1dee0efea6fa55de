"""Small projects with small notebooks, built from scratch for each test."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from c2c_lib.catalog import load_catalog
from c2c_lib.observations import write_store
from c2c_lib.params import new_city_file
from c2c_lib.params.model import Partnership
from c2c_lib.reporting.project import Project

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1pt" height="1pt"></svg>'
IMAGE = "data:image/svg+xml;base64," + base64.b64encode(SVG).decode()

SHOW = """
class Shown:
    def __init__(self, html):
        self.html = html

    def __repr__(self):
        return "Shown"

    def _repr_html_(self):
        return self.html
"""

TITLE = "Shown(f'<h1>{name} report card</h1><p>How children in {name} are doing.</p>')"

FIGURE = (
    """Shown(f'<p><data data-indicator="graduation_4yr" data-place="{city}" """
    """data-period="2018-19" data-dimension="all" data-group="all" data-digits="0">75 %</data>"""
    f"""</p><figure><img src="{IMAGE}" data-figure="{{city}}-graduation-trend" """
    """alt="Line chart of graduation in {name}"></figure>')"""
)

TEMPLATE = """\
<!DOCTYPE html>
<html lang="{{ page.language }}"><head><meta charset="utf-8">
<title>{{ page.title }} - {{ site.edition }}</title>
<meta name="description" content="{{ page.description }}">
<link rel="stylesheet" href="{{ root }}assets/c2c.css"></head>
<body><header><a href="{{ root }}index.html">Home</a></header>
<main><h1>{{ page.title }}</h1>
{{ body }}
</main><footer>{{ site.built }} {{ site.data }}</footer></body></html>
"""


@dataclass(frozen=True)
class FakeCity:
    """What the build reads of a city."""

    slug: str
    name: str
    languages: Sequence[str] = ("en",)
    peers: Sequence[str] = field(default=())

    @property
    def partnership(self) -> Partnership:
        """A made-up partnership."""
        return Partnership(
            name=f"{self.name} & Friends", backbone="Friends", website="https://example.org"
        )


def make_notebook(*cells: NotebookNode) -> NotebookNode:
    """Return a notebook that imports nothing of the library and shows what it is told to."""
    parameters = new_code_cell('city = "bridgeport"  # slug\nlanguage = "en"')
    parameters.metadata["tags"] = ["parameters"]
    setup = new_code_cell(f"{SHOW}\nname = city.title()")
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=[parameters, setup, *cells], metadata={"kernelspec": kernel})


def good_cells() -> list[NotebookNode]:
    """Return the cells of a report that may be published."""
    return [
        new_code_cell(TITLE),
        new_markdown_cell("## Do they graduate?\n\nMost of them do."),
        new_code_cell(FIGURE),
        new_markdown_cell("## Get the numbers"),
        new_code_cell("""Shown('<p><a href="data/indicators.csv">The table</a></p>')"""),
    ]


@pytest.fixture
def notebook() -> Callable[..., NotebookNode]:
    return make_notebook


@pytest.fixture
def good() -> list[NotebookNode]:
    return good_cells()


@pytest.fixture(scope="session")
def city_info() -> type[FakeCity]:
    return FakeCity


@pytest.fixture
def observations(all_observations: pd.DataFrame) -> pd.DataFrame:
    """A copy of `all_observations`, to be changed at will."""
    return all_observations.copy()


@pytest.fixture(scope="session")
def all_observations() -> pd.DataFrame:
    """Awkward, invented figures on two cities and the state; every code is a real one."""
    catalog = load_catalog()
    rows = []
    for slug, share in (("bridgeport", 0.75), ("norwalk", 0.75), ("connecticut", 0.885)):
        level = "state" if slug == "connecticut" else "district"
        for group, dimension, counts in (
            ("all", "all", (share * 1000, 1000.0)),
            ("black", "race_ethnicity", (share * 400, 400.0)),
            ("white", "race_ethnicity", (3.0, 30.0)),
        ):
            rows.append(
                {
                    "indicator": "graduation_4yr",
                    "geo_level": level,
                    "geo_id": catalog.place(slug, level).geo_id,
                    "period": "2018-19",
                    "period_end": 2019,
                    "dimension": dimension,
                    "group": group,
                    "estimate": counts[0] / counts[1],
                    "numerator": counts[0],
                    "denominator": counts[1],
                    "moe90": float("nan"),
                    "status": "published",
                    "source": catalog.indicator("graduation_4yr").sources[0],
                    "note": 'Says "so", and a comma' if group == "all" else "",
                }
            )
    return pd.DataFrame(rows)


@dataclass
class Made:
    """A project in a temporary folder."""

    project: Project
    store: Path

    def write(self, content: NotebookNode, name: str = "report_card") -> None:
        nbformat.write(content, self.project.root / "notebooks" / "report" / f"{name}.ipynb")


@pytest.fixture
def made(tmp_path: Path, observations: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A project of two cities with a good notebook; the environment points to it."""
    root = tmp_path / "project"
    for folder in ("params", "notebooks/report", "reports/templates", "reports/assets"):
        (root / folder).mkdir(parents=True)
    for slug in ("bridgeport", "norwalk"):
        (root / "params" / f"{slug}.yml").write_text(new_city_file(slug), encoding="utf-8")
    (root / "reports/templates/page.html.j2").write_text(TEMPLATE, encoding="utf-8")
    (root / "reports/assets/c2c.css").write_text("body { margin: 0; }\n", encoding="utf-8")
    (root / "reports/site.yml").write_text('edition: "2026"\ndate: "2026-01-31"\n')
    (root / "reports/_quarto.yml").write_text(
        "project:\n  type: website\nformat:\n  html:\n    theme: none\n    minimal: true\n"
    )
    store = tmp_path / "store"
    write_store(observations, store)
    monkeypatch.setenv("C2C_HOME", str(root))
    monkeypatch.setenv("C2C_STORE", str(store))
    result = Made(Project.at(root), store)
    result.write(make_notebook(*good_cells()))
    return result
