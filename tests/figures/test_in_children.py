"""Gaps in children: hand arithmetic, and when nothing is said."""

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.in_children import in_children, in_children_sentence
from support.synthetic import EN, finding, row, words

ALL = row("2023-24", (500, 1000))
HISPANIC = row("2023-24", (120, 400), group="race_ethnicity/hispanic")  # 400 x (0.50 - 0.30) = 80
BLACK = row("2023-24", (45, 150), group="race_ethnicity/black")  # 150 x (0.50 - 0.30) = 30
WHITE = row("2023-24", (335, 450), group="race_ethnicity/white")


def counted(*rows) -> list[int | None]:
    found = finding(*rows)
    return [in_children(found, gaps) for gaps in found.gap_sets]


def said(*rows) -> str:
    found = finding(*rows)
    return words(in_children_sentence(found, found.gap_sets, EN))


def test_the_children_of_every_group_that_fares_worse_are_added_up():
    assert counted(ALL, HISPANIC, BLACK, WHITE) == [110]
    assert said(ALL, HISPANIC, BLACK, WHITE) == (
        "In children. If every group had done as well as all third graders in Norwalk public "
        "schools, this many more would be among those who met the reading standard:"
        "Race and ethnicity, 2023-24: 110"
    )


def test_where_a_group_is_hidden_it_is_the_least():
    hidden = row("2023-24", "suppressed_by_source", group="race_ethnicity/asian")
    other = row("2023-24", "suppressed_by_source", group="race_ethnicity/pacific_islander")
    assert "Race and ethnicity, 2023-24: at least 80" in said(ALL, HISPANIC, WHITE, hidden, other)


def test_where_less_is_better_it_says_fewer():
    rows = [
        row("2023-24", (200, 1000), indicator="missing_school"),
        row("2023-24", (160, 400), indicator="missing_school", group="race_ethnicity/hispanic"),
    ]
    assert counted(*rows) == [80]
    assert "this many fewer would be among those who missed a lot of school:" in said(*rows)
    assert said(*rows).endswith("2023-24: 80")


def test_dimensions_are_told_apart_and_never_added_up():
    boys = row("2023-24", (200, 500), group="gender/male")  # 500 x (0.50 - 0.40) = 50
    assert sorted(n for n in counted(ALL, HISPANIC, boys) if n) == [50, 80]
    html = in_children_sentence(
        finding(ALL, HISPANIC, boys), finding(ALL, HISPANIC, boys).gap_sets, EN
    )
    lines = [words(li) for li in BeautifulSoup(html, "html.parser").find_all("li")]
    assert sorted(lines) == ["Gender, 2023-24: 50", "Race and ethnicity, 2023-24: 80"]


@pytest.mark.parametrize(
    "rows",
    [
        [ALL, row("2023-24", (249, 500), group="gender/female")],
        [row("2023-24", 0.5), row("2023-24", 0.3, group="gender/female")],
        [ALL, row("2023-24", (9, 25), group="race_ethnicity/american_indian")],
        [
            row("2023-24", (500, 1000), indicator="reading_anew"),
            row("2023-24", (90, 500), indicator="reading_anew", group="economic_status/free_meals"),
        ],
        [
            row("2023-24", 0.5, indicator="at_work", moe90=0.01),
            row("2023-24", 0.3, indicator="at_work", moe90=0.02, group="gender/female"),
        ],
        [
            row("2023-24", 40.0, indicator="test_score"),
            row("2023-24", 20.0, indicator="test_score", group="gender/female"),
        ],
    ],
    ids=["chance", "no counts", "too weak", "must not be compared", "survey", "no share"],
)
def test_nothing_is_said_where_nothing_is_known(rows):
    assert said(*rows) == ""
    assert set(counted(*rows)) <= {None}
