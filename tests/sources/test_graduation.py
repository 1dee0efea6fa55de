"""Four-year graduation: both layouts of the years, and hidden rates beside printed counts."""

from collections.abc import Callable

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.graduation import FOUR_YEAR
from c2c_lib.sources.names import Names

Write = Callable[[str, str | bytes], RawFile]

OLD = (
    '"Four-Year Graduation Rates, 2013-14"\r\n"All Districts, Race/Ethnicity"\r\n\r\n'
    '"",,,"Graduates",\r\n'
    '"District","Race/Ethnicity","Four-Year Cohort Count","Graduation Count","Graduation Rate"\r\n'
    '"Stamford School District","Indian or Alaska Native",8,8,*\r\n'
    '"Stamford School District","Hawaiian or Pacific Islander","N/A","N/A","N/A"\r\n'
    '"Stamford School District","Hispanic",350,*,*\r\n'
    '"Stamford School District","White",400,368,92.0\r\n\r\n'
)
NEW = (
    '"Four-Year Graduation Rates, 2018-19",,,,,\n"All Districts, All Students",,,,,\n,,,,,\n'
    ",,,Graduates,,\n"
    "District,District Code,Four-Year Cohort Count,Graduation Count,Graduation Rate,\n"
    "Stamford School District,1350011,1250,1119,89.5,\n"
)
STATE = (
    '"Four-Year Graduation Rates, 2018-19"\n"State of Connecticut, High Needs Status"\n\n'
    '"",,,"Graduates",\n'
    '"District","High Needs Status","Four-Year Cohort Count","Graduation Count","Graduation Rate"\n'
    '"State of Connecticut","Non-High Needs",20000,19000,95.0\n'
)


def test_three_exports(export: Write, names: Names) -> None:
    files = [
        export("four-year-graduation-rates__2013-14_race_grad.csv", OLD),
        export("four-year-graduation-rates__2018-19_all-students_grad.csv", NEW),
        export("four-year-graduation-rates__2018-19_high-needs_grad_ct.csv", STATE),
    ]
    frame = FOUR_YEAR.read(files, names)
    assert list(names.problems) == []
    keys = ["indicator", "geo_id", "period", "dimension", "group", "status"]
    race = ("graduation_4yr", "1350011", "2013-14", "race_ethnicity")
    assert list(frame[keys].itertuples(index=False, name=None)) == [
        (*race, "american_indian", "suppressed_by_source"),
        (*race, "pacific_islander", "not_applicable"),
        (*race, "hispanic", "suppressed_by_source"),
        (*race, "white", "published"),
        ("graduation_4yr", "1350011", "2018-19", "all", "all", "published"),
        ("graduation_4yr", "09", "2018-19", "high_needs", "not_high_needs", "published"),
    ]
    values = frame[["estimate", "numerator", "denominator"]]
    assert values[:3].isna().all(axis=None)
    assert values[3:].to_numpy().tolist() == [
        [0.92, 368, 400],
        [0.895, 1119, 1250],
        [0.95, 19000, 20000],
    ]


def test_the_other_half_of_the_report_is_not_taken_for_it(export: Write, names: Names) -> None:
    other = NEW.replace("Graduation Count", "Still Enrolled Count")
    FOUR_YEAR.read([export("four-year-graduation-rates__2018-19_x_grad.csv", other)], names)
    assert next(iter(names.problems)).value == "Still Enrolled Count"
