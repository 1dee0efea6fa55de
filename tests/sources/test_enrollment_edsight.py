"""EdSight's export of students by district and race, with its total."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import enrollment_edsight
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure

Write = Callable[[str, str | bytes], RawFile]

NAME = "enrollment__2031-32_race.csv"
TITLES = '"Student Counts by District and Race"\n"All Districts"\n"2031-32"\n\n"",,"Race",,,\n'
HEADER = '"District","District Code","Asian","Black or African American","White","Total"\n'
NORWALK = '"Norwalk School District","=""1030011""","*","*",2000,2011\n'
STATE = '"Total","=""""",700,0,"5,300",6000\n'


def test_totals_groups_marks_and_the_state(export: Write, names: Names) -> None:
    frame = enrollment_edsight.read([export(NAME, TITLES + HEADER + NORWALK + STATE)], names)
    assert list(names.problems) == []
    assert set(frame["indicator"]) == {"enrollment"}
    assert len(frame) == 2 * 4
    total = figure(frame, "enrollment", "1030011", "2031-32")
    assert (total["dimension"], total["estimate"], total["numerator"]) == ("all", 2011, 2011)
    hidden = figure(frame, "enrollment", "1030011", "2031-32", "black")
    assert (hidden["status"], hidden["estimate"], hidden["numerator"]) == (
        "suppressed_by_source",
        None,
        None,
    )
    assert hidden["dimension"] == "race_ethnicity"
    state = figure(frame, "enrollment", "09", "2031-32", "white")
    assert (state["geo_level"], state["estimate"], state["where"]) == ("state", 5300, f"{NAME}:8")
    nobody = figure(frame, "enrollment", "09", "2031-32", "black")
    assert (nobody["status"], nobody["estimate"]) == ("published", 0)


def test_the_title_says_what_the_columns_tell_apart(export: Write, names: Names) -> None:
    text = (
        '"Student Counts by District and Gender"\n"All Districts"\n"2031-32"\n\n"",,"Gender",,\n'
        '"District","District Code","Female","Male","Total"\n'
        '"Norwalk School District","=""1030011""",900,"*",1911\n"Total","=""""",2900,3100,6000\n'
    )
    frame = enrollment_edsight.read([export("enrollment__2031-32_gender.csv", text)], names)
    assert list(names.problems) == []
    girls = figure(frame, "enrollment", "1030011", "2031-32", "female")
    assert (girls["dimension"], girls["estimate"], girls["numerator"]) == ("gender", 900, 900)
    boys = figure(frame, "enrollment", "1030011", "2031-32", "male")
    # 1,011 could be worked out; what the state hides stays hidden.
    assert (boys["status"], boys["estimate"]) == ("suppressed_by_source", None)
    assert figure(frame, "enrollment", "09", "2031-32")["estimate"] == 6000


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        pytest.param(
            TITLES.replace("Race", "Grade", 1) + HEADER + STATE,
            NAME,
            "the title is not that of this report",
            id="another report",
        ),
        pytest.param(
            TITLES.replace("2031-32", "2031-33") + HEADER + STATE,
            f"{NAME}:3",
            "period is '2031-33'",
            id="no school year",
        ),
        pytest.param(
            TITLES.replace("2031-32", "2032-33") + HEADER + STATE,
            f"{NAME}:3",
            "the title and the file's name give different school years",
            id="another year",
        ),
        pytest.param(
            TITLES + HEADER.replace("Asian", "Asien") + STATE,
            f"{NAME}:6",
            "unknown label for race_ethnicity",
            id="unknown group",
        ),
        pytest.param(
            TITLES + HEADER.replace("Total", "All") + STATE,
            f"{NAME}:6",
            "a column is missing",
            id="no total",
        ),
        pytest.param(
            TITLES + HEADER + NORWALK,
            NAME,
            "a row is missing for 2031-32",
            id="no state",
        ),
        pytest.param(
            TITLES + HEADER + STATE.replace("6000", "6001"),
            f"{NAME}:7",
            "the groups do not add up to the total",
            id="total too large",
        ),
        pytest.param(
            TITLES + HEADER + NORWALK.replace("2011", "1999") + STATE,
            f"{NAME}:7",
            "the groups do not add up to the total",
            id="total too small",
        ),
        pytest.param(
            TITLES + HEADER + NORWALK.replace("1030011", "1350011") + STATE,
            f"{NAME}:7",
            "the code does not belong to Norwalk School District",
            id="another code",
        ),
        pytest.param(
            TITLES + HEADER + NORWALK.replace("2011", "2011.5") + STATE,
            f"{NAME}:7",
            "the cell does not read as a number of students",
            id="half a student",
        ),
        pytest.param(TITLES, NAME, "no header line", id="cut off"),
        pytest.param("", NAME, "the file is empty", id="empty"),
    ],
)
def test_what_is_wrong_is_noted(
    export: Write, names: Names, text: str, where: str, what: str
) -> None:
    enrollment_edsight.read([export(NAME, text)], names)
    problem = next(p for p in names.problems if p.what.startswith(what))
    assert problem.where == where


def test_a_hidden_total_hides_itself_only(export: Write, names: Names) -> None:
    text = TITLES + HEADER + NORWALK.replace("2011", '"*"') + STATE
    frame = enrollment_edsight.read([export(NAME, text)], names)
    assert list(names.problems) == []
    total = figure(frame, "enrollment", "1030011", "2031-32")
    assert (total["status"], total["estimate"]) == ("suppressed_by_source", None)
    assert figure(frame, "enrollment", "1030011", "2031-32", "white")["estimate"] == 2000


def test_no_file_gives_no_figure(names: Names) -> None:
    assert enrollment_edsight.read([], names).empty
