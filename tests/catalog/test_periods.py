"""Three spellings of a period, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.catalog.periods import Period, parse_period, school_year

YEARS = st.integers(1000, 9998)


@pytest.mark.parametrize(
    ("label", "start", "end", "pooled"),
    [
        ("2018-19", 2018, 2019, False),
        ("1999-00", 1999, 2000, False),
        ("2015", 2015, 2015, False),
        ("2016-2020", 2016, 2020, True),
        ("2018-2019", 2018, 2019, True),
        ("1999-2003", 1999, 2003, True),
    ],
)
def test_a_label_reads(label: str, start: int, end: int, pooled: bool):
    period = parse_period(label)
    assert (period.start, period.end, period.pooled) == (start, end, pooled)
    assert str(period) == period.label == label


@pytest.mark.parametrize(
    "label",
    [
        "",
        "2018-20",  # two years on
        "2018-18",
        "2018-17",
        "1999-99",
        "2020-2016",
        "2020-2020",
        "18-19",
        "2018/19",
        "2018\u201319",  # an en dash
        "2018-2019-2020",
        "FY2019",
        " 2015",
        "2015\n",
        "2018-19\n",
        "\u0662\u0660\u0661\u0665",  # 2015 in Arabic digits
        "spring 2019",
    ],
)
def test_anything_else_is_refused_with_the_three_spellings(label: str):
    with pytest.raises(ValueError, match=r"'2018-19'.*'2015'.*'2016-2020'") as raised:
        parse_period(label)
    assert repr(label) in str(raised.value)


@given(fall=YEARS)
def test_a_school_year_reads_back(fall: int):
    period = parse_period(school_year(fall))
    assert (period.start, period.end, period.pooled) == (fall, fall + 1, False)


@given(start=YEARS, length=st.integers(1, 20))
def test_pooled_years_read_back(start: int, length: int):
    end = min(start + length, 9999)
    period = parse_period(f"{start}-{end}")
    assert (period.start, period.end, period.pooled) == (start, end, True)


@given(first=YEARS, second=YEARS)
def test_periods_sort_by_the_year_in_which_they_end(first: int, second: int):
    earlier, later = sorted((parse_period(school_year(first)), parse_period(str(second))))
    assert earlier.end <= later.end


def test_periods_of_one_end_have_one_order():
    labels = ["2019", "2018-19", "2015-2019", "2018-2019"]
    once = sorted(parse_period(label) for label in labels)
    assert once == sorted(parse_period(label) for label in reversed(labels))
    assert once[0].label == "2015-2019"


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("2014-2018", "2018-2022", True),
        ("2014-2018", "2019-2023", False),
        ("2014-2018", "2014-2018", True),
        ("2010-2020", "2014-2016", True),
        ("2018-2019", "2019-2020", True),
        ("2018-19", "2019-20", False),  # June and September of 2019
        ("2018-19", "2018-19", True),
        ("2015", "2016", False),
        ("2014-2018", "2018", False),  # a census and a survey share no children
    ],
)
def test_pooled_periods_overlap_where_they_share_a_year(first: str, second: str, shared: bool):
    one, two = parse_period(first), parse_period(second)
    assert one.overlaps(two) is shared
    assert two.overlaps(one) is shared


@given(start=YEARS, length=st.integers(1, 9), other=YEARS, other_length=st.integers(1, 9))
def test_overlap_is_what_sets_of_years_say(start: int, length: int, other: int, other_length: int):
    one = Period(start + length, start, f"{start:04d}-{start + length:04d}")
    two = Period(other + other_length, other, f"{other:04d}-{other + other_length:04d}")
    if not (one.pooled and two.pooled):
        return  # years of five digits are no label
    years = [set(range(period.start, period.end + 1)) for period in (one, two)]
    assert one.overlaps(two) == bool(years[0] & years[1])
