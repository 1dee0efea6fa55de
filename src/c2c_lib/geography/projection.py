"""The two coordinate systems of the project."""

from __future__ import annotations

from typing import Final

__all__ = ["GEOGRAPHIC_CRS", "METRES_PER_FOOT", "PROJECTED_CRS"]

GEOGRAPHIC_CRS: Final = "EPSG:4326"
"""Longitude and latitude, in which the layers are kept."""
PROJECTED_CRS: Final = "EPSG:2234"
"""Connecticut State Plane, in US survey feet; lengths are true to 1 in 10,000."""
METRES_PER_FOOT: Final = 1200 / 3937
"""One US survey foot."""
