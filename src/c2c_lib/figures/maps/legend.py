"""What colours and patterns mean, in plain words beneath the map."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.figures.maps.areas import Area
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.drawing import DASHES, OUTLINE, pattern, pattern_id
from c2c_lib.figures.palette import PAPER
from c2c_lib.language import Language

__all__ = ["legend"]


def legend(
    name: str,
    title: Markup | str,
    areas: Sequence[Area],
    classes: MapClasses,
    language: Language,
    further: Sequence[Markup] = (),
    *,
    points: bool = False,
) -> Markup:
    """Return the legend of one map or of several that share their classes.

    Parameters
    ----------
    name : str
        Unique on the page.
    title : str or Markup
        What the colours show, with the period.
    areas : sequence of Area
        Everything that is drawn; patterns are explained where they are on the map.
    classes : MapClasses
        All classes are listed, also one that no area is in.
    further : sequence of Markup
        List items to stand at the end, such as the sizes of circles.
    points : bool
        Whether it is of marks, of which those that are hidden are hollow.
    """
    say = language.text
    entries = [
        _entry(_swatch(color), label)
        for color, label in zip(classes.colors, classes.labels(language), strict=True)
    ]
    kinds = {area.quality for area in areas}
    if "too_weak" in kinds:
        middle = classes.colors[len(classes.colors) // 2]
        entries.append(
            _entry(
                _swatch("", pattern_id(f"{name}-legend", "weak"), "weak", middle),
                say("Striped: the margin of error is too wide to act on the figure"),
            )
        )
    if points and "hidden" in kinds:
        entries.append(
            _entry(_hollow(), say("Hollow, with a dashed edge: not shown, to protect children"))
        )
    elif "hidden" in kinds:
        entries.append(
            _entry(
                _swatch("", pattern_id(f"{name}-legend", "hidden"), "hidden"),
                say("Dotted: not shown, to protect children"),
            )
        )
    if "missing" in kinds:
        entries.append(_entry(_swatch(PAPER), say("White: there is no figure")))
    return Markup(
        '<div class="legend"><p><strong>{}</strong></p><ul data-derived="classes">{}</ul></div>'
    ).format(title, Markup().join([*entries, *further]))


def _entry(swatch: Markup, label: Markup) -> Markup:
    return Markup("<li>{} {}</li>").format(swatch, label)


def _hollow() -> Markup:
    return Markup(
        '<svg class="swatch" viewBox="0 0 40 40" width="22" height="22" aria-hidden="true">'
        '<circle cx="20" cy="20" r="17" fill="{}" stroke="{}" stroke-width="3" '
        'stroke-dasharray="{}"/></svg>'
    ).format(PAPER, OUTLINE, DASHES)


def _swatch(color: str, identifier: str = "", kind: str = "", of: str = "") -> Markup:
    defs = pattern(identifier, kind, of) if identifier else Markup()
    fill = f"url(#{identifier})" if identifier else color
    return Markup(
        '<svg class="swatch" viewBox="0 0 56 32" width="28" height="16" aria-hidden="true">'
        '{defs}<rect x="1" y="1" width="54" height="30" fill="{fill}" stroke="{ink}" '
        'stroke-width="2"/></svg>'
    ).format(defs=defs, fill=fill, ink=OUTLINE)
