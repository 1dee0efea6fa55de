"""Accountability results: years of classes, the cap of 75, figures that are not given."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import accountability, accountability_transcribed
from c2c_lib.sources.accountability import CAPPED, FEW_TESTED
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

RATES = [f"Ind1{s}_{g}_Rate" for s in ("ELA", "Math", "Sci") for g in ("All", "HN", "NHN")]
RATES += ["Ind4Rate", "Ind4HNRate", "Ind5Rate", "Ind6Rate", "Ind7Rate", "Ind8Rate", "Ind9Rate"]
RATES += ["Ind10Rate", "Ind11FitnessRate", "Ind11ParticipationRate", "Ind12Rate"]
RATES += [f"Ind2{s}_{g}_Rate" for s in ("ELA", "Math") for g in ("All", "HN", "NHN")]
RATES += ["Ind2LEP_LTCY_Rate", "Ind2LEP_ORAL_Rate"]
HEADER = ["FallOfYear", "RptngDistrictName", "ReportingDistrictCode", "SchoolName", "Category"]
HEADER += [*RATES, "schoolyear"]
STATE = ("State of Connecticut", "0000000", "StateTot")


def row(name: str, code: str, category: str, year: str = "2024-25", **rates: str) -> str:
    cells = [year[:4], name, code, "District", category, *(rates.get(r, ".") for r in RATES), year]
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def report(*rows: str, title: str = '"Next Generation Accountability, 2024-25"\n\n') -> str:
    return title + ",".join(f'"{cell}"' for cell in HEADER) + "\n" + "\n".join(rows) + "\n"


@pytest.fixture
def names() -> Names:
    return names_of("stamford", "lisbon", "bridgeport")


def test_what_each_column_measures(export: Write, names: Names) -> None:
    rates = {
        "Ind1ELA_All_Rate": "57.885650",
        "Ind1Math_HN_Rate": "50.6",
        "Ind1Sci_NHN_Rate": "67.8",
        "Ind2ELA_All_Rate": "0.588885",
        "Ind2Math_NHN_Rate": "1",
        "Ind2LEP_ORAL_Rate": "0.07",
        "Ind4Rate": "0.223776",
        "Ind4HNRate": "0.276807",
        "Ind5Rate": "0.920270",
        "Ind6Rate": "0.390321",
        "Ind7Rate": "0.737428",
        "Ind8Rate": "0.782128",
        "Ind9Rate": "0.826188",
        "Ind10Rate": "0.705000",
        "Ind11FitnessRate": "0.290220",
        "Ind12Rate": "0.451849",
    }
    frame = accountability.read(
        [
            export(
                "nga.csv",
                report(
                    row("Stamford School District", '="1350011"', "DistrictTot", **rates),
                    row("Stamford School District", '="1350011"', "SchoolTot", Ind4Rate="0.5"),
                    row("State of Connecticut", '="0000000"', "StateTot", Ind8Rate="0.889"),
                ),
            )
        ],
        names,
    )
    assert told(names) == []
    assert len(frame) == 2 * 27

    def value(indicator: str, period: str, group: str = "all") -> float:
        found = figure(frame, indicator, "1350011", period, group)
        assert found["dimension"] == ("all" if group == "all" else "high_needs")
        return float(found["estimate"])

    assert value("ela_performance_index", "2024-25") == 57.88565
    assert value("math_performance_index", "2024-25", "high_needs") == 50.6
    assert value("science_performance_index", "2024-25", "not_high_needs") == 67.8
    assert value("chronic_absence", "2024-25") == 0.223776
    assert value("chronic_absence", "2024-25", "high_needs") == 0.276807
    assert value("ninth_grade_on_track", "2024-25") == 0.737428
    assert value("ccr_courses", "2024-25") == 0.92027
    assert value("ccr_exams", "2024-25") == 0.390321
    assert value("physical_fitness", "2024-25") == 0.29022
    assert value("arts_access", "2024-25") == 0.451849
    # Growth is printed as a fraction and is no share: points of 100, to the printed digit.
    assert value("growth_ela_rate", "2024-25") == 58.8885
    assert value("growth_math_rate", "2024-25", "not_high_needs") == 100.0
    assert value("growth_english_oral", "2024-25") == 7.0
    # The class that graduated after four years in 2022 had until 2024.
    assert value("graduation_6yr_high_needs", "2021-22") == 0.826188
    # Graduation and entrance describe the class of the year before.
    assert value("graduation_4yr", "2023-24") == 0.782128
    assert value("postsecondary_entrance_1yr", "2023-24") == 0.705
    state = figure(frame, "graduation_4yr", "09", "2023-24")
    assert (state["geo_level"], state["estimate"]) == ("state", 0.889)


def test_the_cap_of_75_is_told(export: Write, names: Names) -> None:
    frame = accountability.read(
        [
            export(
                "nga.csv",
                report(
                    row(
                        "Stamford School District",
                        '="1350011"',
                        "DistrictTot",
                        Ind1ELA_NHN_Rate="75.000000",
                        Ind1Math_NHN_Rate="74.999999",
                        Ind1ELA_All_Rate="75.000000",
                    ),
                    row(*STATE, Ind1ELA_NHN_Rate="76.927008"),
                ),
            )
        ],
        names,
    )
    notes = {
        (r.indicator[:4], r.group): r.note for r in frame[frame["geo_id"] == "1350011"].itertuples()
    }
    assert notes["ela_", "not_high_needs"] == CAPPED
    assert notes["math", "not_high_needs"] == ""
    assert notes["ela_", "all"] == ""
    assert figure(frame, "ela_performance_index", "09", "2024-25", "not_high_needs")["note"] == ""


def test_why_a_figure_is_not_given(export: Write, names: Names) -> None:
    frame = accountability.read(
        [
            export(
                "nga.csv",
                report(
                    # No result that only a high school has.
                    row("Lisbon School District", "0730011", "DistrictTot", Ind7Rate="0.84"),
                    # A high school whose class is too small for a graduation rate.
                    row("Stamford School District", "1350011", "DistrictTot", Ind5Rate="0.9"),
                    row(*STATE, Ind8Rate=""),
                ),
            )
        ],
        names,
    )
    assert told(names) == []

    def status(indicator: str, geo_id: str, period: str = "2023-24") -> tuple[str, object]:
        found = figure(frame, indicator, geo_id, period)
        return found["status"], found["estimate"]

    assert status("graduation_4yr", "0730011") == ("not_applicable", None)
    assert status("postsecondary_entrance_1yr", "0730011") == ("not_applicable", None)
    assert status("ninth_grade_on_track", "0730011", "2024-25") == ("published", 0.84)
    assert status("chronic_absence", "0730011", "2024-25") == ("suppressed_by_source", None)
    assert status("graduation_4yr", "1350011") == ("suppressed_by_source", None)
    # The state hides nothing about itself.
    assert status("graduation_4yr", "09") == ("not_collected", None)


@pytest.mark.parametrize(
    ("tested", "fit", "note"),
    [
        ("0.846297", "0.290220", FEW_TESTED),
        ("0.900000", "0.290220", ""),
        ("1.177458", "0.421856", ""),
        (".", "0.421856", ""),
        ("0.5", ".", ""),
    ],
)
def test_few_students_in_the_fitness_test_are_told(
    export: Write, names: Names, tested: str, fit: str, note: str
) -> None:
    rates = {"Ind11FitnessRate": fit, "Ind11ParticipationRate": tested}
    content = report(
        row("Stamford School District", "1350011", "DistrictTot", **rates), row(*STATE, **rates)
    )
    frame = accountability.read([export("nga.csv", content)], names)
    assert told(names) == []
    assert figure(frame, "physical_fitness", "1350011", "2024-25")["note"] == note


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    accountability.read(
        [
            export(
                "nga.csv",
                report(
                    row("Stanford School District", "1350011", "DistrictTot"),
                    row("Stamford School District", "1030011", "DistrictTot"),
                    row("Bridgeport School District", "0150011", "DistrictTot", Ind4Rate="1.2"),
                    row("Bridgeport School District", "0150011", "Districttot"),
                    row("Lisbon School District", "0730011", "DistrictTot", Ind8Rate="a"),
                    row("Lisbon School District", "0730011", "DistrictTot", year="2024-26"),
                ),
            )
        ],
        names,
    )
    assert [(p.where, p.value) for p in names.problems] == [
        ("nga.csv:7", "Districttot"),
        ("nga.csv:9", "2024-26"),
        ("nga.csv:4", "Stanford School District (1350011)"),
        ("nga.csv:5", "1030011"),
        ("nga.csv:6", "1.2"),
        ("nga.csv:8", "a"),
        ("nga.csv", "Connecticut"),  # of 2024-25
        ("nga.csv", "Connecticut"),  # of the class of 2024
        ("nga.csv", "Connecticut"),  # of the class of 2022, six years on
    ]


def test_transcribed_years_have_a_source_of_their_own(export: Write, names: Names) -> None:
    content = report(
        row(*STATE, year="2014-15", Ind8Rate="0.87", Ind10Rate="0.728", Ind1ELA_All_Rate="67.9"),
        title="",
    )
    frame = accountability_transcribed.read([export("t.csv", content)], names)
    assert told(names) == []
    assert accountability_transcribed.SOURCE != accountability.SOURCE
    # The state's rate of the class of 2014 in its own report: 87.0.
    assert figure(frame, "graduation_4yr", "09", "2013-14")["estimate"] == 0.87
    assert figure(frame, "ela_performance_index", "09", "2014-15")["estimate"] == 67.9
