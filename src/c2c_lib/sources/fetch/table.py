"""What a fetch brings home before it is written."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fetched"]


@dataclass(frozen=True)
class Fetched:
    """One file's content, complete and checked.

    Attributes
    ----------
    name : str
        Relative to the raw folder.
    content : bytes
        As the source's reader expects it.
    rows : int
        Rows of the publisher's table.
    columns : tuple of str
        All columns of the publisher's table, read or not.
    addresses : tuple of str
        What was asked, without keys.
    kept : bool
        Whether the publisher said of every answer that it has not changed.
    """

    name: str
    content: bytes
    rows: int
    columns: tuple[str, ...]
    addresses: tuple[str, ...]
    kept: bool
