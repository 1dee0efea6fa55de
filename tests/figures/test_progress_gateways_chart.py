"""Gateways by pillars as drawn: a mark for every benchmark, filled by what is reported."""

import re

import pytest
from matplotlib.patches import Rectangle, Wedge

from c2c_lib.figures import progress_gateways_chart as module
from c2c_lib.figures.progress_gateways_chart import gateways_chart
from c2c_lib.language import language
from c2c_lib.reporting import city_progress
from support.drawings import axes_of, cut_texts, overlapping_texts, svg_problems, svg_words

LANGUAGES = ["en", "es"]


@pytest.fixture(scope="module")
def evidence():
    return city_progress("norwalk").evidence


def test_every_benchmark_has_a_circle_and_what_numbers_speak_to_a_square(evidence):
    axes = axes_of(module, lambda: gateways_chart(evidence, language("en")))
    benchmarks = evidence.framework.benchmarks
    circles = [p for p in axes.patches if isinstance(p, Wedge) and p.theta2 - p.theta1 == 360]
    squares = [p for p in axes.patches if isinstance(p, Rectangle)][::2]
    whole = sum(1 for b in benchmarks if _status(evidence, b) == "met")
    assert len(circles) == len(benchmarks) + whole
    assert len(squares) == sum(b.check is not None for b in benchmarks)


def test_circles_are_filled_by_what_is_reported_and_squares_by_what_is_shown(evidence):
    axes = axes_of(module, lambda: gateways_chart(evidence, language("en")))
    halves = [p for p in axes.patches if isinstance(p, Wedge) and p.theta2 - p.theta1 == 180]
    quarters = [p for p in axes.patches if isinstance(p, Wedge) and p.theta2 - p.theta1 == 90]
    statuses = [_status(evidence, b) for b in evidence.framework.benchmarks]
    assert len(halves) == sum(s in ("in_progress", "described") for s in statuses) > 0
    assert len(quarters) == statuses.count("intended") > 0
    squares = [p for p in axes.patches if isinstance(p, Rectangle)]
    shares = [
        f.get_width() / o.get_width() for o, f in zip(squares[::2], squares[1::2], strict=True)
    ]
    shown = [evidence.checks[b.check].shown for b in evidence.framework.benchmarks if b.check]
    assert sorted(shares) == sorted({"shown": 1, "in_part": 0.5, "not_shown": 0}[s] for s in shown)


def test_marks_stand_in_the_row_of_their_gateway_and_the_column_of_their_pillar(evidence):
    axes = axes_of(module, lambda: gateways_chart(evidence, language("en")))
    framework = evidence.framework
    tops = {t.get_text(): t.get_position()[1] for t in axes.texts}
    rows = [tops[language("en").of(g.name)] for g in framework.gateways]
    lefts = [text.get_position()[0] for text in axes.texts][: len(framework.pillars)]
    found: dict[tuple[int, int], int] = {}
    for circle in {p.center for p in axes.patches if isinstance(p, Wedge)}:
        row = sum(top < circle[1] for top in rows) - 1
        key = (row, sum(left < circle[0] for left in lefts) - 1)
        found[key] = found.get(key, 0) + 1
    expected = {
        (r, c): len(framework.of(gateway.id, pillar.id))
        for r, gateway in enumerate(framework.gateways)
        for c, pillar in enumerate(framework.pillars)
    }
    assert found == {key: count for key, count in expected.items() if count}


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_words_are_cut_or_lie_over_each_other(evidence, code):
    def drawn() -> str:
        return gateways_chart(evidence, language(code))

    axes = axes_of(module, drawn)
    assert cut_texts(axes) == []
    assert overlapping_texts(axes) == []
    assert svg_problems(drawn()) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_gateway_and_pillar_is_named(evidence, code):
    words = re.sub(r"-\s", "-", " ".join(svg_words(gateways_chart(evidence, language(code)))))
    names = [*evidence.framework.gateways, *evidence.framework.pillars]
    assert [n.id for n in names if language(code).of(n.name) not in words] == []


def _status(evidence, benchmark):
    entry = evidence.progress.entry(benchmark.id)
    return entry and entry.status
