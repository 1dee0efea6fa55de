"""Every figure is followed from the published page to the publisher's own file.

An independent reader (`support.followed`) opens the raw exports by the publishers' own names of
files, columns, labels and codes, and works out what we work out with the arithmetic written
out. Nothing of the project's readers or of its store is used. All figures of all pages are
followed, not a sample: first to the row of the city's table, then to the publisher. The other
rows of the tables go the second half of the way too, wherever the reader comes upon them.
"""

import math
from collections import defaultdict
from pathlib import Path
from statistics import NormalDist

import pytest

from support.figures_in_html import printed
from support.followed.cells import Cell, Key
from support.followed.pages import Figure, Row, figures, rows
from support.followed.reports import REPORTS

CITIES = ("bridgeport", "norwalk", "stamford", "waterbury")
VALUES = ("estimate", "numerator", "denominator", "moe90")
FITTED_ANEW = {"cdc_places"}
"""Each release of this model gives past years anew, and the newest counts. Everywhere else two
files that hold one figure must agree."""
MODELLED = {"unemployment_rate"}
BASES_OF_A_SURVEY = {"acs_neighborhoods"}
"""Counts of a model and bases of a survey without its margin: nobody was counted one by one."""
HIDDEN_AT_LEAST = 2000
"""So many cells of the reports the publishers hide; were marks not understood, there were fewer."""

Z95 = NormalDist().inv_cdf(0.975)
"""For 95 percent; for 90 percent the Census Bureau takes 1.645."""

Followed = dict[Key, Cell]


class Publishers(dict[str, Followed]):
    """What every report prints, read when it is first asked for; hidden once is hidden."""

    def __init__(self, raw: Path) -> None:
        super().__init__()
        self.raw = raw

    def __missing__(self, source: str) -> Followed:
        found: Followed = {}
        for key, cell in REPORTS[source](self.raw):
            before = found.setdefault(key, cell)
            if before.estimate is None:
                continue
            if cell.estimate is not None and source not in FITTED_ANEW:
                assert before == cell, f"{key}: {before.file} and {cell.file} differ"
            found[key] = cell
        self[source] = found
        return found


@pytest.fixture(scope="module")
def publishers(shared: Path) -> Publishers:
    if not (shared / "sources").is_dir():
        pytest.skip("no raw exports beside the project")
    return Publishers(shared / "sources")


@pytest.fixture(scope="module")
def shown(built_site: Path) -> list[Figure]:
    """Every figure of every page, in both languages."""
    return list(figures(built_site))


@pytest.fixture(scope="module")
def table(built_site: Path) -> dict[Key, Row]:
    """Every row of the tables of the four cities."""
    return rows(built_site)


@pytest.fixture(scope="module")
def by_source(table: dict[Key, Row]) -> dict[str, dict[Key, Row]]:
    found: dict[str, dict[Key, Row]] = defaultdict(dict)
    for key, row in table.items():
        found[row["source"]][key] = row
    return found


def value(text: str) -> float | None:
    return float(text) if text else None


def differs(row: Row, cell: Cell) -> list[str]:
    """Return where a row of a table is not what its publisher prints."""
    return [
        f"{name}: {row[name] or 'nothing'} in the table, {getattr(cell, name)} in {cell.file}"
        for name in VALUES
        if not same(value(row[name]), getattr(cell, name))
    ]


def same(ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)


def test_the_figures_on_the_pages_are_the_rows_of_the_tables(
    shown: list[Figure], table: dict[Key, Row]
) -> None:
    wrong = []
    for figure in shown:
        row = table[figure.key]
        share = row["unit"] == "share" and figure.column in ("estimate", "moe90")
        expected = printed(row[figure.column], figure.digits, scale=100 if share else 1)
        expected += "%" if share and figure.column == "estimate" else ""
        # For machines, a page has seven digits of what the table has in full.
        exact = math.isclose(float(row[figure.column]), float(figure.value), rel_tol=1e-6)
        if row["status"] != "published" or figure.text != expected or not exact:
            wrong.append((figure, expected, row["status"]))
    assert wrong == []


def test_the_walk_is_well_spread(shown: list[Figure], table: dict[Key, Row]) -> None:
    keys = {figure.key for figure in shown}
    pages = {figure.page for figure in shown}
    assert len(keys) >= 3000
    assert {f"{start}{city}/index.html" for start in ("", "es/") for city in CITIES} <= pages
    assert {f"{start}compare/index.html" for start in ("", "es/")} <= pages
    assert sum("outcomes/" in page for page in pages) >= 14
    assert {key[1] for key in keys} >= {*CITIES, "connecticut"}
    levels = {table[key]["geo_level"] for key in keys}
    assert levels == {"state", "district", "town", "city", "school", "tract"}
    assert {key[3] for key in keys} == {
        "all",
        "disability",
        "economic_status",
        "english_learner",
        "gender",
        "high_needs",
        "race_ethnicity",
    }
    assert {figure.column for figure in shown} == {*VALUES}


def test_every_indicator_on_a_page_is_followed(
    shown: list[Figure], table: dict[Key, Row], publishers: Publishers
) -> None:
    """No indicator is left out: each has a report that the independent reader knows."""
    sources = {table[figure.key]["source"] for figure in shown}
    assert sources == REPORTS.keys()
    for source in sources:
        followed = {key[0] for key in publishers[source]}
        on_pages = {f.key[0] for f in shown if table[f.key]["source"] == source}
        assert on_pages <= followed, source


@pytest.mark.parametrize("source", REPORTS)
def test_what_stands_on_a_page_stands_in_the_publishers_file(
    source: str, shown: list[Figure], table: dict[Key, Row], publishers: Publishers
) -> None:
    cells = publishers[source]
    keys = {figure.key for figure in shown if table[figure.key]["source"] == source}
    assert keys
    assert {key for key in keys if key not in cells} == set()
    wrong = {key: found for key in keys if (found := differs(table[key], cells[key]))}
    assert wrong == {}


@pytest.mark.parametrize("source", REPORTS)
def test_the_downloads_say_what_the_publisher_prints(
    source: str, by_source: dict[str, dict[Key, Row]], publishers: Publishers
) -> None:
    """The rows which no page shows too; what we hide ourselves has no figure at all."""
    mine = by_source[source]
    wrong = {}
    for key, cell in publishers[source].items():
        if key not in mine:
            continue
        row = mine[key]
        found = differs(row, cell) if row["status"] == "published" else shown_in_spite(row)
        if found:
            wrong[key] = found
    assert wrong == {}


def shown_in_spite(row: Row) -> list[str]:
    """Return the numbers in a row whose status says that it has none."""
    if row["status"] == "too_weak":
        return []
    return [f"{name}: {row[name]} ({row['status']})" for name in VALUES if row[name]]


def test_what_a_publisher_hides_stands_nowhere(
    shown: list[Figure], by_source: dict[str, dict[Key, Row]], publishers: Publishers
) -> None:
    on_pages = {figure.key for figure in shown}
    hidden, wrong = 0, []
    for source in REPORTS:
        for key, cell in publishers[source].items():
            if cell.estimate is not None:
                continue
            hidden += 1
            row = by_source[source].get(key)
            if row and any(row[name] for name in (*VALUES, "lower95", "upper95")):
                wrong.append((source, key, cell.file, "in the downloads"))
            if key in on_pages:
                wrong.append((source, key, cell.file, "on a page"))
    assert wrong == []
    assert hidden >= HIDDEN_AT_LEAST


def test_likely_ranges_follow_from_what_the_publisher_prints(
    shown: list[Figure], table: dict[Key, Row]
) -> None:
    """Of a survey by its margin, of people counted after Wilson; nothing of a model's counts."""
    wrong = {}
    for key in {figure.key for figure in shown}:
        row = table[key]
        expected = likely_range(row)
        given = value(row["lower95"]), value(row["upper95"])
        pairs = zip(given, expected, strict=True)
        if not all(same_to_the_digit(ours, theirs) for ours, theirs in pairs):
            wrong[key] = (given, expected)
    assert wrong == {}


def same_to_the_digit(ours: float | None, theirs: float | None) -> bool:
    """Whether two ends agree to the six decimals with which they are written."""
    if ours is None or theirs is None:
        return ours is theirs
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=0.6e-6)


def likely_range(row: Row) -> tuple[float | None, float | None]:
    """Return the 95 percent interval of a row, worked out by hand."""
    estimate, count, base, margin = (value(row[name]) for name in VALUES)
    assert estimate is not None
    share = row["unit"] == "share"
    if margin is not None:
        wider = margin * Z95 / 1.645
        low = max(estimate - wider, 0.0)
        return low, min(estimate + wider, 1.0) if share else estimate + wider
    if row["indicator"] in MODELLED or row["source"] in BASES_OF_A_SURVEY:
        return None, None
    if not share or count is None or not (base or count):
        return None, None
    # Where no denominator is printed it is the one that count and printed rate imply.
    base = base or max(round(count / estimate), count)
    z2 = Z95**2
    middle = (count + z2 / 2) / (base + z2)
    reach = Z95 / (base + z2) * math.sqrt(count * (base - count) / base + z2 / 4)
    return middle - reach, middle + reach
