"""Words of quality: the NCHS standard, the bands of variation, and where they meet."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity import (
    QUALITY_REASONS,
    Measured,
    nchs_proportion_standard,
    quality_of,
)

counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ORDER = {"not_shown": 0, "too_weak": 1, "use_with_care": 2, "strong": 3}


def of_counts(x: float, n: float, unit: str = "share") -> tuple[str, str]:
    scale = {"share": 1, "per_1000": 1000}[unit]
    found = quality_of(Measured.of(scale * x / n, numerator=x, denominator=n), unit=unit)
    return str(found.word), str(found.reason)


def of_margin(estimate: float, moe90: float, unit: str = "share") -> tuple[str, str]:
    found = quality_of(Measured.of(estimate, moe90=moe90), unit=unit)
    return str(found.word), str(found.reason)


@given(counts)
def test_standard_of_nchs_as_printed(count: tuple[int, int]) -> None:
    """Parker et al. 2017, figure 1, written again from the beta quantiles."""
    x, n = count
    low = stats.beta.ppf(0.025, x, n - x + 1) if x else 0.0
    high = stats.beta.ppf(0.975, x + 1, n - x) if x < n else 1.0
    width, p = high - low, x / n
    suppressed = n < 30 or width >= 0.30 or (width > 0.05 and width > 1.30 * p)
    expected = "suppress" if suppressed else "review" if x in (0, n) else "present"
    assert str(nchs_proportion_standard(x, n)) == expected
    assert (of_counts(x, n)[0] == "too_weak") == suppressed


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ((15, 29), ("too_weak", "few_children")),
        ((15, 30), ("too_weak", "wide_interval")),  # exact 95 %: 0.31 to 0.69
        ((3, 40), ("too_weak", "wide_for_its_size")),  # 0.016 to 0.204 is 250 % of 0.075
        ((37, 40), ("use_with_care", "complement_weak")),
        ((30, 30), ("use_with_care", "zero_or_all")),
        ((0, 120), ("use_with_care", "zero_or_all")),
        ((10, 40), ("use_with_care", "fairly_wide_interval")),
        ((480, 1000), ("strong", "meets_standard")),
        ((4, 400), ("strong", "narrow_interval")),
    ],
)
def test_word_and_reason_of_counts(count: tuple[int, int], expected: tuple[str, str]) -> None:
    assert of_counts(*count) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ((9, 3000), ("too_weak", "few_events")),
        ((9, 9), ("too_weak", "few_events")),
        ((10, 3000), ("use_with_care", "fairly_wide_interval")),
        ((26, 3000), ("use_with_care", "fairly_wide_interval")),
        ((27, 3000), ("strong", "meets_standard")),
    ],
)
def test_word_and_reason_of_events_per_thousand(
    count: tuple[int, int], expected: tuple[str, str]
) -> None:
    # Exact Poisson widths in events: 10 -> 13.6, 26 -> 21.1 (81 %), 27 -> 21.5 (79 %).
    assert of_counts(*count, unit="per_1000") == expected


@pytest.mark.parametrize(
    ("estimate", "margin", "expected"),
    [
        (0.18, 0.02, ("strong", "narrow_interval")),
        (0.18, 0.03, ("strong", "meets_standard")),
        (0.18, 0.05, ("use_with_care", "fairly_wide_interval")),
        (0.18, 0.12, ("too_weak", "few_children")),  # as if 28 had been asked
        (0.05, 0.04, ("too_weak", "wide_for_its_size")),
        (0.0, 0.01, ("use_with_care", "zero_or_all")),
        (0.0, 0.10, ("too_weak", "wide_for_its_size")),
        (0.4, 0.0, ("strong", "narrow_interval")),  # a controlled estimate has no margin
    ],
)
def test_survey_share_is_judged_by_its_effective_sample(
    estimate: float, margin: float, expected: tuple[str, str]
) -> None:
    assert of_margin(estimate, margin) == expected


@given(st.floats(0.02, 0.98), st.integers(5, 3000))
def test_survey_of_a_simple_sample_has_the_word_of_its_counts(p: float, n: int) -> None:
    x = round(p * n)
    if not 0 < x < n:
        return
    share = x / n
    margin = 1.645 * (share * (1 - share) / n) ** 0.5
    if n == 30:  # exactly at the limit rounding decides
        return
    assert of_margin(share, margin) == of_counts(x, n)


@pytest.mark.parametrize(
    ("estimate", "margin", "expected"),
    [
        (50_000, 9_800, ("strong", "low_variation")),  # 9,800 / 1.645 is 11.9 % of 50,000
        (50_000, 9_900, ("use_with_care", "medium_variation")),
        (50_000, 32_800, ("use_with_care", "medium_variation")),
        (50_000, 33_000, ("too_weak", "high_variation")),
        (0, 12, ("too_weak", "high_variation")),
    ],
)
def test_bands_of_variation(estimate: float, margin: float, expected: tuple[str, str]) -> None:
    assert of_margin(estimate, margin, "dollars") == expected


def test_margin_counts_before_counts() -> None:
    # Thousands of people behind a survey estimate are not thousands of answers.
    figures = Measured.of(0.18, numerator=1800, denominator=10_000, moe90=0.12)
    assert str(quality_of(figures).word) == "too_weak"


def test_no_figure_and_no_precision_are_said_so() -> None:
    figures = Measured.of([np.nan, 0.7], numerator=[None, None], denominator=[None, 400])
    found = quality_of(figures)
    assert found.word.tolist() == ["not_shown", "use_with_care"]
    assert found.reason.tolist() == ["no_figure", "precision_unknown"]


def test_counts_that_do_not_give_the_rate_are_not_used() -> None:
    figures = Measured.of(0.70, numerator=600, denominator=1000)
    assert str(quality_of(figures).reason) == "precision_unknown"


@given(counts, st.integers(2, 30))
def test_more_children_never_make_a_figure_weaker(count: tuple[int, int], times: int) -> None:
    x, n = count
    few, many = of_counts(x, n)[0], of_counts(x * times, n * times)[0]
    assert ORDER[many] >= ORDER[few]


@given(counts, st.sampled_from(["share", "per_1000"]))
def test_every_reason_is_explained(count: tuple[int, int], unit: str) -> None:
    word, reason = of_counts(*count, unit=unit)
    assert word in ORDER
    assert reason in QUALITY_REASONS


def test_a_count_of_everyone_is_strong_and_a_count_without_its_numerator_is_not() -> None:
    figures = Measured.of([120, 120], numerator=[120, None])
    found = quality_of(figures, unit="count")
    assert found.word.tolist() == ["strong", "use_with_care"]
    assert found.reason.tolist() == ["full_count", "precision_unknown"]
