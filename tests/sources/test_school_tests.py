"""Tests by school: the grades and subjects of Smarter Balanced, the levels of the SAT."""

from collections.abc import Callable

from c2c_lib.sources import sat_schools, smarter_balanced_schools
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import told
from support.smarter_balanced import HIDDEN, PLAIN, text

Write = Callable[[str, str | bytes], RawFile]

SCHOOL = "Waterbury School District,1510011,Kingsbury School,1511411"
KEYS = "District,District Code,School,School Code,Grade"


def test_every_grade_and_subject_has_its_indicator(export: Write, names: Names) -> None:
    rows = [
        f"{SCHOOL},{grade},{subject},{PLAIN}"
        for grade in ("03", "4", "05", "06", "07", "08", "11")
        for subject in ("ELA", "Math")
    ]
    about = "All Districts, ELA and Math, All Grades, All Students"
    file = export(
        "smarter-balanced__2015-16_x_all-grades.csv", text(about, f"{KEYS},Subject", *rows)
    )
    frame = smarter_balanced_schools.read([file], names)
    assert told(names) == []
    assert sorted(frame["indicator"]) == sorted(smarter_balanced_schools.INDICATORS)
    assert set(frame["geo_id"]) == {"1511411"}
    values = frame[["estimate", "numerator", "denominator"]].drop_duplicates()
    assert values.to_numpy().tolist() == [[0.7, 70, 100]]


def test_a_subject_in_the_title_and_groups_by_y_and_n(export: Write, names: Names) -> None:
    meals = "Free/Reduced Price Meal Eligibility (2-level)"
    about = f"All Districts, Math, All Grades, {meals}"
    rows = [f"{SCHOOL},08,Y,{PLAIN}", f"{SCHOOL},08,N,{HIDDEN}"]
    file = export("s__2015-16_x_all-grades.csv", text(about, f"{KEYS},{meals}", *rows))
    frame = smarter_balanced_schools.read([file], names)
    assert told(names) == []
    found = frame[["indicator", "group", "status"]].to_numpy().tolist()
    assert found == [
        ["grade8_math_proficient", "free_or_reduced_meals", "published"],
        ["grade8_math_proficient", "not_eligible", "suppressed_by_source"],
    ]
    assert frame[["estimate", "numerator", "denominator"]].iloc[1].isna().all()


def test_grades_and_subjects_that_no_indicator_stands_for(export: Write, names: Names) -> None:
    about = "All Districts, ELA and Math, All Grades, All Students"
    rows = [
        f"{SCHOOL},10,ELA,{PLAIN}",
        f"{SCHOOL},10,ELA,{PLAIN}",
        f"{SCHOOL},13,Math,{PLAIN}",
        f"{SCHOOL},08,Science,{PLAIN}",
        f"{SCHOOL},08,Math,{PLAIN}",
    ]
    file = export("s__2015-16_x_all-grades.csv", text(about, f"{KEYS},Subject", *rows))
    frame = smarter_balanced_schools.read([file], names)
    assert frame["indicator"].tolist() == ["grade8_math_proficient"]
    assert [(p.where.rpartition(":")[2], p.value) for p in names.problems] == [
        ("6", "ELA 10"),
        ("8", "13"),
        ("9", "Science 08"),
    ]


SAT_HEAD = (
    '"CT School Day SAT, 2015-16"\r\n"All Districts, All Subjects, Gender"\r\n\r\n'
    '"",,,,,,,"Level 1Not Met",,"Level 2Approaching",,"Level 3Met",,"Level 4Exceeded",,'
    '"Level 3&4Met or Exceeded",,""\r\n'
    '"District","District Code","School","School Code","Subject","Gender",'
    '"Total Numberwith Scored Tests","Count","%","Count","%","Count","%","Count","%",'
    '"Count","%","AverageScore"\r\n'
)
CROSBY = '"Waterbury School District","=""1510011""","Crosby High School","=""1516211"""'


def test_the_sat_is_read_at_levels_three_and_four(export: Write, names: Names) -> None:
    rows = (
        f'{CROSBY},"ELA","Female",100,30,30.0,32,32.0,28,28.0,10,10.0,38,38.0,461\r\n'
        f'{CROSBY},"Math","Male",120,80,66.7,"*","*","*","*","*","*","*","*",430\r\n'
    )
    file = export("sat__2015-16_all-schools_all-subjects_gender.csv", SAT_HEAD + rows)
    frame = sat_schools.read([file], names)
    assert told(names) == []
    columns = ["indicator", "geo_id", "group", "estimate", "numerator", "denominator", "status"]
    found = frame[columns].astype("object").where(frame[columns].notna(), None)
    assert found.to_numpy().tolist() == [
        ["sat_ela_met", "1516211", "female", 0.38, 38, 100, "published"],
        ["sat_math_met", "1516211", "male", None, None, None, "suppressed_by_source"],
    ]


def test_a_level_that_moved_does_not_pass_for_another(export: Write, names: Names) -> None:
    rows = f'{CROSBY},"ELA","Female",100,30,30.0,32,32.0,28,28.0,10,10.0,28,38.0,461\r\n'
    file = export("sat__2015-16_all-schools_all-subjects_gender.csv", SAT_HEAD + rows)
    assert sat_schools.read([file], names).empty
    assert ["counts do not give the printed percent" in line for line in told(names)] == [True]
