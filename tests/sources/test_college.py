"""College entrance and persistence: two indicators from one export."""

from collections.abc import Callable

from c2c_lib.sources import college
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

Write = Callable[[str, str | bytes], RawFile]

TITLES = (
    '"College Entrance and Persistence, 2012-13"\r\n"All Districts"\r\n\r\n"Notes:"\r\n'
    '"* In this report, year means graduating class, of that school year."\r\n\r\n'
)


def test_two_indicators_each_with_its_own_status(export: Write, names: Names) -> None:
    file = export(
        "college-entrance-and-persistence__2012-13_sped.csv",
        TITLES
        + '"District","District Code","Special Education Status","Entrance(%)","Persistence(%)"\r\n'
        '"Norwalk School District","=""1030011""","Students with Disabilities",51.4,*\r\n',
    )
    frame = college.read([file], names)
    assert list(names.problems) == []
    keys = ["indicator", "period", "group", "status"]
    assert list(frame[keys].itertuples(index=False, name=None)) == [
        ("postsecondary_entrance_1yr", "2012-13", "with_disabilities", "published"),
        ("postsecondary_persistence_year2", "2012-13", "with_disabilities", "suppressed_by_source"),
    ]
    assert frame["estimate"][0] == 0.514
    assert frame["estimate"].isna()[1]
    assert frame[["numerator", "denominator"]].isna().all(axis=None)


def test_a_heading_that_no_row_has_does_not_move_the_percents(export: Write, names: Names) -> None:
    file = export(
        "college-entrance-and-persistence__2012-13_.csv",
        TITLES + '"District","District Code","Race/Ethnicity","Entrance(%)","Persistence(%)"\r\n'
        '"Norwalk School District","=""1030011""",71.4,88.8\r\n'
        '"Stamford School District","=""1350011""",70.0,86.1\r\n',
    )
    frame = college.read([file], names)
    assert list(names.problems) == []
    assert frame["estimate"].tolist() == [0.714, 0.7, 0.888, 0.861]
    assert set(frame["dimension"]) == {"all"}


def test_a_row_without_group_and_figure_is_left_out(export: Write, names: Names) -> None:
    file = export(
        "college-entrance-and-persistence__2012-13_race.csv",
        TITLES + '"District","District Code","Race/Ethnicity","Entrance(%)","Persistence(%)"\r\n'
        '"Norwalk School District","=""1030011""","",*,*\r\n'
        '"Norwalk School District","=""1030011""","Asian",90.0,95.5\r\n',
    )
    frame = college.read([file], names)
    assert list(names.problems) == []
    assert list(frame["group"]) == ["asian", "asian"]
