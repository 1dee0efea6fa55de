"""Boundaries, code systems and the joins between figures and shapes.

``layers`` reads the boundaries that ship in ``geo/``, ``build`` makes them from the
publishers' files, ``vintage`` tells code systems apart, ``crosswalk`` takes figures from one to
another, ``join`` puts them on shapes, ``neighborhoods`` adds tracts up to neighborhoods,
``regions`` merges tracts until a figure is reliable, ``clusters`` says whether areas that touch are
alike, and ``quality`` how far a figure can be trusted.
"""

from c2c_lib.geography.clusters import Clusters, find_clusters
from c2c_lib.geography.crosswalk import to_vintage
from c2c_lib.geography.join import join_figures
from c2c_lib.geography.layers import has_layer, layer, weights
from c2c_lib.geography.neighborhoods import neighborhood_figures
from c2c_lib.geography.quality import tract_quality
from c2c_lib.geography.ranks import rank_ranges
from c2c_lib.geography.regions import merge_until_reliable
from c2c_lib.geography.vintage import table_vintages

__all__ = [
    "Clusters",
    "find_clusters",
    "has_layer",
    "join_figures",
    "layer",
    "merge_until_reliable",
    "neighborhood_figures",
    "rank_ranges",
    "table_vintages",
    "to_vintage",
    "tract_quality",
    "weights",
]
