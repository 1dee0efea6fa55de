"""Indicators, equity measures and report cards for cradle-to-career partnerships.

The rooms of the library, downhill: ``catalog`` (what is measured), ``params`` (the
cities), ``observations`` (the tidy table), ``sources`` (raw exports to observations),
``equity`` (statistics), ``privacy`` (what may be shown), ``geography`` (places and
maps), ``findings`` (what one indicator says about one city), ``figures`` (sentences,
charts, tables), ``reporting`` (from city file to published site) and ``cli``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    # What is installed takes a while to look up, and most commands do not ask.
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("c2c")
    except PackageNotFoundError:  # running from a source tree that was never installed
        return "0.0.0"
