"""Children without insurance: two bands of ages, sums over both sexes, labels that moved."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.health_insurance import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

CITY = "Waterbury town, New Haven County, Connecticut"
PLACES = [("0400000US09", "Connecticut"), ("0600000US0900980070", CITY)]
NONE = "No health insurance coverage"
# Line: estimate and margin of error. Both sexes, both ages: all of them, and the uninsured.
CELLS = {
    3: (500, 30),
    5: (20, 12),
    6: (1500, 40),
    8: (80, 16),
    31: (400, 0),
    33: (0, 13),
    34: (1600, 30),
    36: (100, 15),
}


def table(older: str, newer: bool) -> str:
    """Return a file in one of the two layouts, with `older` as the second band of ages."""
    ages = {3: "Under 6 years", 6: older, 31: "Under 6 years", 34: older}
    labels = {line: ("Male" if line < 30 else "Female", age) for line, age in ages.items()}
    labels |= {line + 2: (*label, NONE) for line, label in labels.items()}
    codes, words = ["GEO.id", "GEO.display-label"], ["Id", "Geography"]
    for line, label in sorted(labels.items()):
        for kind, old, new in (
            ("Estimate", "HD01_VD", "E"),
            ("Margin of Error", "HD02_VD", "M"),
        ):
            codes.append(f"B27001_{line:03d}{new}" if newer else f"{old}{line:02d}")
            spelt = "!!Total!!" + "!!".join(label) if newer else "; " + ": - ".join(label)
            words.append(f"{kind}{spelt}")
    lines = [",".join(codes), ",".join(words)]
    for code, name in PLACES:
        cells = [str(n) for line in sorted(labels) for n in CELLS[line]]
        lines.append(",".join([code, f'"{name}"', *cells]))
    return "\n".join(lines) + "\n"


@pytest.fixture
def names() -> Names:
    return names_of("waterbury")


@pytest.mark.parametrize(
    ("end", "older", "newer", "period"),
    [
        (12, "6 to 17 years", False, "2008-2012"),
        (17, "6 to 18 years", False, "2013-2017"),
        (19, "6 to 18 years", True, "2015-2019"),
    ],
)
def test_shares(export: Write, names: Names, end: int, older: str, newer: bool, period: str):
    file = export(f"ACS_{end}_5YR_B27001_with_ann.csv", "\ufeff" + table(older, newer))
    frame = read([file], names)
    assert told(names) == []
    assert len(frame) == 2 * 3
    everyone = figure(frame, "children_uninsured", "0900980070", period)
    assert (everyone["numerator"], everyone["denominator"]) == (200, 4000)
    assert everyone["estimate"] == 0.05
    # Uninsured: 12, 16, 15, and the 13 of the zero; all: 30, 40, 30 and 0.
    margin = (144 + 256 + 225 + 169 - 0.05**2 * (900 + 1600 + 900)) ** 0.5 / 4000
    assert everyone["moe90"] == pytest.approx(margin, rel=1e-12)
    boys = figure(frame, "children_uninsured", "0900980070", period, "male")
    assert (boys["numerator"], boys["denominator"], boys["dimension"]) == (100, 2000, "gender")


@pytest.mark.parametrize(("end", "older"), [(12, "6 to 18 years"), (18, "6 to 17 years")])
def test_ages_of_the_wrong_window_are_noted(export: Write, names: Names, end: int, older: str):
    file = export(f"ACS_{end}_5YR_B27001_with_ann.csv", table(older, newer=False))
    assert read([file], names).empty
    whats = {problem.what for problem in names.problems}
    assert whats == {f"line {n:03d} of table B27001 has another label" for n in (6, 8, 34, 36)}


def test_a_name_without_a_year_is_noted(export: Write, names: Names):
    assert read([export("B27001.csv", table("6 to 17 years", newer=False))], names).empty
    assert [problem.what for problem in names.problems] == ["the file name does not say the year"]
