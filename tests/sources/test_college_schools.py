"""College entrance by high school: schools without a code, and marks that were added up."""

from collections.abc import Callable

from c2c_lib.sources import college_schools
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import told

Write = Callable[[str, str | bytes], RawFile]

HEAD = (
    '"College Entrance and Persistence, 2006-07"\r\n"All Districts"\r\n\r\n"Notes:"\r\n'
    '"* In this report, year means graduating class of that school year."\r\n\r\n'
    '"District","District Code","School","Gender","Entrance(%)","Persistence(%)"\r\n'
)
ROWS = (
    '"Norwalk School District","=""1030011""","Norwalk High School","Female",80.1,"*"\r\n'
    '"New Haven School District","=""0930011""","Polly T. McCabe Center","Female",-200.0,-200.0\r\n'
    '"Hamden School District","=""0620011""","Hamden Transition Academy","Female",*,*\r\n'
)


def test_names_stand_for_codes_and_two_hidden_figures_stay_hidden(
    export: Write, names: Names
) -> None:
    file = export("college__2006-07_all-schools_gender.csv", HEAD + ROWS)
    frame = college_schools.read([file], names)
    assert told(names) == []
    columns = ["indicator", "geo_id", "estimate", "status"]
    found = frame[columns].astype("object").where(frame[columns].notna(), None)
    assert found.to_numpy().tolist() == [
        ["postsecondary_entrance_1yr", "1036111", 0.801, "published"],
        ["postsecondary_entrance_1yr", "0936511", None, "suppressed_by_source"],
        ["postsecondary_persistence_year2", "1036111", None, "suppressed_by_source"],
        ["postsecondary_persistence_year2", "0936511", None, "suppressed_by_source"],
    ]


def test_any_other_number_below_zero_is_noted(export: Write, names: Names) -> None:
    text = HEAD + ROWS.replace("-200.0", "-100.0", 1)
    college_schools.read([export("college__2006-07_all-schools_gender.csv", text)], names)
    assert [p.value for p in names.problems] == ["-100.0"]
