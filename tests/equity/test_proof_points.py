"""The sixty-percent rule in both wordings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import direction_since_baseline, proof_point
from c2c_lib.equity.proof_points import DIRECTIONS
from c2c_lib.errors import InputError


@pytest.mark.parametrize(("improved", "total"), [(3, 5), (6, 10), (9, 15), (12, 20), (60, 100)])
def test_exactly_sixty_percent_is_enough(improved: int, total: int) -> None:
    words = ["improved"] * improved + ["declined"] * (total - improved)
    assert proof_point(words).met
    assert not proof_point([*words[1:], "declined"]).met


def test_indicators_without_data_count_as_the_rule_says() -> None:
    words = ["improved"] * 3 + ["declined"] * 2 + ["no_data"]
    assert proof_point(words).share_improved == 0.6
    against = proof_point(words, missing="counted_against")
    assert (against.share_improved, against.counted, against.met) == (0.5, 6, False)


@pytest.mark.parametrize("words", [[], ["no_data"]])
def test_nothing_to_count_is_not_met(words: list[str]) -> None:
    found = proof_point(words)
    assert not found.met
    assert np.isnan(found.share_improved)


@given(st.lists(st.sampled_from(DIRECTIONS)))
def test_the_loose_wording_is_never_stricter(words: list[str]) -> None:
    strict, loose = proof_point(words), proof_point(words, wording="maintained_or_improved")
    assert loose.met or not strict.met


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5))
def test_turning_the_polarity_turns_the_direction(
    before: float, after: float, tolerance: float
) -> None:
    up, down = (
        str(direction_since_baseline(before, after, polarity=polarity, tolerance=tolerance))
        for polarity in ("higher_is_better", "lower_is_better")
    )
    opposite = {"improved": "declined", "declined": "improved", "maintained": "maintained"}
    assert opposite[up] == down


def test_unknown_figure_has_no_direction() -> None:
    assert str(direction_since_baseline(np.nan, 1, polarity="higher_is_better")) == "no_data"


def test_every_unknown_word_is_reported() -> None:
    with pytest.raises(InputError) as caught:
        proof_point(["improvd", "same", "improved"], threshold=60)
    assert len(caught.value.problems) == 3
    assert "did you mean 'improved'" in str(caught.value)
    with pytest.raises(InputError, match="is not a size"):
        direction_since_baseline(1, 2, polarity="higher_is_better", tolerance=-1)
