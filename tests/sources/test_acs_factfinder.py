"""American FactFinder tables: three spellings of one layout, and lines that moved."""

from collections.abc import Callable, Mapping

import pytest

from c2c_lib.sources import acs_attainment, acs_youth
from c2c_lib.sources.acs_factfinder import five_years, label_path
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

GRADUATE = "High school graduate (includes equivalency)"
YOUTH = {
    1: (),
    2: ("Male",),
    9: ("Male", "Not enrolled in school", GRADUATE, "Employed"),
    10: ("Male", "Not enrolled in school", GRADUATE, "Unemployed"),
    11: ("Male", "Not enrolled in school", GRADUATE, "Not in labor force"),
    14: ("Male", "Not enrolled in school", "Not high school graduate", "Unemployed"),
    15: ("Male", "Not enrolled in school", "Not high school graduate", "Not in labor force"),
    16: ("Female",),
    24: ("Female", "Not enrolled in school", GRADUATE, "Unemployed"),
    25: ("Female", "Not enrolled in school", GRADUATE, "Not in labor force"),
    28: ("Female", "Not enrolled in school", "Not high school graduate", "Unemployed"),
    29: ("Female", "Not enrolled in school", "Not high school graduate", "Not in labor force"),
}
DEGREES = (
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Professional school degree",
    "Doctorate degree",
)
ATTAINMENT = {
    1: (),
    2: ("Male",),
    **{14 + i: ("Male", degree) for i, degree in enumerate(DEGREES)},
    19: ("Female",),
    **{31 + i: ("Female", degree) for i, degree in enumerate(DEGREES)},
}
Paths = Mapping[int, tuple[str, ...]]


def old(table: str, paths: Paths) -> tuple[list[str], list[str]]:
    """Codes and labels as they were until the window that ends in 2017."""
    del table
    codes = [f"HD0{kind}_VD{n:02d}" for n in paths for kind in (1, 2)]
    words = [" - ".join(f"{part}:" for part in path[:-1]) for path in paths.values()]
    labels = [
        f"{kind}; " + (f"{word} - " if word else "") + (path[-1] if path else "Total:")
        for word, path in zip(words, paths.values(), strict=True)
        for kind in ("Estimate", "Margin of Error")
    ]
    return codes, labels


def new(table: str, paths: Paths) -> tuple[list[str], list[str]]:
    """Codes and labels as they are since the window that ends in 2019."""
    codes = [f"{table}_{n:03d}{kind}" for n in paths for kind in "EM"]
    labels = [
        "!!".join([kind, "Total:", *(f"{part}:" for part in path[:-1]), *path[-1:]])
        for path in paths.values()
        for kind in ("Estimate", "Margin of Error")
    ]
    return codes, labels


def odd(table: str, paths: Paths) -> tuple[list[str], list[str]]:
    """Labels as the file of table B15002 of 2014 spells them."""
    codes, _ = old(table, paths)
    labels = [
        f"{kind};  {': '.join(path) if path else 'Total'}{':' if len(path) < 2 else ''} "
        for path in paths.values()
        for kind in ("Estimate", "Margins of Error")
    ]
    return codes, labels


def table(
    header: tuple[list[str], list[str]], rows: Mapping[str, list[int | str]], ids: str = "0400000US"
) -> str:
    lines = [["GEO.id", "GEO.id2", "GEO.display-label", *header[0]]]
    lines.append(["Id", "Id2", "Geography", *header[1]])
    for label, cells in rows.items():
        code = {"C": "09", "S": "0900173070", "N": "0900156060"}.get(label[0], "0900100000")
        level = ids if label == "Connecticut" else ids.replace("040", "060", 1)
        lines.append([f"{level}{code}", code.lstrip("0"), label, *map(str, cells)])
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n"


STAMFORD = "Stamford town, Fairfield County, Connecticut"
WATER = "County subdivisions not defined, Fairfield County, Connecticut"


def cells(paths: Paths, **counts: int) -> list[int | str]:
    """Estimate and margin of every line; lines that are not named are 0 with a margin of 12."""
    given = {int(name[1:]): count for name, count in counts.items()}
    return [cell for line in paths for cell in ((given[line], 5) if line in given else (0, 12))]


@pytest.fixture
def names() -> Names:
    return names_of("stamford")


@pytest.mark.parametrize("header", [old, new, odd])
def test_young_people(
    export: Write, names: Names, header: Callable[[str, Paths], tuple[list[str], list[str]]]
) -> None:
    counts = cells(YOUTH, l1=400, l2=250, l9=70, l10=10, l11=20, l15=5, l16=150, l24=3, l29=12)
    rows = {
        WATER: cells(YOUTH),
        STAMFORD: counts,
        "Connecticut": cells(YOUTH, l1=1000, l2=1000, l10=1, l16=0),
    }
    ids = "04000US" if header is odd else "0400000US"
    name = "employed-or-enrolled-youth/ACS_09_5YR_B14005_with_ann.csv"
    frame = acs_youth.read([export(name, table(header("B14005", YOUTH), rows, ids))], names)
    assert told(names) == []
    assert len(frame) == 6
    indicator = "youth_16_19_not_enrolled_not_working"

    def of(group: str, geo_id: str = "0900173070") -> list[object]:
        row = figure(frame, indicator, geo_id, "2005-2009", group)
        return [row["dimension"], row["numerator"], row["denominator"], row["estimate"]]

    assert of("all") == ["all", 50, 400, 0.125]
    assert of("male") == ["gender", 35, 250, 0.14]
    assert of("female") == ["gender", 15, 150, 0.1]
    # Five parts with a margin of 5, zeros with 12 that count once: sqrt(5 * 25 + 144).
    margin = figure(frame, indicator, "0900173070", "2005-2009")["moe90"]
    assert margin == pytest.approx((269 - (50 / 400 * 5) ** 2) ** 0.5 / 400, rel=1e-12)
    nobody = figure(frame, indicator, "09", "2005-2009", "female")
    assert (nobody["status"], nobody["estimate"], nobody["moe90"]) == ("not_applicable", None, None)


def test_degrees(export: Write, names: Names) -> None:
    counts = cells(
        ATTAINMENT, l1=1000, l2=400, l14=40, l15=100, l18=20, l19=600, l31=30, l33=60, l34=90
    )
    rows = {STAMFORD: counts, "Connecticut": counts}
    file = export("ACS_20_5YR_B15002_with_ann.csv", table(new("B15002", ATTAINMENT), rows))
    frame = acs_attainment.read([file], names)
    assert told(names) == []
    got = {
        (row.indicator, row.group): (row.numerator, row.estimate)
        for row in frame[frame["geo_id"] == "0900173070"].itertuples()
    }
    assert set(frame["period"]) == {"2016-2020"}
    assert got == {
        ("adults_bachelors", "all"): (270, 0.27),
        ("adults_bachelors", "male"): (120, 0.3),
        ("adults_bachelors", "female"): (150, 0.25),
        ("adults_associates", "all"): (340, 0.34),
        ("adults_associates", "male"): (160, 0.4),
        ("adults_associates", "female"): (180, 0.3),
    }


def test_an_estimate_fitted_to_a_known_total_has_no_error(export: Write, names: Names) -> None:
    counts = cells(ATTAINMENT, l1=1000, l2=600, l15=300, l19=400)
    counts[1] = "*****"
    rows = {STAMFORD: counts, "Connecticut": counts}
    file = export("ACS_20_5YR_B15002_with_ann.csv", table(new("B15002", ATTAINMENT), rows))
    frame = acs_attainment.read([file], names)
    assert told(names) == []
    got = figure(frame, "adults_bachelors", "0900173070", "2016-2020")
    assert got["moe90"] == pytest.approx((5**2 + 12**2) ** 0.5 / 1000, rel=1e-12)


def test_a_line_with_another_label_or_none_leaves_its_file_out(export: Write, names: Names) -> None:
    moved = {**YOUTH, 10: YOUTH[9]}
    gone = {line: path for line, path in YOUTH.items() if line != 25}
    rows = {STAMFORD: cells(moved), "Connecticut": cells(moved)}
    files = [
        export("ACS_18_5YR_B14005_with_ann.csv", table(new("B14005", moved), rows)),
        export("ACS_19_5YR_B14005_with_ann.csv", table(new("B14005", gone), {})),
    ]
    assert acs_youth.read(files, names).empty
    label, line = names.problems
    assert label.where == "ACS_18_5YR_B14005_with_ann.csv:2"
    assert "line 010" in label.what
    assert label.value.endswith("Employed")
    assert label.column == "B14005_010E"
    assert "line 025 of table B14005 is missing" in line.what


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    rows: dict[str, list[int | str]] = {
        "Connecticut": cells(YOUTH, l1=10, l2=10, l10=11, l16=4),
        "Nostamford town, Fairfield County, Connecticut": cells(YOUTH, l1=10),
        STAMFORD: ["N", *cells(YOUTH, l2=10, l16=10)[1:]],
    }
    text = table(new("B14005", YOUTH), rows)
    strange = text.splitlines()[-1].replace("0600000US0900173070", "0500000US09001")
    acs_youth.read(
        [
            export("ACS_20_5YR_B14005_with_ann.csv", text + strange + "\n"),
            export("youth.csv", text),
            export("ACS_19_5YR_B14005_with_ann.csv", text.splitlines()[0] + "\n"),
        ],
        names,
    )
    assert [
        (p.where.removeprefix("ACS_20_5YR_B14005_with_ann.csv"), p.what) for p in names.problems
    ] == [
        (":6", "the row describes neither the state nor a town"),
        (":4", "unknown town"),
        (":5", "the cell does not read as a number"),
        ("", "a count or its margin of error is not given"),
        ("", "the part is larger than the whole"),
        ("", "the part is larger than the whole"),
        ("youth.csv", "the file name does not say the year"),
        ("ACS_19_5YR_B14005_with_ann.csv", "the second header line (labels) is missing"),
    ]


def test_a_town_that_is_missing_is_noted(export: Write, names: Names) -> None:
    rows = {"Connecticut": cells(ATTAINMENT, l1=1)}
    file = export("ACS_20_5YR_B15002_with_ann.csv", table(new("B15002", ATTAINMENT), rows))
    acs_attainment.read([file], names)
    assert [(p.value, "cut short" in p.what) for p in names.problems] == [("Stamford", True)]


def test_labels_of_all_years_mean_the_same() -> None:
    expected = (
        "Estimate",
        "Male",
        "Not enrolled in school",
        "Not high school graduate",
        "Employed",
    )
    for label in (
        "Estimate; Male: - Not enrolled in school: - Not high school graduate: - Employed",
        "Estimate!!Total!!Male!!Not enrolled in school!!Not high school graduate!!Employed",
        "Estimate!!Total:!!Male:!!Not enrolled in school:!!Not high school graduate:!!Employed",
    ):
        assert label_path(label) == expected
    assert label_path("Margins of Error;  Female: 12th grade, no diploma ") == (
        "Margins of Error",
        "Female",
        "12th grade, no diploma",
    )


def test_the_window_stands_in_the_file_name(export: Write, names: Names) -> None:
    assert five_years(export("ACS_20_5YR_B14005_with_ann.csv", ""), names) == "2016-2020"
    assert five_years(export("ACS_10_5YR_B15002_with_ann.csv", ""), names) == "2006-2010"
