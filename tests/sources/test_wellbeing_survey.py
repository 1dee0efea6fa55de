"""DataHaven's survey: sums of rounded answers, whose column is whose, the pooled model."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.sources import wellbeing_model, wellbeing_survey_2018, wellbeing_survey_2021
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.survey_questions import QUESTIONS, SUMMED, summed
from support.excerpts import figure, names_of, told, workbook

Write = Callable[[str, str | bytes], RawFile]

NORWALK = "0900156060"
HEADER = "code,category,group,response,value,year\n"


@pytest.fixture
def names() -> Names:
    return names_of("norwalk", "bridgeport")


@given(st.lists(st.integers(0, 33), min_size=1, max_size=3))
def test_sums_are_exact_in_the_printed_digits(percents: list[int]) -> None:
    total, note = summed([percent / 100 for percent in percents])
    assert total == sum(percents) / 100
    assert bool(note) == (len(percents) > 1)


def test_rounded_answers_never_sum_to_more_than_all() -> None:
    assert summed([0.5, 0.51])[0] == 1.0


def test_2018_sums_answers_and_passes_over_summaries(export: Write, names: Names) -> None:
    rows = (
        "Q17H,Total,Total,Strongly agree,0.15,2018\n"
        "Q17H,Total,Total,Somewhat agree,0.3,2018\n"
        "Q17H,Total,Total,Somewhat disagree,0.24,2018\n"
        "Q17H,Total,Total,Don't know,0.06,2018\n"
        "Q17H,Total,Total,Summary: Strongly/Somewhat agree,0.44999999999999996,2018\n"
        "Q62,Race/Ethnicity,Latino,Yes,0.31,2018\n"
        "Q62,Race/Ethnicity,Latino,No,0.69,2018\n"
        "Q62,Race/Ethnicity,Not white,Yes,0.2,2018\n"
        "Q62,Age,Ages 18-34,Yes,0.4,2018\n"
        "Q1,Total,Total,Yes,0.68,2018\n"
    )
    frame = wellbeing_survey_2018.read([export("norwalk_2018_cws_data.csv", HEADER + rows)], names)
    assert told(names) == []
    assert len(frame) == 2
    models = figure(frame, "adults_youth_role_models", NORWALK, "2018")
    assert (models["estimate"], models["note"]) == (0.45, SUMMED.format(count=2))
    food = figure(frame, "adults_food_insecure", NORWALK, "2018", "hispanic")
    assert (food["estimate"], food["note"], food["moe90"]) == (0.31, "", None)
    state = wellbeing_survey_2018.read(
        [export("connecticut_2018_cws_data.csv", HEADER + rows)], names
    )
    assert set(state["geo_level"]) == {"state"}


def test_2018_notes_everything_that_is_wrong(export: Write, names: Names) -> None:
    rows = (
        "Q17H,Total,Total,Strongly agree,0.15,2018\n"
        "Q62,Gender,Men,Yes,0.31,2018\n"
        "Q62,Total,Total,Perhaps,0.31,2018\n"
        "Q62,Total,Total,Yes,31,2018\n"
        "Q64,Total,Total,Yes,0.1,2015\n"
        "Q64,Shoe size,Large,Yes,0.1,2018\n"
    )
    files = [
        export("norwalk_2018_cws_data.csv", HEADER + rows),
        export("atlantis_2018_cws_data.csv", HEADER),
    ]
    assert wellbeing_survey_2018.read(files, names).empty
    values = {p.value for p in names.problems}
    assert {"Strongly agree", "Men", "Perhaps", "31", "2015", "Shoe size", "atlantis"} <= values


GROUPS = ("M", "F", "18-34", "White", "Black/Afr Amer", "Hispanic", "No")


def block(code: str, headings: tuple[str, ...], answers: dict[str, list[Any]]) -> list[list[Any]]:
    width = len(headings) + 1
    return [
        ["A question?", *[None] * (width - 1)],
        [None, None, None, "Gender", *[None] * (width - 4)],
        [None, *headings],
        [code, *[None] * (width - 1)],
        ["Weighted Total:", *[100] * (width - 1)],
        *([answer, *cells] for answer, cells in answers.items()),
        [None] * width,
    ]


def test_2021_takes_the_citys_column_and_not_the_states(export: Write, names: Names) -> None:
    headings = ("CT", "Norwalk", *GROUPS)
    rows = block(
        "Q62",
        headings,
        {
            "Yes": [0.11, 0.26, 0.2, 0.32, 0.27, 0.1, 0.3, 0.4, 0.2],
            "No": [0.88, 0.73, 0.8, 0.68, 0.73, 0.9, 0.7, 0.6, 0.8],
        },
    ) + block(
        "Q4F",
        headings,
        {
            "Excellent": [0.35, 0.05, *[0.1] * 7],
            "Good": [0.36, 0.27, *[0.2] * 7],
            "Refused": [0, 0, *[0] * 7],
            "*Note: small groups are not shown.": [None] * 9,
        },
    )
    book = workbook({"Norwalk": rows})
    frame = wellbeing_survey_2021.read(
        [export("DataHaven2021_Norwalk_Crosstabs.xlsx", book)], names
    )
    assert told(names) == []
    assert figure(frame, "adults_food_insecure", NORWALK, "2021")["estimate"] == 0.26
    assert figure(frame, "adults_food_insecure", NORWALK, "2021", "hispanic")["estimate"] == 0.4
    good = figure(frame, "adults_good_place_for_children", NORWALK, "2021")
    assert (good["estimate"], good["note"]) == (0.32, SUMMED.format(count=2))
    assert set(frame["geo_id"]) == {NORWALK}  # the state's column is left for its own workbook
    assert set(frame["group"]) == {"all", "male", "female", "white", "black", "hispanic"}


def test_2021_has_no_figure_where_only_the_state_was_asked(export: Write, names: Names) -> None:
    answers = {"Almost certain": [0.38], "Very likely": [0.53]}
    city = workbook({"Norwalk": block("LIFECA", ("CT", *[None] * 3), answers)})
    state = workbook({"CT": block("LIFECA", ("Total", *[None] * 3), answers)})
    files = [
        export("DataHaven2021_Norwalk_Crosstabs.xlsx", city),
        export("DataHaven2021_Connecticut_Crosstabs.xlsx", state),
    ]
    frame = wellbeing_survey_2021.read(files, names)
    assert told(names) == []
    assert frame[["geo_level", "estimate"]].values.tolist() == [["state", 0.91]]


def test_2021_notes_everything_that_is_wrong(export: Write, names: Names) -> None:
    headings = ("CT", "Norwalk", "Giants")
    rows = block("Q62", headings, {"Yes": [0.1, 26, 0.1], "Maybe": [0.1, 0.1, 0.1]})
    rows += block("Q64", ("CT", "Norwalk", "M"), {"Yes": [0.1, 26, 0.1]})
    rows += block("Q4F", ("CT", "Norwalk", "M"), {"Good": [0.1, 0.2, 0.1]})
    files = [
        export("DataHaven2021_Norwalk_Crosstabs.xlsx", workbook({"Norwalk": rows})),
        export("DataHaven2021_Bridgeport_Crosstabs.xlsx", workbook({"Bridgeport": [["x"]]})),
        export("crosstabs.xlsx", b""),
    ]
    frame = wellbeing_survey_2021.read(files, names)
    # The men's column of Q64 still reads.
    assert frame[["indicator", "group"]].values.tolist() == [["adults_housing_insecure", "male"]]
    problems = told(names)
    for part in ("Giants", "Maybe", "26", "Excellent", "no question is found", "year and place"):
        assert any(part in problem for problem in problems), part
    assert len(problems) == 6


MODEL = "level,name,topic,var,question,mrp_estimate,raw_estimate,yes_bin,n\n"


def test_the_model_is_read_for_towns_and_the_state(export: Write, names: Names) -> None:
    hard = '"Just getting by, Finding it difficult, Finding it very difficult"'
    text = MODEL + (
        f"cog,Capitol COG,Money,q44,?,0.35,NA,{hard},9127\n"
        f"state,Connecticut,Money,q44,?,0.3584450110830489,NA,{hard},45333\n"
        f"town,Bridgeport,Money,q44,?,0.5183690311984438,NA,{hard},2577\n"
        f"town,Norwalk,Money,q44,?,0.35675013105459075,NA,{hard},1406\n"
        "town,Norwalk,Life,q4f,?,0.7429,NA,Excellent or Good,1294\n"
        "town,Norwalk,Life,q22,?,0.13,NA,Anxious,1294\n"
    )
    frame = wellbeing_model.read([export("mrp_estimates.csv", text)], names)
    assert told(names) == []
    assert len(frame) == 4
    found = figure(frame, "adults_just_getting_by", NORWALK, "2015-2024")
    assert (found["estimate"], found["note"]) == (0.35675013105459075, wellbeing_model.MODELLED)


def test_the_model_notes_other_answers_and_lost_towns(export: Write, names: Names) -> None:
    text = MODEL + "state,Connecticut,Money,q62,?,0.15,NA,No,45333\n"
    wellbeing_model.read([export("mrp_estimates.csv", text)], names)
    problems = told(names)
    assert "got 'No'" in problems[0]
    assert "2 rows are missing" in problems[1]


def test_nothing_of_the_survey_ships(names: Names) -> None:
    indicators = {question.indicator for question in QUESTIONS.values()}
    for indicator in indicators:
        for source in names.catalog.indicator(indicator).sources:
            assert not names.catalog.source(source).redistributable
