"""First releases of graduation rates: their labels, and what the later release hides."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import graduation_first_releases
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.graduation_first_releases import HIDDEN_LATER
from c2c_lib.sources.names import Names
from support.excerpts import figure, told

Write = Callable[[str, str | bytes], RawFile]

HEADER = (
    "School Year,District Name,Category,4-Year Graduation Rate,Still Enrolled,"
    "Non-Completers (Certificate Of Attendance),Other,Column 8\n"
)
NORWALK = "Norwalk School District"


def first(export: Write, *rows: str) -> RawFile:
    lines = "".join(f"{row},1,0,2,\n" for row in rows)
    return export("historic/hsgraduationrates-district.csv", HEADER + lines)


def later(export: Write, heading: str, *rows: str) -> RawFile:
    column = f',"{heading}"' if heading else ""
    return export(
        f"four/four-year-graduation-rates__2010-11_{heading[:4].strip() or 'all'}_grad.csv",
        f'"Four-Year Graduation Rates, 2010-11"\n"All Districts, {heading or "All Students"}"\n\n'
        '"",,,"Graduates"\n'
        f'"District"{column},"Four-Year Cohort Count","Graduation Count","Graduation Rate"\n'
        + "".join(f'"{NORWALK}",{row}\n' for row in rows),
    )


def test_labels_years_and_marks(export: Write, names: Names) -> None:
    frame = graduation_first_releases.read(
        [
            first(
                export,
                f"2010,{NORWALK},All Students,87.05",
                f"2010,{NORWALK},Indian,NA",
                f"2010,{NORWALK},Asian,",
                f"2010,{NORWALK},Non-Hispanic,90",
                f"2010,{NORWALK},Non- Special Education,91.5",
                "2010,Stamford Academy,Eligible For Lunch,51.61",
                f"2011,{NORWALK},Asian American ,93.8",
            ),
            later(export, "Race/Ethnicity", '"Asian",40,37,92.5'),
        ],
        names,
    )
    assert told(names) == []
    assert set(frame["indicator"]) == {"graduation_4yr_first_releases"}
    found = frame[["geo_id", "period", "dimension", "group", "status"]]
    assert found.to_numpy().tolist() == [
        ["1030011", "2009-10", "all", "all", "published"],
        ["1030011", "2009-10", "race_ethnicity", "american_indian", "suppressed_by_source"],
        ["1030011", "2009-10", "race_ethnicity", "asian", "suppressed_by_source"],
        ["1030011", "2009-10", "disability", "without_disabilities", "published"],
        ["2820013", "2009-10", "economic_status", "free_or_reduced_meals", "published"],
        ["1030011", "2010-11", "race_ethnicity", "asian", "published"],
    ]
    assert frame["estimate"].dropna().tolist() == [0.8705, 0.915, 0.5161, 0.938]


def test_what_the_later_release_hides_is_not_brought_back(export: Write, names: Names) -> None:
    frame = graduation_first_releases.read(
        [
            first(
                export,
                f"2011,{NORWALK},Black,67.3",
                f"2011,{NORWALK},Asian American,82.9",
                f"2011,{NORWALK},American Indian,NA",
                f"2011,{NORWALK},White,88",
                "2011,Stamford School District,All Students,85.3",
                f"2010,{NORWALK},Asian,82.9",
            ),
            # Black is printed, Asian is hidden, and White stands nowhere.
            later(export, "Race/Ethnicity", '"Black",667,449,67.3', '"Asian","*","*","*"'),
        ],
        names,
    )
    assert told(names) == []

    def shown(group: str, geo_id: str = "1030011", period: str = "2010-11") -> tuple[object, str]:
        found = figure(frame, "graduation_4yr_first_releases", geo_id, period, group)
        return found["estimate"], found["note"]

    assert shown("black") == (0.673, "")
    assert shown("asian") == (None, HIDDEN_LATER)
    assert shown("white") == (None, HIDDEN_LATER)
    assert shown("all", "1350011") == (None, HIDDEN_LATER)
    assert shown("american_indian") == (None, "")
    assert shown("asian", period="2009-10") == (0.829, "")
    hidden = frame[frame["estimate"].isna()]
    assert set(hidden["status"]) == {"suppressed_by_source"}


@pytest.mark.parametrize(
    ("reduced", "status"),
    [
        ('"Eligible For Reduced Lunch",74,57,77.0', "published"),
        ("", "published"),
        ('"Eligible For Reduced Lunch",74,"*","*"', "suppressed_by_source"),
    ],
)
def test_meals_are_kept_where_all_their_groups_are_printed(
    export: Write, names: Names, reduced: str, status: str
) -> None:
    rows = ['"Eligible For Free Lunch",1264,755,59.7', '"Not Eligible For Lunch",99,57,57.6']
    meals = later(export, "Free/Reduced Price Meal Eligibility", *rows, *filter(None, [reduced]))
    file = first(export, f"2011,{NORWALK},Eligible For Lunch,60.7")
    frame = graduation_first_releases.read([file, meals], names)
    assert told(names) == []
    assert list(frame["status"]) == [status]


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    frame = graduation_first_releases.read(
        [
            first(
                export,
                f"2012,{NORWALK},Black,67.3",
                f"2010,{NORWALK},Blue,67.3",
                "2010,Nowhere School District,Black,67.3",
                f"2010,{NORWALK},White,167.3",
                f"2010,{NORWALK},Black,x",
            ),
        ],
        names,
    )
    assert frame.empty
    assert [problem.value for problem in names.problems] == [
        "2012",
        "Blue",
        "Nowhere School District",
        "x",
        "167.3",
    ]


def test_without_the_later_release_nothing_is_taken_over(export: Write, names: Names) -> None:
    frame = graduation_first_releases.read(
        [first(export, f"2011,{NORWALK},All Students,88")], names
    )
    assert frame.empty
    (problem,) = names.problems
    assert problem.where == "historic/hsgraduationrates-district.csv"
    assert "2010-11" in problem.allowed
