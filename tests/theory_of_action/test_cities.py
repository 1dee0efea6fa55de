"""Hand arithmetic for each city, from the publishers' figures, against the page's own."""

import math

import pytest

from c2c_lib.reporting import city_progress
from c2c_lib.theory_of_action.export import as_plain

# Publisher's figures in percent: Kindergarten Entrance Inventory (literacy, level 3) 2024-25 and
# 2025-26; four-year graduation and college entrance of 2020-21 and 2023-24; employment of ages 25
# to 54 of 2019 (Stamford: 2022) and 2023, with its 90 % margins.
KINDERGARTEN = {
    "bridgeport": (27.943368, 24.5),  # -3.44: slipped
    "norwalk": (37.853107, 35.2),  # -2.65: slipped
    "stamford": (31.979167, 34.4),  # +2.42: improved
    "waterbury": (27.337489, 23.0),  # -4.34: slipped
}
GRADUATION = {
    "bridgeport": (75.993884, 75.1174),  # -0.88: less than a point, about the same
    "norwalk": (87.772926, 92.6254),  # +4.85: improved
    "stamford": (85.374449, 79.4582),  # -5.92: slipped
    "waterbury": (83.642794, 85.669),  # +2.03: improved
}
ENTRANCE = {
    "bridgeport": (45.6, 49.7),  # +4.1: improved
    "norwalk": (68.8, 64.3),  # -4.5: slipped
    "stamford": (68.0, 68.0),  # 0: about the same
    "waterbury": (45.9, 49.2),  # +3.3: improved
}
EMPLOYMENT = {
    "bridgeport": (74.946008, 4.304911, 75.126639, 4.118076),
    "norwalk": (78.074620, 3.773032, 86.365242, 2.901017),
    "stamford": (81.806153, 2.607806, 84.652998, 2.542258),
    "waterbury": (71.987562, 4.727777, 70.155319, 6.133374),
}
COUNTS = {
    # improved, about the same, slipped, not enough data: of the seven outcomes. Reading and math
    # end in 2018-19 and the second college year in 2013-14: three cannot be said.
    "bridgeport": (1, 2, 1, 3),
    "norwalk": (2, 0, 2, 3),
    "stamford": (1, 2, 1, 3),
    "waterbury": (2, 1, 1, 3),
}


def word(change: float) -> str:
    """Return the verdict by size: a full point counts."""
    return "about_the_same" if abs(change) < 1 else "improved" if change > 0 else "slipped"


@pytest.fixture(scope="module", params=sorted(COUNTS))
def evidence(request):
    return city_progress(request.param).evidence


def by_outcome(evidence, name):
    return next(c for c in evidence.changes if c.outcome.id == name)


@pytest.mark.parametrize(
    ("outcome", "figures"),
    [
        ("kindergarten_readiness", KINDERGARTEN),
        ("high_school_graduation", GRADUATION),
        ("postsecondary_enrollment", ENTRANCE),
    ],
)
def test_changes_without_counts_are_judged_by_size(evidence, outcome, figures):
    before, after = figures[evidence.city.slug]
    change = by_outcome(evidence, outcome)
    assert change.difference * 100 == pytest.approx(after - before, abs=1e-4)
    assert change.verdict == word(after - before)
    assert change.interval is None


def test_employment_is_judged_by_its_margins(evidence):
    before, margin, after, other = EMPLOYMENT[evidence.city.slug]
    change = by_outcome(evidence, "employment")
    # 95 % limits from 90 % margins: root of the sum of squares, times 1.96 / 1.645.
    half = math.hypot(margin, other) * 1.959964 / 1.645
    assert change.difference * 100 == pytest.approx(after - before, abs=1e-4)
    assert change.interval.low * 100 == pytest.approx(after - before - half, abs=0.01)
    assert change.interval.high * 100 == pytest.approx(after - before + half, abs=0.01)
    clear = abs(after - before) > half and abs(after - before) >= 1
    assert change.verdict == (word(after - before) if clear else "about_the_same")


@pytest.mark.parametrize(
    "outcome", ["early_grade_reading", "middle_grade_math", "postsecondary_completion"]
)
def test_what_ends_by_the_baseline_cannot_be_said(evidence, outcome):
    change = by_outcome(evidence, outcome)
    assert (change.verdict, change.reason) == ("not_enough_data", "no_data_since")


def test_counts_against_the_thresholds(evidence):
    improved, same, slipped, unknown = COUNTS[evidence.city.slug]
    words = [c.verdict for c in evidence.changes]
    assert words.count("improved") == improved
    assert words.count("about_the_same") == same
    assert words.count("slipped") == slipped
    assert words.count("not_enough_data") == unknown
    proof = evidence.thresholds[0].condition("maintained_or_improved")
    assert (proof.have, proof.unknown, proof.of, proof.needed) == (improved + same, unknown, 7, 4)
    assert proof.answer == "cannot_be_said"
    gaps = evidence.thresholds[1].condition("gaps_reduced")
    assert (gaps.have, gaps.unknown) == (0, 7)


def test_no_gateway_and_no_threshold_is_awarded(evidence):
    assert {result.answer for result in evidence.thresholds} == {"cannot_be_said"}


def test_reading_since_2014_15_with_its_interval():
    """Norwalk: 442 of 866 third graders, then 381 of 831: 51.0 to 45.8 %, 5.2 points less."""
    from c2c_lib.theory_of_action import Definitions, gather_evidence  # noqa: PLC0415

    page = city_progress("norwalk")
    evidence = gather_evidence(
        page.evidence.city, page.figures, page.evidence.progress, year=2026,
        definitions=Definitions(baseline="2014-15"),
    )  # fmt: skip
    change = by_outcome(evidence, "early_grade_reading")
    # Standard error sqrt(.51 x .49/866 + .458 x .542/831) = 0.02426; 1.96 x that is 0.0475.
    assert change.difference == pytest.approx(-0.052)
    assert change.interval.low == pytest.approx(-0.052 - 0.0475, abs=5e-4)
    assert change.interval.high == pytest.approx(-0.052 + 0.0475, abs=5e-4)
    assert change.verdict == "slipped"


def test_checks_are_counted_from_the_table(evidence):
    checks = evidence.checks
    assert (checks["outcomes_named"].have, checks["outcomes_named"].shown) == (7, "shown")
    # Kindergarten and employment have no figures by group; the other five have.
    assert (checks["grounds_for_priorities"].have, checks["baseline_card"].have) == (5, 5)
    assert (checks["coverage"].have, checks["coverage"].of) == (15, 21)
    # Only kindergarten (2025-26), graduation and entrance (2023-24) end within two years of 2026.
    assert checks["pipeline"].have == 3
    assert checks["real_time"].have == 0
    assert checks["gaps"].unknown == 7
    assert checks["improvement_cycles"].shown == "not_shown"


def test_plain_values_have_no_bare_nan(evidence):
    plain = as_plain(evidence)
    assert [o["verdict"] for o in plain["outcomes"]] == [c.verdict for c in evidence.changes]
    for outcome in plain["outcomes"]:
        assert all(v is None or v == v for v in outcome.values())
    assert len(plain["gaps"]) == sum(len(gap.gaps) for gap in evidence.gaps)


def test_other_rules_start_from_the_rules_of_the_page(evidence):
    from c2c_lib.theory_of_action.sensitivity import sensitivity, variants  # noqa: PLC0415

    page = city_progress(evidence.city.slug)
    tried = [v for v in variants(evidence.city, evidence.definitions) if v.kind in KINDS]
    frame = sensitivity(evidence.city, page.figures, evidence.definitions, tried)
    improved, same, slipped, unknown = COUNTS[evidence.city.slug]
    first = frame.iloc[0]
    assert (first.improved, first.about_the_same, first.slipped) == (improved, same, slipped)
    assert first.unknown == unknown
    assert (frame[["improved", "about_the_same", "slipped", "unknown"]].sum(axis=1) == 7).all()
    strict = frame[frame["kind"] == "strict"].iloc[0]
    assert strict.maintained_or_improved <= first.maintained_or_improved
    # Without a size-only verdict, only employment can be judged (Stamford's since 2022).
    precise = frame[frame["kind"] == "unknown_precision"].iloc[0]
    assert precise.unknown == 6


KINDS = ("chosen", "strict", "unknown_precision")
