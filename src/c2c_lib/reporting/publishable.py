"""An executed notebook becomes one that may be published: prose and our own HTML only."""

from __future__ import annotations

import html as html_entities
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_raw_cell

from c2c_lib.errors import BuildError, Problem, Problems
from c2c_lib.reporting.failure import nearest_heading
from c2c_lib.reporting.figure_files import extract_figures

__all__ = [
    "NotPublishableError",
    "PublishablePage",
    "body_cells",
    "headings_of",
    "html_of",
    "make_publishable",
    "page_from_html",
    "title_of",
]

_FENCED: Final = re.compile(r"\A(`{3,})\{=html\}\n(.*)\n\1\s*\Z", re.DOTALL)
_CODE: Final = re.compile(r"^(```+|~~~+).*?^\1\s*$", re.DOTALL | re.MULTILINE)
_ATX: Final = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_H1: Final = re.compile(r"<h1\b[^>]*>(.*?)</h1>\s*", re.DOTALL | re.IGNORECASE)
_HTML_HEADING: Final = re.compile(r"<h([2-6])\b[^>]*>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]+>")
_LANGUAGE_TAG: Final = re.compile(r"lang-([a-z]{2})")
_REFUSED: Final = {
    "<script": "a script",
    'class="dataframe"': "a bare pandas table (no caption, no header scopes)",
}
_REMOVED: Final = "remove-cell"
_METADATA: Final = {
    # Quarto reads the language of a notebook from here even if nothing is executed.
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class NotPublishableError(BuildError):
    """The notebook ran, but shows something that must not be published.

    Attributes
    ----------
    problems : tuple of Problem
        Everything that is wrong.
    cell : int or None
        Index of the first cell to blame.
    """

    def __init__(self, problems: Problems, cell: int | None) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.cell = cell
        super().__init__(self.problems, cell)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True)
class PublishablePage:
    """What a page is rendered from.

    Attributes
    ----------
    notebook : NotebookNode
        Front matter in a raw cell, then markdown cells only.
    figures : dict of str to bytes
        Pictures by file name, to be written to ``assets/`` beside the page.
    """

    notebook: NotebookNode
    figures: dict[str, bytes] = field(default_factory=dict)


def make_publishable(executed: NotebookNode, language: str) -> PublishablePage:
    """Keep the prose and the HTML that cells show; leave out everything else.

    Code, parameters, execution metadata, counts, timings and paths do not survive. The
    page's ``<h1>`` moves into the front matter as its title: the first one in the HTML of
    a cell, otherwise the first markdown heading of level 1. A markdown cell tagged
    ``lang-es`` is kept on Spanish pages only; a cell tagged ``remove-cell`` (a heading for
    those who read the notebook in JupyterLab) is checked but not kept.

    Parameters
    ----------
    executed : NotebookNode
        As papermill left it.
    language : str
        Language of the page, two letters.

    Raises
    ------
    NotPublishableError
        If a cell shows an error, a warning, printed text, something that is not HTML, a
        script or a bare pandas table, if a picture has no name, or if there is no title.
        All problems at once.
    """
    problems = Problems()
    figures: dict[str, bytes] = {}
    blocks: list[tuple[str, bool]] = []
    blamed: int | None = None
    for index, cell in enumerate(executed.cells):
        before = len(problems)
        where = _where(executed.cells, index)
        if cell.cell_type == "code":
            shown = list(_shown(cell, where, problems))
            if _REMOVED not in cell.metadata.get("tags", []):
                blocks += [(extract_figures(h, figures, where, problems), True) for h in shown]
        elif cell.cell_type == "markdown" and _speaks(cell, language):
            if "attachment:" in cell.source:
                problems.add(where, "a picture is attached to prose; make it with a cell instead")
            blocks.append((cell.source.strip(), False))
        if len(problems) > before and blamed is None:
            blamed = index
    title, blocks = _take_title(blocks)
    if not title:
        problems.add("notebook", "the page has no title", remedy="Show an <h1> or write '# Title'.")
    if len(problems):
        raise NotPublishableError(problems, blamed)
    return PublishablePage(_assemble(title, language, blocks), figures)


def page_from_html(body: str, language: str) -> PublishablePage:
    """Return a page that is one block of HTML with an ``<h1>``, such as the home page."""
    title, blocks = _take_title([(body, True)])
    return PublishablePage(_assemble(title, language, blocks))


def _where(cells: list[NotebookNode], index: int) -> str:
    heading = nearest_heading(cells, index)
    return f"cell {index + 1}" + (f" under {heading!r}" if heading else "")


def _speaks(cell: NotebookNode, language: str) -> bool:
    tags = cell.metadata.get("tags", [])
    if _REMOVED in tags:
        return False
    named = {match[1] for tag in tags if (match := _LANGUAGE_TAG.fullmatch(tag))}
    return not named or language in named


def _shown(cell: NotebookNode, where: str, problems: Problems) -> Iterator[str]:
    """Yield the HTML of each output; note every output that is anything else."""
    for output in cell.outputs:
        kind = output.output_type
        if kind == "error":
            problems.add(where, f"shows an error: {output.ename}: {output.evalue}")
        elif kind == "stream":
            what = "a warning or log" if output.name == "stderr" else "printed text"
            problems.add(
                where,
                f"shows {what}, which is not published",
                value=output.text.strip()[:300],
                remedy="Mend its cause, or remove the print.",
            )
        elif "text/html" not in output.data:
            problems.add(
                where,
                "ends in something that is not HTML and would be lost",
                value=str(output.data.get("text/plain", ""))[:120],
                remedy="End the line with a semicolon, or show it with c2c_lib.figures.",
            )
        else:
            shown = output.data["text/html"]
            for mark, what in _REFUSED.items():
                if mark in shown:
                    problems.add(where, f"shows {what}", remedy="Use c2c_lib.figures.")
            yield shown


def _take_title(blocks: list[tuple[str, bool]]) -> tuple[str, list[tuple[str, bool]]]:
    """Take every heading of level 1 out of the blocks; return the one that is the title."""
    from_html, from_prose, kept = "", "", []
    for text, is_html in blocks:
        if is_html:
            if not from_html and (match := _H1.search(text)):
                from_html = _words(match[1])
            rest = _H1.sub("", text)
        else:
            match = _first_level(text)
            if not from_prose and match:
                from_prose = _words(match[2])
            rest = text[: match.start()] + text[match.end() :] if match else text
        if rest.strip():
            kept.append((rest.strip(), is_html))
    return from_html or from_prose, kept


def _first_level(markdown: str) -> re.Match[str] | None:
    return next((m for m in _ATX.finditer(_without_code(markdown)) if len(m[1]) == 1), None)


def _without_code(markdown: str) -> str:
    """Blank out fenced code, keeping every position: a ``#`` there is a comment."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), markdown)


def _words(marked_up: str) -> str:
    text = html_entities.unescape(_TAG.sub("", marked_up))
    return " ".join(re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", text).split())


def _assemble(title: str, language: str, blocks: list[tuple[str, bool]]) -> NotebookNode:
    # A JSON string is a YAML string, whatever quotes and colons the title has.
    front = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nlang: {language}\n---"
    sources = [_fenced(text) if is_html else text for text, is_html in blocks]
    cells = [new_raw_cell(front), *(new_markdown_cell(source) for source in sources)]
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"  # a random id would change the file on every build
    notebook: NotebookNode = new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(notebook)
    return notebook


def _fenced(html: str) -> str:
    """Wrap HTML so that neither Pandoc nor another reader takes it for Markdown."""
    ticks = max([2, *(len(run) for run in re.findall(r"`+", html))]) + 1
    return f"{'`' * ticks}{{=html}}\n{html}\n{'`' * ticks}"


def html_of(source: str) -> str | None:
    r"""Return the HTML of a cell that holds our own HTML, or None if it holds prose.

    Examples
    --------
    >>> html_of("```{=html}\n<p>31 %</p>\n```")
    '<p>31 %</p>'
    >>> html_of("Some *prose*.") is None
    True
    """
    match = _FENCED.match(source)
    return match[2] if match else None


def body_cells(notebook: Mapping[str, Any]) -> list[str]:
    """Return the sources of a publishable notebook without its front matter."""
    return [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def title_of(notebook: Mapping[str, Any]) -> str:
    """Return the title in the front matter of a publishable notebook."""
    line = notebook["cells"][0]["source"].splitlines()[1]
    return str(json.loads(line.removeprefix("title: ")))


def headings_of(notebook: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return level and words of every heading below the title, in order.

    Examples
    --------
    >>> page = page_from_html("<h1>Norwalk</h1><h2>Who is <em>left out</em>?</h2>", "en")
    >>> headings_of(page.notebook)
    [(2, 'Who is left out?')]
    """
    found = []
    for source in body_cells(notebook):
        shown = html_of(source)
        if shown is None:
            found += [(len(m[1]), _words(m[2])) for m in _ATX.finditer(_without_code(source))]
        else:
            found += [(int(m[1]), _words(m[2])) for m in _HTML_HEADING.finditer(shown)]
    return found
