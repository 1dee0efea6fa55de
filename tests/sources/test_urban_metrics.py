"""Mobility metrics by city: what a year means, grades, bounds, groups, figures below zero."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import (
    urban_digital_access,
    urban_employment,
    urban_employment_groups,
    urban_homelessness,
    urban_hs_diploma,
    urban_income,
    urban_income_groups,
    urban_learning_rate,
    urban_poverty_exposure,
    urban_preschool,
    urban_school_poverty,
)
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import MARGINAL, NO_SPREAD
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

BRIDGEPORT, NORWALK, STAMFORD = "0908000", "0955990", "0973000"


@pytest.fixture
def names() -> Names:
    return names_of("norwalk", "stamford", "bridgeport")


def header(column: str, *, groups: bool) -> str:
    by = "subgroup_type,subgroup," if groups else ""
    return f"year,state,place,{by}{column},{column}_lb,{column}_ub,{column}_quality\n"


def test_preschool_is_five_years_in_every_file(export: Write, names: Names) -> None:
    column = "share_in_preschool"
    files = [
        export(
            "metrics_preschool_place_all_longitudinal_all.csv",
            header(column, groups=False) + "2023,09,08000,0.4755,0.341,0.61,1\n",
        ),
        export(
            "metrics_preschool_place_income_longitudinal.csv",
            header(column, groups=True)
            + "2023,09,08000,all,All,0.4755,0.341,0.61,1\n"
            + '2023,09,08000,income,"$50,000 or More",0.6,0.5,0.7,2\n'
            + '2023,9,8000,income,"Less than $50,000",NA,NA,NA,NA\n',
        ),
        export(
            "metrics_preschool_place_race-ethnicity_longitudinal.csv",
            header(column, groups=True)
            + '2018,09,73000,race-ethnicity,"Black, Non-Hispanic",0.5,0.3,0.7,3\n'
            + "2018,09,73000,race-ethnicity,Other Races and Ethnicities,0.5,0.3,0.7,1\n"
            + "2018,36,73000,race-ethnicity,Hispanic,0.5,0.3,0.7,1\n",
        ),
    ]
    frame = urban_preschool.read(files, names)
    assert told(names) == []
    assert len(frame) == 4  # "All" stands in two files and counts once
    everyone = figure(frame, "preschool_3_4", BRIDGEPORT, "2019-2023")
    assert everyone["estimate"] == 0.4755
    assert everyone["moe90"] == pytest.approx(0.1345 / 1.96 * 1.645, rel=1e-9)
    marginal = figure(frame, "preschool_3_4", BRIDGEPORT, "2019-2023", "from_50k")
    assert (marginal["dimension"], marginal["note"]) == ("household_income", MARGINAL)
    hidden = figure(frame, "preschool_3_4", BRIDGEPORT, "2019-2023", "under_50k")
    assert (hidden["status"], hidden["estimate"]) == ("suppressed_by_source", None)
    weak = figure(frame, "preschool_3_4", STAMFORD, "2014-2018", "black")
    assert (weak["status"], weak["estimate"]) == ("too_weak", 0.5)


def test_pooled_and_yearly_figures_stay_apart(export: Write, names: Names) -> None:
    column = "share_employed"
    yearly = export(
        "metrics_employment_place_all_longitudinal.csv",
        header(column, groups=False) + "2014,09,08000,0.7212,0.6772,0.7652,1\n",
    )
    pooled = export(
        "metrics_employment_place_gender_longitudinal.csv",
        header(column, groups=True)
        + "2014,09,08000,all,All,0.7447,0.7192,0.7702,1\n"
        + "2014,09,08000,gender,Female,0.6942,0.6578,0.7306,1\n",
    )
    one = urban_employment.read([yearly, pooled], names)
    many = urban_employment_groups.read([pooled], names)
    assert told(names) == []
    assert one[["indicator", "period", "estimate"]].values.tolist() == [
        ["employment_25_54", "2014", 0.7212]
    ]
    assert many[["indicator", "period", "group", "estimate"]].values.tolist() == [
        ["employment_25_54_pooled", "2010-2014", "all", 0.7447],
        ["employment_25_54_pooled", "2010-2014", "female", 0.6942],
    ]


def test_income_has_three_percentiles_and_lopsided_bounds(export: Write, names: Names) -> None:
    parts = [
        f"pctl_income_{p}{end}" for p in (20, 50, 80) for end in ("", "_lb", "_ub", "_quality")
    ]
    columns = ",".join(parts)
    cells = "15126.374999999998,12101.1,18151.65,1,43574,37311,49412,2,90758,85716,104271,3"
    yearly = export(
        "metrics_income_place_all_longitudinal.csv",
        f"year,state,place,{columns}\n2023,09,08000,{cells}\n",
    )
    pooled = export(
        "metrics_income_place_race-ethnicity_longitudinal.csv",
        f"year,state,place,subgroup_type,subgroup,{columns}\n"
        f"2023,09,08000,all,All,{cells}\n2023,09,08000,race-ethnicity,Hispanic,{cells}\n",
    )
    frame = urban_income.read([yearly], names)
    low = figure(frame, "household_income_p20", BRIDGEPORT, "2023")
    assert low["estimate"] == 15126.374999999998
    assert figure(frame, "household_income_p50", BRIDGEPORT, "2023")["note"] == MARGINAL
    high = figure(frame, "household_income_p80", BRIDGEPORT, "2023")
    assert high["status"] == "too_weak"
    assert high["moe90"] == pytest.approx((104271 - 90758) / 1.96 * 1.645, rel=1e-9)
    groups = urban_income_groups.read([pooled], names)
    assert len(groups) == 6
    assert figure(groups, "household_income_p20_pooled", BRIDGEPORT, "2019-2023", "hispanic")
    assert told(names) == []


def test_bounds_that_meet_are_no_margin_of_zero(export: Write, names: Names) -> None:
    file = export(
        "metrics_college_place_race-ethnicity_longitudinal.csv",
        header("share_hs_degree", groups=True)
        + '2014,09,08000,race-ethnicity,"White, Non-Hispanic",1,1,1,2\n',
    )
    (row,) = urban_hs_diploma.read([file], names).to_dict("records")
    assert (row["estimate"], row["status"]) == (1.0, "published")
    assert row["moe90"] != row["moe90"]  # not known
    assert row["note"] == f"{MARGINAL} {NO_SPREAD}"


def test_learning_rate_leaves_out_what_is_weak_and_below_zero(export: Write, names: Names) -> None:
    file = export(
        "SEDA_all_subgroups_city_2014-2018.csv",
        header("learning_rate", groups=True)
        + "2018,09,08000,all,All,1.1979789,1.0559338,1.3400239,1\n"
        + "2018,09,08000,income,Economically Disadvantaged,1.17,-.2,2.54,2\n"
        + "2018,09,08000,income,Not Economically Disadvantaged,-.31276417,-1.3710152,.7454868,3\n"
        + '2018,09,73000,race-ethnicity,"White, Non-Hispanic",,,,\n',
    )
    frame = urban_learning_rate.read([file], names)
    assert told(names) == []
    assert len(frame) == 3
    everyone = figure(frame, "reading_learning_rate", BRIDGEPORT, "2017-18")
    assert everyone["estimate"] == 1.1979789  # years are above 1
    meals = figure(frame, "reading_learning_rate", BRIDGEPORT, "2017-18", "free_or_reduced_meals")
    assert meals["moe90"] == pytest.approx(1.37 / 1.96 * 1.645, rel=1e-9)
    assert "not_eligible" not in set(frame["group"])
    empty = figure(frame, "reading_learning_rate", STAMFORD, "2017-18", "white")
    assert empty["status"] == "suppressed_by_source"


def test_a_good_figure_below_zero_is_noted(export: Write, names: Names) -> None:
    file = export(
        "SEDA_all_city_2014-2018.csv",
        header("learning_rate", groups=False) + "2018,09,08000,-0.3,-0.5,-0.1,1\n",
    )
    assert urban_learning_rate.read([file], names).empty
    (problem,) = names.problems
    assert problem.value == "-0.3"


def test_homelessness_keeps_counts_and_says_where_they_were_filled_in(
    export: Write, names: Names
) -> None:
    columns = (
        "count_homeless,count_homeless_lb,count_homeless_ub,share_homeless,"
        "count_homeless_quality,share_homeless_quality"
    )
    rows = "2022,09,08000,{}195,194,196,.0096149109,1,1\n2022,09,55990,{}74,74,74,.0064269584,1,1\n"
    by = "race-ethnicity,Hispanic,"
    files = [
        export(
            "homelessness_2019-2022_city.csv",
            f"year,state,place,{columns}\n" + rows.format("", ""),
        ),
        export(
            "homelessness_2019-2022_subgroups_city.csv",
            f"year,state,place,subgroup_type,subgroup,{columns}\n"
            + rows.format("all,All,", "all,All,")
            + f"2022,09,55990,{by}3,0,6,.0033444816,3,3\n"
            + f"2022,09,73000,{by}NA,NA,NA,NA,NA,NA\n",
        ),
    ]
    frame = urban_homelessness.read(files, names)
    assert told(names) == []
    assert len(frame) == 4
    filled = figure(frame, "student_homelessness", BRIDGEPORT, "2022-23")
    assert (filled["estimate"], filled["numerator"]) == (0.0096149109, 195)
    assert filled["note"] == urban_homelessness.FILLED_IN
    assert filled["moe90"] is None  # bounds of hidden counts are no margin of error
    assert figure(frame, "student_homelessness", NORWALK, "2022-23")["note"] == ""
    weak = figure(frame, "student_homelessness", NORWALK, "2022-23", "hispanic")
    assert weak["status"] == "too_weak"
    hidden = figure(frame, "student_homelessness", STAMFORD, "2022-23", "hispanic")
    assert (hidden["status"], hidden["estimate"], hidden["numerator"], hidden["note"]) == (
        "suppressed_by_source",
        None,
        None,
        "",
    )


def test_printed_groups_do_not_tell_how_few_the_hidden_ones_are(
    export: Write, names: Names
) -> None:
    columns = (
        "count_homeless,count_homeless_lb,count_homeless_ub,share_homeless,"
        "count_homeless_quality,share_homeless_quality"
    )
    row = "{},09,{},{},{n},{n},{n},{share},1,1\n"
    race = 'race-ethnicity,"Black, Non-Hispanic"', "race-ethnicity,Hispanic"
    nothing = "NA,NA,NA,NA,NA,NA\n"
    text = (
        f"year,state,place,subgroup_type,subgroup,{columns}\n"
        # 58 - 19 - 37 leaves two students to the others.
        + row.format(2021, "55990", "all,All", n=58, share=".005")
        + row.format(2021, "55990", race[0], n=19, share=".011")
        + row.format(2021, "55990", race[1], n=37, share=".006")
        + f'2021,09,55990,race-ethnicity,"White, Non-Hispanic",{nothing}'
        # 78 - 17 - 44 leaves seventeen.
        + row.format(2020, "73000", "all,All", n=78, share=".005")
        + row.format(2020, "73000", race[0], n=17, share=".008")
        + row.format(2020, "73000", race[1], n=44, share=".006")
    )
    frame = urban_homelessness.read([export("homelessness_x_city.csv", text)], names)
    assert told(names) == []
    black = figure(frame, "student_homelessness", NORWALK, "2021-22", "black")
    assert (black["status"], black["estimate"], black["numerator"], black["note"]) == (
        "suppressed_by_source",
        None,
        None,
        urban_homelessness.WOULD_TELL,
    )
    assert figure(frame, "student_homelessness", NORWALK, "2021-22", "hispanic")["numerator"] == 37
    assert figure(frame, "student_homelessness", STAMFORD, "2020-21", "black")["numerator"] == 17


def test_a_count_outside_bounds_that_meet_is_noted(export: Write, names: Names) -> None:
    file = export(
        "homelessness_2019-2022_city.csv",
        "year,state,place,count_homeless,count_homeless_lb,count_homeless_ub,share_homeless,"
        "count_homeless_quality,share_homeless_quality\n2022,09,55990,75,74,74,.0064,1,1\n",
    )
    urban_homelessness.read([file], names)
    (problem,) = names.problems
    assert (problem.value, problem.allowed) == ("75", "74 to 74")


def test_school_poverty_has_a_column_per_group(export: Write, names: Names) -> None:
    file = export(
        "MEPS_2014-2021_city.csv",
        "year,state,place,meps20_black,meps20_black_quality,meps20_hispanic,"
        "meps20_hispanic_quality,meps20_white,meps20_white_quality\n"
        "2021,09,08000,.91940486,1,.90010875,1,,\n",
    )
    frame = urban_school_poverty.read([file], names)
    assert told(names) == []
    black = figure(frame, "school_poverty_exposure", BRIDGEPORT, "2021-22", "black")
    assert (black["estimate"], black["dimension"]) == (0.91940486, "race_ethnicity")
    white = figure(frame, "school_poverty_exposure", BRIDGEPORT, "2021-22", "white")
    assert white["status"] == "suppressed_by_source"


@pytest.mark.parametrize(
    ("module", "column", "indicator", "kind", "label"),
    [
        (
            urban_digital_access,
            "share_digital_access",
            "digital_access",
            "race_ethnicity",
            "Black, Non-Hispanic",
        ),
        (
            urban_poverty_exposure,
            "share_poverty_exposure",
            "poverty_exposure",
            "race-ethnicity",
            "Black",
        ),
    ],
)
def test_figures_without_bounds_have_no_margin(
    export: Write, names: Names, module, column: str, indicator: str, kind: str, label: str
) -> None:
    file = export(
        "x.csv",
        f'"year","state","place","subgroup_type","subgroup","{column}","{column}_quality"\n'
        f'2023,"09","08000","{kind}","{label}",0.611,"1"\n',
    )
    found = figure(module.read([file], names), indicator, BRIDGEPORT, "2019-2023", "black")
    assert told(names) == []
    assert (found["estimate"], found["moe90"], found["status"]) == (0.611, None, "published")


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    file = export(
        "metrics_college_place_gender_longitudinal.csv",
        header("share_hs_degree", groups=True)
        + "2023,09,99999,all,All,0.75,0.71,0.78,1\n"
        + "23,09,08000,all,All,0.75,0.71,0.78,1\n"
        + "2023,09,08000,age,Old,0.75,0.71,0.78,1\n"
        + "2023,09,08000,gender,Girls,0.75,0.71,0.78,1\n"
        + "2023,09,08000,gender,Female,75,0.71,0.78,4\n"
        + "2023,09,08000,gender,Male,0.75,0.76,0.78,1\n",
    )
    urban_hs_diploma.read([file, export("empty.csv", "")], names)
    assert [(p.where.rpartition(":")[2], p.value) for p in names.problems] == [
        ("2", "0999999"),
        ("3", "23"),
        ("4", "age"),
        ("5", "Girls"),
        ("6", "4"),
        ("6", "75"),
        ("7", "0.75"),
        ("empty.csv", ""),
    ]


def test_a_renamed_column_is_named(export: Write, names: Names) -> None:
    file = export(
        "x.csv", header("share_hs_degree", groups=False).replace("_lb", "_low") + "1,2,3,4,5,6,7\n"
    )
    assert urban_hs_diploma.read([file], names).empty
    (problem,) = names.problems
    assert problem.value == "share_hs_degree_lb"
