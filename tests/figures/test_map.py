"""The map: classes, words, patterns, contrast, size, and the same bytes every time."""

import colorsys
import re
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from shapely import box

from c2c_lib.figures.map import (
    CLASS_COLORS,
    NOT_SHOWN,
    NOT_SHOWN_HATCH,
    OUTLINE,
    WEAK_HATCH,
    MapText,
    choropleth,
    class_labels,
    map_classes,
    map_svg,
)
from c2c_lib.figures.palette import contrast
from c2c_lib.geography import layer

ENGLISH = MapText(
    title="Children in poverty, 2019–2023",
    first="{high} % or less",
    between="{low} to {high} %",
    last="{low} % or more",
    weak="Few families were asked",
    not_shown="Not shown",
    mile="{n} mile",
    miles="{n} miles",
)
SPANISH = MapText(
    title="Niños en la pobreza, 2019–2023",
    first="{high} % o menos",
    between="{low} a {high} %",
    last="{low} % o más",
    weak="Se preguntó a pocas familias",
    not_shown="No se muestra",
    mile="{n} milla",
    miles="{n} millas",
)
BREAKS = (0.045, 0.185, 0.275, 0.415)


@pytest.fixture
def tracts() -> gpd.GeoDataFrame:
    """A row of six square miles or so: one per class, and one that is not shown."""
    estimates = [0.0, 0.05, 0.2, 0.3, 0.5, np.nan]
    qualities = ["too_weak", "use_with_care", "strong", "too_weak", "strong", ""]
    size = 5280.0
    return gpd.GeoDataFrame(
        {
            "estimate": estimates,
            "quality": qualities,
            "status": ["published"] * 5 + ["suppressed_small"],
        },
        geometry=[box(i * size, 0, (i + 1) * size, 3 * size) for i in range(6)],
        crs=2234,
    ).to_crs(4326)


@pytest.fixture
def outline(tracts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return tracts.to_crs(2234).dissolve()[["geometry"]].to_crs(4326)


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)


def patterns(svg: str) -> int:
    return len(re.findall(r"<pattern ", svg))


def fills(svg: str) -> set[str]:
    return set(re.findall(r"fill: (#[0-9a-f]{6})", svg))


def test_the_legend_is_complete_in_words(tracts, outline):
    found = texts(map_svg(choropleth(tracts, outline, BREAKS, ENGLISH)))
    assert found == [
        "1 mile",
        "Children in poverty, 2019–2023",
        "4 % or less",
        "5 to 18 %",
        "19 to 27 %",
        "28 to 41 %",
        "42 % or more",
        "Few families were asked",
        "Not shown",
    ]


def test_the_words_can_be_spanish(tracts, outline):
    found = texts(map_svg(choropleth(tracts, outline, BREAKS, SPANISH)))
    assert {"1 milla", "5 a 18 %", "42 % o más", "No se muestra"} <= set(found)
    assert not {"1 mile", "Not shown"} & set(found)


def test_a_class_that_the_city_lacks_stands_in_the_legend(tracts, outline):
    svg = map_svg(choropleth(tracts.iloc[1:2], outline, BREAKS, ENGLISH))
    assert set(CLASS_COLORS) <= fills(svg)
    assert "42 % or more" in texts(svg)


def test_patterns_stand_in_the_legend_only_where_they_are_on_the_map(tracts, outline):
    sure = map_svg(choropleth(tracts.iloc[[1, 2]], outline, BREAKS, ENGLISH))
    assert patterns(sure) == 0
    assert not {"Few families were asked", "Not shown"} & set(texts(sure))
    weak = map_svg(choropleth(tracts.iloc[[0, 1]], outline, BREAKS, ENGLISH))
    hidden = map_svg(choropleth(tracts.iloc[[1, 5]], outline, BREAKS, ENGLISH))
    assert patterns(weak) >= 1
    assert patterns(hidden) >= 1
    assert "Few families were asked" in texts(weak)
    assert "Not shown" not in texts(weak)
    assert "Not shown" in texts(hidden)
    assert WEAK_HATCH != NOT_SHOWN_HATCH


def test_status_too_weak_is_hatched_like_quality_too_weak(tracts, outline):
    one = tracts.iloc[[1]].assign(status="too_weak")
    assert "Few families were asked" in texts(map_svg(choropleth(one, outline, BREAKS, ENGLISH)))


def collections(figure: Figure) -> list[tuple[str, str | None, int]]:
    """Return fill, hatch and number of shapes of what is filled on the map."""
    return [
        (to_hex(c.get_facecolor()[0]), c.get_hatch(), len(c.get_paths()))
        for c in figure.axes[0].collections
        if len(c.get_facecolor())
    ]


def test_every_tract_has_the_colour_of_its_class(tracts, outline):
    figure = choropleth(tracts, outline, BREAKS, ENGLISH)
    assert collections(figure) == [
        (CLASS_COLORS[0], WEAK_HATCH, 1),
        (CLASS_COLORS[1], None, 1),
        (CLASS_COLORS[2], None, 1),
        (CLASS_COLORS[3], WEAK_HATCH, 1),
        (CLASS_COLORS[4], None, 1),
        (NOT_SHOWN, NOT_SHOWN_HATCH, 1),
    ]


def test_a_value_on_a_break_is_in_the_upper_class(tracts, outline):
    one = tracts.iloc[[1]].assign(estimate=0.185)
    assert collections(choropleth(one, outline, BREAKS, ENGLISH)) == [(CLASS_COLORS[2], None, 1)]


def test_fewer_classes_take_colours_from_light_to_dark(tracts, outline):
    figure = choropleth(tracts.iloc[[1, 4]], outline, (0.245,), ENGLISH)
    assert [color for color, _, _ in collections(figure)] == [CLASS_COLORS[0], CLASS_COLORS[-1]]


def test_the_scale_is_a_mile_on_the_ground(tracts, outline):
    figure = choropleth(tracts, outline, BREAKS, ENGLISH)
    (bar,) = figure.axes[0].lines
    # The projection's feet are true to 1 in 10,000; the six squares are a mile wide each.
    assert np.ptp(bar.get_xdata()) == pytest.approx(5280)
    left, right = figure.axes[0].get_xlim()
    assert left < 0 < 6 * 5280 < right
    assert np.ptp(bar.get_xdata()) <= (right - left) / 4


def test_a_mile_is_as_long_up_as_across(tracts, outline):
    figure = choropleth(tracts, outline, BREAKS, ENGLISH)
    axes = figure.axes[0]
    box_ = axes.get_position()
    width, height = figure.get_size_inches() * (box_.width, box_.height)
    across, up = np.ptp(axes.get_xlim()) / width, np.ptp(axes.get_ylim()) / height
    assert across == pytest.approx(up)


def test_svg_is_text_without_date_and_always_the_same(tracts, outline):
    svg = map_svg(choropleth(tracts, outline, BREAKS, ENGLISH))
    assert svg == map_svg(choropleth(tracts, outline, BREAKS, ENGLISH))
    assert not re.search(r"dc:date|<dc:|\d{4}-\d\d-\d\dT|[Mm]atplotlib v", svg)
    assert "<image" not in svg


def test_type_is_at_least_nine_points(tracts, outline):
    svg = map_svg(choropleth(tracts, outline, BREAKS, ENGLISH))
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: (?:bold )?([\d.]+)px", svg)]
    assert len(sizes) == len(texts(svg))
    assert min(sizes) >= 9  # matplotlib writes points as px of a drawing measured in points


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
def test_no_line_of_the_legend_is_cut_off(tracts, outline, words):
    long = MapText(
        **{**words.__dict__, "weak": words.weak + " y otra vez lo mismo, con más letras"}
    )
    figure = choropleth(tracts, outline, BREAKS, long)
    figure.draw_without_rendering()
    width = figure.bbox.width
    for text in figure.axes[1].texts:
        extent = text.get_window_extent()
        assert 0 <= extent.x0 < extent.x1 <= width, text.get_text()
        assert extent.y0 >= 0, text.get_text()


def test_drawing_leaves_global_state_alone(tracts, outline):
    before = dict(plt.rcParams)
    map_svg(choropleth(tracts, outline, BREAKS, ENGLISH))
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


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


@pytest.mark.parametrize("city", ["bridgeport", "stamford", "norwalk", "waterbury"])
def test_a_real_city_is_small(project_root: Path, city: str):
    geo = project_root / "geo"
    shapes = layer("tracts", city, geo)
    number = np.arange(len(shapes))
    shapes = shapes.assign(
        estimate=number / len(shapes),
        status="published",
        quality=np.where(number % 2, "too_weak", "strong"),
    )
    svg = map_svg(choropleth(shapes, layer("towns", city, geo), BREAKS, ENGLISH))
    assert len(svg.encode()) < 60_000


def test_map_classes_by_hand():
    # Fifths of 0, 1, ... 100 percent are at 20, 40, 60 and 80; each moves up to the half.
    assert map_classes([n / 100 for n in range(101)]) == (0.205, 0.405, 0.605, 0.805)


def test_map_classes_pool_and_pass_over_missing():
    assert map_classes([0.1, np.nan, 0.2, 0.3, np.nan, 0.4], k=2) == (0.255,)


def test_breaks_that_fall_together_are_one():
    values = [0.101, 0.102, 0.103, 0.104, 0.105, 0.106, 0.5, 0.6]
    breaks = map_classes(values)
    assert len(breaks) < 4
    assert len(set(breaks)) == len(breaks)


@pytest.mark.parametrize(
    ("values", "k", "message"),
    [
        ([0.1] * 9, 5, "5 classes need 5 different values, but there are 1"),
        ([0.1, 0.2, 34.2], 2, "34.2, but are expected to be shares"),
        ([-0.1, 0.2, 0.3], 2, "expected to be shares"),
        ([0.1, 0.2], 1, "k is 1"),
        ([0.1, 0.2], 6, "k is 6"),
    ],
)
def test_map_classes_refuse(values, k, message):
    with pytest.raises(ValueError, match=message):
        map_classes(values, k)


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=60, unique=True))
def test_a_label_holds_the_whole_percents_that_print(thousandths: list[int]):
    breaks = map_classes([n / 1000 for n in thousandths])
    labels = class_labels(breaks, ENGLISH)
    for n in thousandths:
        printed = (n + 5) // 10  # whole percent, halves up, in integers
        label = labels[int(np.searchsorted(breaks, n / 1000, side="right"))]
        numbers = [int(number) for number in re.findall(r"\d+", label)]
        low = 0 if "less" in label else numbers[0]
        high = 100 if "more" in label else numbers[-1]
        assert low <= printed <= high, (n, label)


@pytest.mark.parametrize(
    ("change", "breaks", "message"),
    [
        (lambda t: t.drop(columns="quality"), BREAKS, "lack .*quality.*join_figures"),
        (lambda t: t[:0], BREAKS, "no row"),
        (lambda t: t, (0.3, 0.2), "ascending"),
        (lambda t: t, (), "1 to 4"),
        (lambda t: t, (0.1, 0.2, 0.3, 0.4, 0.5), "1 to 4"),
    ],
)
def test_choropleth_refuses(tracts, outline, change, breaks, message):
    with pytest.raises(ValueError, match=message):
        choropleth(change(tracts), outline, breaks, ENGLISH)
