"""Every group against all others: risk ratios, composition, incidents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import (
    disproportionality,
    incident_rates,
    ratio_interval,
    weighted_risk_ratio,
)
from c2c_lib.errors import InputError

districts = st.lists(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))),
    min_size=2,
    max_size=7,
)


@given(districts)
def test_parts_fit_together(groups: list[tuple[int, int]]) -> None:
    outcome, enrolled = np.transpose(groups)
    found = disproportionality(outcome, enrolled)
    assert found.composition.sum() == pytest.approx(1)
    assert found.composition_difference.sum() == pytest.approx(0, abs=1e-12)
    assert (found.composition_index * found.enrolment_share).sum() == pytest.approx(1)
    assert found.relative_difference == pytest.approx(found.composition_index - 1, abs=1e-12)
    ahead = found.risk_ratio - 1
    assert (ahead * (found.composition_index - 1) >= -1e-12).all()
    assert (np.abs(ahead) >= np.abs(found.composition_index - 1) - 1e-12).all()
    assert (np.sign(np.round(found.excess, 9)) == np.sign(np.round(ahead, 9))).all()


@given(districts)
def test_limits_are_katzs_against_the_others(groups: list[tuple[int, int]]) -> None:
    outcome, enrolled = np.transpose(groups)
    found = disproportionality(outcome, enrolled)
    first = ratio_interval(outcome[0], enrolled[0], outcome[1:].sum(), enrolled[1:].sum())
    assert (found.lower[0], found.upper[0]) == pytest.approx(first)


@given(districts)
def test_two_groups_weigh_as_they_are(groups: list[tuple[int, int]]) -> None:
    outcome, enrolled = np.transpose(groups[:2])
    weighted = weighted_risk_ratio(outcome, enrolled, [0.3, 0.7])
    assert weighted == pytest.approx(disproportionality(outcome, enrolled).risk_ratio)


@given(districts)
def test_a_district_like_its_state_has_its_plain_risk_ratios(
    groups: list[tuple[int, int]],
) -> None:
    outcome, enrolled = np.transpose(groups)
    weighted = weighted_risk_ratio(outcome, enrolled, enrolled / enrolled.sum())
    assert weighted == pytest.approx(disproportionality(outcome, enrolled).risk_ratio)


def test_hidden_group_needs_the_published_total() -> None:
    hidden = disproportionality([30, 20, np.nan], [200, 400, 300])
    assert np.isnan(hidden.risk_ratio).all()
    assert hidden.risk[:2] == pytest.approx([0.15, 0.05])
    known = disproportionality([30, 20, np.nan], [200, 400, 300], total_outcome=60)
    full = disproportionality([30, 20, 10], [200, 400, 300])
    for name in ("risk_ratio", "composition_index", "excess"):
        wanted = [*getattr(full, name)[:2], np.nan]
        assert getattr(known, name) == pytest.approx(wanted, nan_ok=True)
    rates = incident_rates([30, 20, np.nan], [200, 400, 300], total_incidents=60)
    assert rates.rate_ratio == pytest.approx([*full.risk_ratio[:2], np.nan], nan_ok=True)


def test_group_without_children_adds_nothing() -> None:
    found = disproportionality([30, 20, 0], [200, 400, 0])
    assert found.risk_ratio[:2] == pytest.approx([3, 1 / 3])
    assert np.isnan(found.risk_ratio[2])
    rates = incident_rates([30, 20, 0], [200, 400, 0])
    assert rates.rate_ratio[:2] == pytest.approx([3, 1 / 3])


def test_only_group_with_the_outcome_has_no_ratio_but_a_lower_limit() -> None:
    found = disproportionality([30, 0], [200, 400])
    assert np.isnan(found.risk_ratio[0])
    assert found.lower[0] > 10
    assert found.composition_index[0] == 3
    assert found.risk_ratio[1] == 0
    assert np.isnan(weighted_risk_ratio([30, 0], [200, 400], [0.5, 0.5])[0])


def test_one_group_and_no_outcome_at_all() -> None:
    alone = disproportionality([30], [200])
    assert alone.composition_index.tolist() == [1.0]
    assert np.isnan(alone.risk_ratio).all()
    nothing = disproportionality([0, 0], [200, 400])
    assert np.isnan(nothing.risk_ratio).all()
    assert np.isnan(nothing.composition).all()


def test_group_of_no_weight_in_the_state_may_be_missing() -> None:
    found = weighted_risk_ratio([30, 20, np.nan], [200, 400, 0], [0.4, 0.6, 0.0])
    assert found[:2] == pytest.approx([3, 1 / 3])


def test_incidents_by_hand() -> None:
    found = incident_rates([120, 40, 30], [300, 400, 500])
    assert found.per_100.tolist() == [40, 10, 6]
    ratio = 0.4 / (70 / 900)
    assert found.rate_ratio[0] == pytest.approx(ratio)
    error = (1 / 120 + 1 / 70) ** 0.5
    assert found.upper[0] == pytest.approx(ratio * np.exp(1.959964 * error), rel=1e-6)
    assert found.excess[0] == pytest.approx(120 - 300 * 70 / 900)


def test_more_incidents_than_children_are_fine_and_none_has_no_limits() -> None:
    found = incident_rates([500, 0], [100, 100])
    assert found.per_100[0] == 500
    assert np.isnan(found.rate_ratio[0])
    assert found.rate_ratio[1] == 0
    assert np.isnan(found.lower).all()


def test_intervals_cover_as_often_as_they_say(generator: np.random.Generator) -> None:
    counts = generator.poisson([60, 45], size=(6000, 2))
    found = incident_rates(counts, [200, 300])
    truth = (60 / 200) / (45 / 300)
    covered = (found.lower[:, 0] <= truth) & (truth <= found.upper[:, 0])
    assert covered.mean() == pytest.approx(0.95, abs=0.01)
    children = generator.binomial([200, 300], [0.3, 0.15], size=(6000, 2))
    ratios = disproportionality(children, [200, 300])
    inside = (ratios.lower[:, 0] <= 2) & (ratios.upper[:, 0] >= 2)
    assert inside.mean() == pytest.approx(0.95, abs=0.01)


def test_wrong_input_is_an_error() -> None:
    with pytest.raises(InputError, match="smaller than the sum"):
        disproportionality([30, 20], [200, 400], total_outcome=40)
    with pytest.raises(InputError, match="all groups along the last axis"):
        disproportionality(30, 200)
    with pytest.raises(InputError, match="Divide percentages"):
        weighted_risk_ratio([30, 20], [200, 400], [40, 60])
    with pytest.raises(InputError) as caught:
        incident_rates([-1, 5], [10, 0])
    assert len(caught.value.problems) == 2
