"""Pictures inside a notebook's HTML become files beside the page."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from c2c_lib.errors import Problems

__all__ = ["FIGURE_FOLDER", "extract_figures"]

FIGURE_FOLDER: Final = "assets"
"""Folder beside the page that holds its pictures."""

_EXTENSIONS: Final = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SOURCE: Final = re.compile(r"""\bsrc=(["'])(data:[^"']*)\1""", re.IGNORECASE)
_NAME: Final = re.compile(r"""\bdata-figure=(["'])([^"']*)\1""", re.IGNORECASE)
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


def extract_figures(html: str, figures: dict[str, bytes], where: str, problems: Problems) -> str:
    """Take pictures out of HTML and point to files instead.

    A notebook shows its pictures as data URIs, so that it is complete in JupyterLab; a
    page loads them as files, so that it stays small.

    Parameters
    ----------
    html : str
        What a cell shows.
    figures : dict of str to bytes
        Content by file name; new pictures are added.
    where : str
        The cell, for problems.
    problems : Problems
        Where a picture without a name, with a name that is taken by another picture, or
        of an unknown type is noted.

    Returns
    -------
    str
        The same HTML with ``src="assets/<data-figure>.svg"``.

    Examples
    --------
    >>> found = {}
    >>> extract_figures('<img src="data:image/svg+xml;base64,PHN2Zy8+" data-figure="a" alt="">',
    ...                 found, "cell 1", Problems())
    '<img src="assets/a.svg" data-figure="a" alt="">'
    >>> found
    {'a.svg': b'<svg/>'}
    """

    def replaced(match: re.Match[str]) -> str:
        tag = match[0]
        source = _SOURCE.search(tag)
        if source is None:
            return tag
        name = _figure_name(tag, where, problems)
        decoded = _decode(source[2], where, problems)
        if not name or decoded is None:
            return tag
        extension, content = decoded
        file = f"{name}.{extension}"
        if figures.setdefault(file, content) != content:
            problems.add(where, "two different pictures have the same name", value=name)
        return f'{tag[: source.start()]}src="{FIGURE_FOLDER}/{file}"{tag[source.end() :]}'

    return _IMAGE.sub(replaced, html)


def _figure_name(tag: str, where: str, problems: Problems) -> str:
    name = _NAME.search(tag)
    if name is None:
        problems.add(where, "a picture has no data-figure, so its file has no name")
        return ""
    if not _SLUG.fullmatch(name[2]):
        problems.add(
            where,
            "a picture's data-figure cannot be a file name",
            value=name[2],
            allowed="small letters, digits, - and _",
        )
        return ""
    return name[2]


def _decode(uri: str, where: str, problems: Problems) -> tuple[str, bytes] | None:
    """Return file extension and content of a data URI."""
    head, _, data = uri.removeprefix("data:").partition(",")
    mime, *options = head.split(";")
    extension = _EXTENSIONS.get(mime)
    if extension is None:
        problems.add(
            where, "a picture has an unknown type", value=mime, allowed=", ".join(_EXTENSIONS)
        )
        return None
    try:
        if "base64" in options:
            return extension, base64.b64decode(data, validate=True)
        return extension, unquote_to_bytes(data)
    except binascii.Error as error:
        problems.add(where, f"a picture does not decode: {error}")
        return None
