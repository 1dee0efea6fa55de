"""Checks of one built page by itself: right city, whole, readable, nothing private in it."""

from __future__ import annotations

import getpass
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from c2c_lib.errors import Problem, Problems
from c2c_lib.language.slips import slips
from c2c_lib.reporting.html_document import Element, HtmlDocument

__all__ = ["check_page", "private_marks", "text_marks"]

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEXT_MARKS: Final = {
    r"Traceback \(most recent call last\)": "a traceback",
    r"\b(?:\w+Error|\w*Warning|\w+Exception): ": "an error or warning",
    r"(?<![\w.])(?:nan|NaN|inf)(?![\w.-])|<NA>|\bNaT\b": "an empty value as Python prints it",
    # "None of the groups" is English; a cell that says "None" and "about None children" are not.
    r"(?m)^[ \t]*None[ \t]*$|(?<=[\w,;:(=] )None\b|\bNone(?=\s*%)": "an empty value "
    "as Python prints it",
    r"\{[A-Za-z_][\w.]*\}": "a placeholder that was not filled",
    r"\bTODO\b|\bFIXME\b|\bLorem ipsum\b": "unfinished text",
}
_FOLDERS: Final = ("/home/", "/Users/", "/root/", "/tmp/", "/var/folders/", "/mnt/")  # noqa: S108
_PATHS: Final = {
    # A quick test, then the exact one: a site is some megabytes of text.
    _FOLDERS: re.compile(
        # Not after a letter or a dot: "example.org/home/page" is an ordinary address.
        r"(?<![\w./-])/(?:home|Users|root|tmp|var/folders|mnt)/[\w.-]+"
    ),
    (":\\",): re.compile(r"\b[A-Za-z]:\\[\w.-]+"),
    ("file://",): re.compile(r"file://"),
}
_COMMON_USERS: Final = frozenset({"root", "user", "admin", "runner", "jovyan", "ubuntu"})


def text_marks(text: str, language: str = "") -> Iterator[tuple[str, str]]:
    """Yield (what it is, where it stands) for everything that must not be in visible text.

    Parameters
    ----------
    text : str
        As a reader sees it.
    language : str
        What it is written in; slips of that language's grammar are found too.

    Examples
    --------
    >>> list(text_marks("About nan children in {city}."))
    [('an empty value as Python prints it', 'About nan children in {city}.'),
     ('a placeholder that was not filled', 'About nan children in {city}.')]
    """
    for pattern, what in _TEXT_MARKS.items():
        for match in re.finditer(pattern, text):
            yield what, _around(text, match)
    for what, match in slips(text, language):
        yield what, _around(text, match)


def private_marks(text: str, root: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield (what it is, where it stands) for paths and user names in the text of a file.

    Parameters
    ----------
    text : str
        Of a page, a stylesheet, a picture or a table.
    root : Path, optional
        The project's folder; its path must not be published wherever it lies.
    """
    for marks, pattern in _PATHS.items():
        if any(mark in text for mark in marks):
            for match in pattern.finditer(text):
                yield "an absolute path", _around(text, match)
    literal = [str(Path.home())] + ([str(root.resolve())] if root else [])
    for path in literal:
        # A short path such as "/" or "/root" would be found in ordinary addresses.
        if path.count("/") > 1 and path in text:
            yield "an absolute path", path
    user = getpass.getuser()
    if (
        user not in _COMMON_USERS
        and user in text
        and re.search(rf"[/\\]{re.escape(user)}[/\\]|\b{re.escape(user)}@", text)
    ):
        yield "a user name", user


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - 30), min(len(text), match.end() + 30)
    return " ".join(text[start:end].split())


def check_page(
    document: HtmlDocument,
    where: str,
    *,
    language: str,
    city: str,
    cities: Mapping[str, str],
    headings: Sequence[str],
    problems: Problems,
) -> None:
    """Check one page; note everything that is wrong.

    Parameters
    ----------
    document : HtmlDocument
        The page.
    where : str
        Its address, for problems.
    language : str
        What ``<html lang>`` must say.
    city : str
        Slug of the city it is about; empty if it is about all.
    cities : mapping of str to str
        Name by slug, of all cities.
    headings : sequence of str
        Headings that must be there.
    problems : Problems
        Where problems are noted.
    """
    if document.language != language:
        problems.add(where, "wrong language", value=document.language, allowed=language)
    _check_city(document, where, city, cities, problems)
    _check_headings(document, where, headings, problems)
    _check_elements(document, where, language, problems)
    for what, found in text_marks(document.text, language):
        problems.add(where, f"shows {what}", value=found)
    for what, found in text_marks(document.title, language):
        problems.add(where, f"the title shows {what}", value=found)
    if document.all("na"):
        # Not escaped, it reads as an element and the text is gone.
        problems.add(where, "shows an empty value as Python prints it", value="<NA>")


def _check_city(
    document: HtmlDocument, where: str, city: str, cities: Mapping[str, str], problems: Problems
) -> None:
    titles = [element.text for element in document.all("h1")]
    if len(titles) != 1:
        problems.add(where, "has not exactly one h1", value=", ".join(titles))
    parts = {"title": document.title, "h1": " ".join(titles)}
    for part, text in parts.items():
        if not text:
            problems.add(where, f"has an empty {part}")
        elif city and not _names(text, cities[city]):
            problems.add(where, f"the {part} does not name {cities[city]}", value=text)
        others = [n for slug, n in cities.items() if slug != city and _names(text, n)]
        if city and others:
            problems.add(where, f"the {part} names another city: {', '.join(others)}", value=text)


def _names(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _check_headings(
    document: HtmlDocument, where: str, wanted: Sequence[str], problems: Problems
) -> None:
    present = Counter(element.text for element in document.all(*_HEADINGS))
    for heading, count in Counter(" ".join(h.split()) for h in wanted).items():
        if present[heading] < count:
            problems.add(where, "a section of the notebook is missing", value=heading)
    found = document.all(*_HEADINGS)
    for element, following in zip(found, [*found[1:], None], strict=True):
        if not element.text:
            problems.add(where, f"an empty {element.tag} in line {element.line}")
        elif element.tag != "h1" and _is_empty(document, element, following):
            problems.add(where, "a section has no content", value=element.text)


def _is_empty(document: HtmlDocument, heading: Element, following: Element | None) -> bool:
    """Whether nothing stands between a heading and the next one of its level or above."""
    if following is not None and following.tag > heading.tag:
        return False
    ends = [main.end for main in document.all("main")] or [len(document.text)]
    end = following.start if following else ends[0]
    pictures = any(heading.end <= e.start <= end for e in document.all("img", "svg"))
    return not pictures and not document.text[heading.end : end].strip()


def _check_elements(document: HtmlDocument, where: str, language: str, problems: Problems) -> None:
    for name, count in Counter(document.ids).items():
        if count > 1 or not name:
            problems.add(where, "an id is not unique", value=name or "(empty)")
    for image in document.all("img"):
        source = image.attributes.get("src", "")[:80]
        alt = image.attributes.get("alt")
        if alt is None or (not alt.strip() and image.attributes.get("role") != "presentation"):
            problems.add(where, "an image has no alt text", value=source)
        for what, found in text_marks(alt or "", language):
            problems.add(where, f"an alt text shows {what}", value=found)
        if not source or source.startswith("data:"):
            problems.add(where, "an image is not a file beside the page", value=source[:40])
    for label in document.with_attribute("aria-label"):
        for what, found in text_marks(label.attributes["aria-label"], language):
            problems.add(where, f"a label shows {what}", value=found)


def problems_of_files(files: Mapping[str, str], root: Path | None) -> list[Problem]:
    """Return a problem for every path or user name in the text of published files."""
    return [
        Problem(name, f"holds {what}", value=found[:120])
        for name, text in files.items()
        for what, found in private_marks(text, root)
    ]
