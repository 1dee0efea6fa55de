"""Where an axis has its ticks."""

from __future__ import annotations

from matplotlib.ticker import MaxNLocator, MultipleLocator

from c2c_lib.catalog import Unit

__all__ = ["whole_ticks"]


def whole_ticks(unit: Unit, top: float) -> MaxNLocator | MultipleLocator:
    """Return ticks on whole percents, so that no label is rounded."""
    if unit != "share":
        return MaxNLocator(4)
    step = next((s for s in (1, 2, 5, 10, 20, 25) if top * 100 / s <= 4), 25)
    return MultipleLocator(step / 100)
