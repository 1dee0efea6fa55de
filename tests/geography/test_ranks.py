"""Ranks and their ties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.geography import rank_ranges


def test_a_difference_beyond_both_margins_is_one():
    # sqrt(3² + 4²) = 5: a difference of 5 is a tie, of 5.1 is not.
    assert rank_ranges([15.0, 10.0], [3.0, 4.0]).tied.tolist() == [1, 1]
    assert rank_ranges([15.1, 10.0], [3.0, 4.0]).tied.tolist() == [0, 0]


def test_what_has_no_margin_is_not_ranked():
    ranks = rank_ranges([0.9, 0.5, np.nan, 0.1], [np.nan, 0.01, 0.1, 0.01])
    assert np.isnan(ranks.first).tolist() == [True, False, True, False]
    assert ranks.first[[1, 3]].tolist() == ranks.last[[1, 3]].tolist() == [1, 2]


def test_lists_of_two_lengths_are_refused():
    with pytest.raises(ValueError, match="two lists of one length"):
        rank_ranges([0.1, 0.2], [0.1])


figures = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.5)), min_size=1, max_size=12)


@given(figures)
def test_a_rank_holds_the_place_in_the_order(pairs):
    x, m = (np.array(column) for column in zip(*pairs, strict=True))
    ranks = rank_ranges(x, m)
    place = 1 + (x[None, :] > x[:, None]).sum(axis=1)
    assert (ranks.first <= place).all()
    assert (place <= ranks.last).all()
    assert (ranks.last <= len(x)).all()
    assert (ranks.last - ranks.first >= 0).all()
    np.testing.assert_array_equal(ranks.tied, ranks.last - ranks.first)
