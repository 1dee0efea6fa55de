"""Boundaries, code systems and the joins between figures and shapes.

``layers`` reads the boundaries that ship in ``geo/``, ``build`` makes them from the Census
Bureau's files, ``vintage`` tells code systems apart, ``join`` puts figures on shapes and
``quality`` says how far a tract's figure can be trusted.
"""

from c2c_lib.geography.join import join_figures
from c2c_lib.geography.layers import layer
from c2c_lib.geography.quality import tract_quality

__all__ = ["join_figures", "layer", "tract_quality"]
