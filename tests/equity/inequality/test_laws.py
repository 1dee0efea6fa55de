"""Laws that every measure of inequality must keep."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from c2c_lib.equity import MEASURES, Groups, measure
from support.examples import at_most
from support.inequality import ANALYTIC, NAMES, groups_for, settings, value

CLOSE = {"rel": 1e-7, "abs": 1e-9}
UNORDERED = [name for name in NAMES if "order" not in MEASURES[name].needs]
NEEDS_NO_REFERENCE = [name for name in UNORDERED if "reference" not in MEASURES[name].needs]
SHIFTS_AWAY = [
    name
    for name in NAMES
    if MEASURES[name].unit in {"indicator", "indicator squared"} and name != "sii"
]
MERGES = [
    *("bgv", "bgsd", "cov", "mld", "theil", "idis_weighted", "mdm_weighted", "mdb_weighted"),
    *("mdr_weighted", "aci", "rci", "rci_wagstaff", "rci_erreygers", "difference", "ratio"),
    *("par", "paf", "mrd", "mrr"),
]
polarities = st.sampled_from(["higher_is_better", "lower_is_better"])


@pytest.mark.parametrize("name", NAMES)
@how(max_examples=at_most(25))
@given(st.integers(2, 6), st.floats(0.05, 0.95), st.integers(1, 500), polarities)
def test_equal_groups_are_equal(
    name: str, k: int, share: float, population: int, polarity: str
) -> None:
    found = value(name, [share] * k, [population] * k, polarity=polarity)
    assert found == pytest.approx(MEASURES[name].equal, abs=1e-5)


@pytest.mark.parametrize("name", NEEDS_NO_REFERENCE)
@how(max_examples=at_most(25))
@given(settings(), polarities, st.randoms(use_true_random=False))
def test_order_of_the_groups_does_not_matter(
    name: str, setting: Any, polarity: str, shuffler: Any
) -> None:
    figures, populations = setting
    mixed = list(zip(figures, populations, strict=True))
    shuffler.shuffle(mixed)
    again = value(name, *zip(*mixed, strict=True), polarity=polarity)
    assert again == pytest.approx(value(name, *setting, polarity=polarity), **CLOSE)


@pytest.mark.parametrize("name", NAMES)
@how(max_examples=at_most(25))
@given(settings(), st.integers(2, 9))
def test_more_children_everywhere_change_nothing(name: str, setting: Any, times: int) -> None:
    figures, populations = setting
    many = value(name, figures, [times * n for n in populations])
    assert many == pytest.approx(value(name, *setting), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", NAMES)
@how(max_examples=at_most(25))
@given(settings())
def test_percent_instead_of_shares_changes_only_the_unit(name: str, setting: Any) -> None:
    figures, populations = setting
    factor = {"indicator": 100, "indicator squared": 100**2}.get(MEASURES[name].unit, 1)
    percent = value(name, 100 * np.asarray(figures), populations, scale=100)
    assert percent == pytest.approx(factor * value(name, *setting), **CLOSE)


@pytest.mark.parametrize("name", SHIFTS_AWAY)
@how(max_examples=at_most(25))
@given(settings(), polarities)
def test_absolute_measures_do_not_see_a_shift(name: str, setting: Any, polarity: str) -> None:
    figures, populations = setting
    shifted = value(name, np.asarray(figures) + 2, populations, polarity=polarity, scale=10)
    here = value(name, figures, populations, polarity=polarity, scale=10)
    assert shifted == pytest.approx(here, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", MERGES)
@how(max_examples=at_most(25))
@given(settings(), st.integers(1, 400), st.integers(1, 400), polarities)
def test_merging_two_equal_groups_changes_nothing(
    name: str, setting: Any, first: int, second: int, polarity: str
) -> None:
    figures, populations = setting
    apart = value(name, [*figures, 0.41, 0.41], [*populations, first, second], polarity=polarity)
    merged = value(name, [*figures, 0.41], [*populations, first + second], polarity=polarity)
    assert merged == pytest.approx(apart, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", ANALYTIC)
def test_many_settings_at_once_are_each_alone(name: str, generator: np.random.Generator) -> None:
    figures = generator.uniform(0.1, 0.9, (40, 5))
    figures[::3, 4] = np.nan  # settings with fewer groups
    populations = generator.integers(20, 900, (40, 5)).astype(float)
    errors = np.sqrt(figures * (1 - figures) / populations)
    function = MEASURES[name].analytic
    assert function is not None
    together = function(groups_for(name, figures, populations, standard_error=errors), 0.9)
    for row in range(40):
        here = ~np.isnan(figures[row])
        alone = function(
            groups_for(
                name, figures[row, here], populations[row, here], standard_error=errors[row, here]
            ),
            0.9,
        )
        assert [field[row] for field in together] == pytest.approx(
            list(alone), rel=1e-7, abs=1e-9, nan_ok=True
        )


@pytest.mark.parametrize("name", NAMES)
def test_one_group_has_nothing_to_differ_from(name: str) -> None:
    groups = groups_for(name, [0.4], [50], standard_error=[0.07])
    (row,) = measure(groups, name, draws=50).itertuples()
    assert row.reason == "one_group"
    fitted = name.startswith(("sii", "rii")) or name in {"srd", "srr", "index_of_disparity"}
    if fitted:
        assert np.isnan(row.estimate)
    else:
        assert (row.estimate, row.lower, row.upper) == (MEASURES[name].equal,) * 3


@pytest.mark.parametrize("name", NAMES)
def test_without_standard_errors_there_is_an_estimate_but_no_false_interval(name: str) -> None:
    groups = groups_for(name, [0.4, 0.5, 0.7], [50, 60, 10])
    (row,) = measure(groups, name, draws=50).itertuples()
    assert not np.isnan(row.estimate)
    if name in {"par", "paf"}:  # Walter's standard error rests on the counts
        assert row.method == "analytic"
    else:
        assert (row.method, row.status) == ("", "without_interval")
        assert row.reason == "precision_unknown"
        assert np.isnan([row.standard_error, row.lower, row.upper]).all()


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_gives_nothing(name: str) -> None:
    (row,) = measure(groups_for(name, [np.nan] * 3, [5] * 3), name, draws=50).itertuples()
    assert np.isnan(row.estimate)
    assert row.reason == "no_figure"


@pytest.mark.parametrize("name", NAMES)
def test_huge_and_tiny_populations_stay_finite(name: str) -> None:
    groups = groups_for(name, [0.2, 0.3, 0.5], [1e-3, 5, 1e9], standard_error=[0.1, 0.1, 1e-4])
    (row,) = measure(groups, name, draws=200).itertuples()
    assert np.isfinite([row.estimate, row.standard_error, row.lower, row.upper]).all()
    assert row.lower <= row.estimate <= row.upper


@pytest.mark.parametrize("name", [n for n in NAMES if MEASURES[n].unit not in {"none", "ratio"}])
def test_the_zero_of_a_measure_is_not_below_it_for_figures_of_zero(name: str) -> None:
    found = value(name, [0.0, 0.0, 0.0], [10, 20, 30])
    relative = MEASURES[name].unit in {"percent", "thousandths"}
    assert np.isnan(found) if relative else found == 0


def test_unknown_population_leaves_only_the_measures_that_need_none() -> None:
    groups = Groups.of([0.2, 0.4, 0.5], population=[10, np.nan, 30], order=[1, 2, 3])
    for name in NAMES:
        if "reference" in MEASURES[name].needs:
            continue
        found = MEASURES[name].value(groups)
        assert np.isnan(found) == ("populations" in MEASURES[name].needs), name
