"""Classes: the same for all, without overlap, told apart without colour."""

import colorsys
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.figures.maps.classes import CLASS_COLORS, MapClasses, map_classes
from c2c_lib.figures.maps.drawing import OUTLINE
from c2c_lib.figures.palette import contrast
from support.examples import at_most
from support.synthetic import EN


def test_classes_by_hand():
    # Fifths of 0, 1, ... 100 percent are at 20, 40, 60 and 80; each moves up to the half.
    assert map_classes([n / 100 for n in range(101)]).breaks == (0.205, 0.405, 0.605, 0.805)


def test_classes_pool_and_pass_over_missing():
    assert map_classes([0.1, np.nan, 0.2, 0.3, np.nan, 0.4], k=2).breaks == (0.255,)


def test_dollars_break_at_thousands():
    values = [31_200.0, 42_700.0, 55_100.0, 71_400.0, 90_000.0, 120_000.0]
    classes = map_classes(values, "dollars", k=3)
    # Thirds of six values are 42,700 and 71,400 by counting, moved to the nearest thousand.
    assert len(classes.breaks) == 2
    assert all((edge + 0.5) % 1000 == 0 for edge in classes.breaks)
    first, middle, last = (str(label) for label in classes.labels(EN))
    assert re.fullmatch(r"\$\d\d,999 or less", first)
    assert re.fullmatch(r"\$\d\d,000 to \$\d\d,999", middle)
    assert re.fullmatch(r"\$\d\d,000 or more", last)


def test_years_have_one_decimal():
    labels = map_classes([76.3, 78.1, 80.4, 82.2, 84.9], "years", k=2).labels(EN)
    assert [str(label) for label in labels] == ["80.4 or less", "80.5 or more"]


def test_a_class_of_one_printed_value_says_it_once():
    assert [str(label) for label in MapClasses((0.105, 0.115)).labels(EN)] == [
        "10% or less",
        "11%",
        "12% or more",
    ]


def test_fewer_values_make_fewer_classes():
    assert len(map_classes([0.1, 0.2, 0.3]).breaks) == 2
    assert len(map_classes([0.1, 0.1, 0.1, 0.5]).breaks) == 1


@pytest.mark.parametrize(
    ("values", "unit", "label"),
    [
        ([0.104, 0.104, float("nan")], "share", "10% or less"),
        ([45_000], "dollars", "$45,000 or less"),
        ([3.9], "per_1000", "3.9 or less"),
        ([], "share", "0% or less"),
    ],
)
def test_one_value_or_none_makes_a_class_that_holds_it(values, unit, label):
    classes = map_classes(values, unit)
    assert str(classes.labels(EN)[0]) == label
    assert set(classes.class_of([v for v in values if v == v])) <= {0}


def test_fewer_classes_take_colours_from_light_to_dark():
    assert MapClasses((0.245,)).colors == (CLASS_COLORS[0], CLASS_COLORS[-1])


def test_a_value_on_a_break_is_in_the_upper_class():
    assert MapClasses((0.1, 0.2)).class_of([0.0999, 0.1, 0.2, 0.9]).tolist() == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("values", "k", "message"),
    [
        ([0.1, 0.2, 34.2], 2, "34.2, but are expected to be shares"),
        ([-0.1, 0.2, 0.3], 2, "expected to be shares"),
        ([0.1, 0.2], 1, "k is 1"),
        ([0.1, 0.2], 6, "k is 6"),
    ],
)
def test_classes_refuse(values, k, message):
    with pytest.raises(ValueError, match=message):
        map_classes(values, k=k)


@pytest.mark.parametrize("breaks", [(), (0.3, 0.2), (0.1, 0.2, 0.3, 0.4, 0.5)])
def test_breaks_must_ascend(breaks):
    with pytest.raises(ValueError, match="1 to 4 ascending numbers"):
        MapClasses(breaks)


@settings(max_examples=at_most(40))
@given(st.lists(st.integers(0, 1000), min_size=5, max_size=60, unique=True))
def test_a_label_holds_the_whole_percents_that_print(thousandths: list[int]):
    classes = map_classes([n / 1000 for n in thousandths])
    labels = [str(label) for label in classes.labels(EN)]
    for n in thousandths:
        printed = (n + 5) // 10  # whole percent, halves up, in integers
        label = labels[int(classes.class_of(n / 1000))]
        numbers = [int(number) for number in re.findall(r"\d+", label)]
        low = 0 if "less" in label else numbers[0]
        high = 100 if "more" in label else numbers[-1]
        assert low <= printed <= high, (n, label)


def test_colours_can_be_told_apart():
    assert contrast(OUTLINE, "#ffffff") >= 3
    assert contrast(CLASS_COLORS[0], "#ffffff") >= 1.3
    # Ever darker by steps that greyscale and every kind of colour blindness keep.
    assert all(contrast(light, dark) >= 1.3 for light, dark in pairwise(CLASS_COLORS))
    assert [contrast(c, "#ffffff") for c in CLASS_COLORS] == sorted(
        contrast(c, "#ffffff") for c in CLASS_COLORS
    )
    hues = [
        colorsys.rgb_to_hls(*(int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0] * 360
        for c in CLASS_COLORS
    ]
    assert max(hues) - min(hues) < 15
