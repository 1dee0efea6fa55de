"""Who is whose neighbour: from pairs, lists, or shapes.

Shapes are compared by PySAL's `libpysal`; it is imported only when shapes are given.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from c2c_lib.equity.arrays import check_choice
from c2c_lib.errors import InputError, Problem, Problems

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Neighbours"]

Style = Literal["row", "binary"]
_SHOWN: Final = 5


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Areas and the neighbours of each.

    Attributes
    ----------
    ids : tuple
        The areas, in the order of the figures.
    links : scipy.sparse.csr_array of shape (k, k)
        1 where the area of the column is a neighbour of the area of the row; nothing on the
        diagonal.
    """

    ids: tuple[Hashable, ...]
    links: sparse.csr_array

    @classmethod
    def from_pairs(
        cls, pairs: Iterable[tuple[Hashable, Hashable]], ids: Sequence[Hashable]
    ) -> Neighbours:
        """Return neighbours from pairs; each counts both ways.

        Parameters
        ----------
        pairs : iterable of (id, id)
            An area paired with itself, and repeated pairs, change nothing.
        ids : sequence
            All areas; those in no pair are islands.

        Raises
        ------
        InputError
            Listing repeated ids, and pairs with an area that is not in `ids`.

        Examples
        --------
        >>> near = Neighbours.from_pairs([("a", "b"), ("b", "c")], ["a", "b", "c", "d"])
        >>> near.islands, near.counts.tolist()
        (('d',), [1, 2, 1, 0])
        """
        both = [link for one, other in pairs for link in ((one, other), (other, one))]
        return cls._linked(both, ids)

    @classmethod
    def from_lists(cls, lists: Mapping[Hashable, Iterable[Hashable]]) -> Neighbours:
        """Return neighbours from the list of each area, exactly as given.

        Links may be one-sided, as with nearest neighbours.

        Raises
        ------
        InputError
            As in `from_pairs`.

        Examples
        --------
        >>> Neighbours.from_lists({"a": ["b"], "b": ["a", "c"], "c": []}).counts.tolist()
        [1, 2, 0]
        """
        links = [(one, other) for one, others in lists.items() for other in others]
        return cls._linked(links, list(lists))

    @classmethod
    def from_shapes(
        cls, shapes: gpd.GeoSeries | gpd.GeoDataFrame, *, rook: bool = False, strict: bool = True
    ) -> Neighbours:
        """Return neighbours that touch.

        Parameters
        ----------
        shapes : GeoSeries or GeoDataFrame
            Polygons; the index holds the ids.
        rook : bool
            Whether sharing a corner is not enough; default it is (queen).
        strict : bool
            Whether the geometry itself decides (default), or, faster, only shared vertices:
            right where neighbours keep the same edges.

        Raises
        ------
        InputError
            For repeated ids, and shapes that are missing or empty.

        Examples
        --------
        >>> import geopandas as gpd
        >>> from shapely import box
        >>> squares = gpd.GeoSeries([box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 1, 3, 2)],
        ...                         index=["a", "b", "c"])
        >>> Neighbours.from_shapes(squares).counts.tolist()
        [1, 2, 1]
        >>> Neighbours.from_shapes(squares, rook=True).islands
        ('c',)
        """
        from libpysal.graph import Graph  # noqa: PLC0415 - slow to import, and only shapes need it

        plain = _shapes(shapes)
        graph = Graph.build_contiguity(plain, rook=rook, strict=strict)
        return cls._of_graph(graph, list(shapes.index))

    @classmethod
    def nearest(cls, shapes: gpd.GeoSeries | gpd.GeoDataFrame, k: int = 6) -> Neighbours:
        """Return the k nearest of each, by the distance of points or of centroids.

        There are no islands, but links are one-sided where a remote area lies nearest to
        others that have nearer ones.

        Parameters
        ----------
        shapes : GeoSeries or GeoDataFrame
            In a projected system: degrees are no distances.
        k : int
            From 1 to one less than the number of areas.

        Raises
        ------
        InputError
            As in `from_shapes`, for geographic coordinates, and for a `k` out of range.

        Examples
        --------
        >>> import geopandas as gpd
        >>> points = gpd.GeoSeries.from_xy([0, 1, 5], [0, 0, 0], index=["a", "b", "c"])
        >>> near = Neighbours.nearest(points, k=1)
        >>> near.of("c")
        ('b',)
        """
        plain = _shapes(shapes)
        problems = Problems()
        if not 1 <= k < len(plain):
            problems.add("k", "is out of range", value=k, allowed=f"1 to {len(plain) - 1}")
        if plain.crs is not None and plain.crs.is_geographic:
            problems.add(
                "shapes",
                "are in degrees",
                value=plain.crs.to_string(),
                remedy="Project them first, for example to_crs(2234) for Connecticut.",
            )
        problems.raise_if_any()
        points = plain.centroid
        where = np.column_stack([points.x, points.y])
        from scipy.spatial import KDTree  # noqa: PLC0415 - only shapes need it

        _, found = KDTree(where).query(where, k=k + 1)
        rows = np.repeat(np.arange(len(plain)), k)
        # With places in common an area need not come first among its own nearest.
        columns = np.array([[j for j in near if j != i][:k] for i, near in enumerate(found)])
        return cls(tuple(shapes.index), _matrix(rows, columns.ravel(), len(plain)))

    @classmethod
    def _of_graph(cls, graph: Any, ids: Sequence[Hashable]) -> Neighbours:
        edges = graph.adjacency[graph.adjacency != 0].index
        found = [edges.get_level_values(side).to_numpy() for side in (0, 1)]
        return cls(tuple(ids), _matrix(found[0], found[1], len(ids)))

    @classmethod
    def _linked(
        cls, links: Sequence[tuple[Hashable, Hashable]], ids: Sequence[Hashable]
    ) -> Neighbours:
        place = {area: number for number, area in enumerate(ids)}
        problems = Problems()
        if len(place) < len(ids):
            twice = [area for area in place if list(ids).count(area) > 1]
            problems.add("ids", "hold an area twice", value=twice[:_SHOWN])
        if unknown := [area for link in links for area in link if area not in place]:
            problems.add(
                "neighbours",
                "name an area that is not among the ids",
                value=list(dict.fromkeys(unknown))[:_SHOWN],
                remedy="Give all areas in ids, those without neighbours too.",
            )
        problems.raise_if_any()
        rows = np.array([place[one] for one, _ in links], dtype=int)
        columns = np.array([place[other] for _, other in links], dtype=int)
        return cls(tuple(ids), _matrix(rows, columns, len(ids)))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many neighbours each area has."""
        return np.asarray(np.diff(self.links.indptr), dtype=np.int64)

    @property
    def islands(self) -> tuple[Hashable, ...]:
        """The areas without neighbours; they take no part in what compares neighbours."""
        return tuple(area for area, count in zip(self.ids, self.counts, strict=True) if not count)

    def of(self, area: Hashable) -> tuple[Hashable, ...]:
        """Return the neighbours of an area.

        Raises
        ------
        InputError
            If there is no such area.
        """
        if area not in self.ids:
            raise InputError([Problem("area", "is not known", value=str(area))])
        row = self.ids.index(area)
        start, end = self.links.indptr[row], self.links.indptr[row + 1]
        return tuple(self.ids[place] for place in self.links.indices[start:end])

    def only(self, keep: NDArray[np.bool_]) -> Neighbours:
        """Return the neighbours among some of the areas; True keeps an area."""
        chosen = np.flatnonzero(keep)
        part = sparse.csr_array(self.links[chosen][:, chosen])
        return Neighbours(tuple(self.ids[place] for place in chosen), part)

    def weights(self, style: Style = "row", *, own: bool = False) -> sparse.csr_array:
        """Return the weights of the neighbours.

        Parameters
        ----------
        style : {"row", "binary"}
            ``row``: each area's weights add up to 1 (an island's to 0). ``binary``: all 1.
        own : bool
            Whether every area is its own neighbour too.

        Raises
        ------
        InputError
            For an unknown style.

        Examples
        --------
        >>> near = Neighbours.from_pairs([("a", "b"), ("b", "c")], ["a", "b", "c"])
        >>> near.weights().toarray()
        array([[0. , 1. , 0. ],
               [0.5, 0. , 0.5],
               [0. , 1. , 0. ]])
        """
        check_choice("style", style, ("row", "binary"))
        links = self.links + sparse.eye_array(len(self.ids)) if own else self.links
        links = sparse.csr_array(links, dtype=np.float64)
        if style == "binary":
            return links
        total = np.asarray(links.sum(axis=1)).ravel()
        return sparse.csr_array(sparse.diags_array(1 / np.where(total > 0, total, 1.0)) @ links)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Return the links as a full matrix, which `smooth_rates` takes as ``neighbours``."""
        del copy
        return np.asarray(self.links.toarray(), dtype=dtype)


def _matrix(rows: NDArray[Any], columns: NDArray[Any], size: int) -> sparse.csr_array:
    """Return links without repetition and without the diagonal."""
    apart = rows != columns
    links = sparse.csr_array(
        (np.ones(int(apart.sum())), (rows[apart], columns[apart])), shape=(size, size)
    )
    links.sum_duplicates()
    links.data[:] = 1.0
    links.sort_indices()
    return links


def _shapes(shapes: gpd.GeoSeries | gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return checked geometries, numbered from 0."""
    series = shapes.geometry
    problems = Problems()
    if not series.index.is_unique:
        twice = series.index[series.index.duplicated()].unique().tolist()
        problems.add("shapes", "hold an area twice", value=twice[:_SHOWN])
    empty = series.isna() | series.is_empty
    if empty.any():
        problems.add(
            "shapes",
            "are missing or empty",
            value=series.index[empty].tolist()[:_SHOWN],
            remedy="Leave these areas out.",
        )
    problems.raise_if_any()
    return series.reset_index(drop=True)
