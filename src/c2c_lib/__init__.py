"""Indicators, equity measures and report cards for cradle-to-career partnerships.

The rooms of the library, downhill: ``catalog`` (what is measured), ``params`` (the
cities), ``observations`` (the tidy table), ``sources`` (raw exports to observations),
``equity`` (statistics), ``privacy`` (what may be shown), ``geography`` (places and
maps), ``findings`` (what one indicator says about one city), ``figures`` (sentences,
charts, tables), ``reporting`` (from city file to published site) and ``cli``.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("c2c")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0.0.0"

__all__ = ["__version__"]
