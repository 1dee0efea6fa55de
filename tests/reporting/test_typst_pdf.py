"""Pages set as PDFs by the Pandoc and the Typst that Quarto brings, read back with pypdf."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from c2c_lib.errors import BuildError
from c2c_lib.paths import project_root
from c2c_lib.reporting.pdf_tasks import Paper, PdfTask
from c2c_lib.reporting.quarto import require_quarto
from c2c_lib.reporting.typst_pdf import make_pdfs
from support.pdf import bookmarks, links, tags
from support.quarto import install, tools

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="9" height="9"/></svg>'
)
CARD = PdfTask("norwalk/index.html", "card.pdf", "letter")
FRAME = (
    '<html lang="{language}"><head><meta name="description" content="What $5 &amp; 31 % mean">'
    "</head><body><main><h1>{title}</h1>{body}</main></body></html>"
)
BODY = (
    '<section id="continuum"><h2 id="all">How many?</h2><table><caption>Outcomes</caption><thead>'
    '<tr><th scope="col">Group</th><th scope="col" class="number">Norwalk, %</th></tr></thead>'
    '<tbody><tr><th scope="row">All</th><td class="number"><data value="0.31">31%</data></td></tr>'
    '<tr><th scope="row">Black</th><td class="number">24%</td></tr></tbody></table></section>'
    '<section id="reading"><h2>Who reads?</h2><h3>In grade 3?</h3><p class="answer">#1 of $2 * _a_ '
    "@b &lt;c&gt; 31% “it’s” 'so'.</p><figure>"
    '<img src="assets/a.svg" alt="Line &quot;up&quot; \\ to 31%" width="360">'
    '<figcaption>Reading</figcaption></figure><p><svg width="16" aria-hidden="true">'
    '<rect width="9" height="9"/></svg> key, <a href="#continuum">all</a>, '
    '<a href="../words/index.html">words</a></p></section>'
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    install(tmp_path, tools(), monkeypatch)
    site = tmp_path / "site"
    (site / "norwalk/assets").mkdir(parents=True)
    (site / "norwalk/assets/a.svg").write_text(SVG, encoding="utf-8")
    write(site, BODY)
    return site


def write(site: Path, body: str, title: str = "Norwalk: $5 & more", language: str = "en") -> None:
    html = FRAME.format(title=title, language=language, body=body)
    (site / CARD.address).write_text(html, encoding="utf-8")


def printed(site: Path, *tasks: PdfTask, **options: object) -> list[PdfReader]:
    folder = site.parent / "out"
    templates = project_root() / "reports/templates"
    program = require_quarto()
    files = make_pdfs(site, tasks, folder, program, templates=templates, **options)  # type: ignore[arg-type]
    return [PdfReader(file) for file in files]


def test_a_pdf_is_tagged_and_names_what_it_is(site: Path) -> None:
    (pdf,) = printed(site, CARD, address="https://cards.example/")
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Norwalk: $5 & more"
    assert b"<pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert bookmarks(pdf.outline) == [
        "Norwalk: $5 & more",
        "How many?",
        "Who reads?",
        "In grade 3?",
    ]
    found = tags(root["/StructTreeRoot"], {})
    assert len(found["/Table"]) == 1
    assert len(found["/TH"]) == 2
    # The chart has its words; a key's swatch, which says nothing, is no figure at all.
    assert [str(f["/Alt"]) for f in found["/Figure"] if "/Alt" in f] == ['Line "up" \\ to 31%']
    assert "https://cards.example/words/" in links(pdf)


def test_the_words_are_those_of_the_page(site: Path) -> None:
    (pdf,) = printed(site, CARD)
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    answer = "#1 of $2 * _a_ @b <c> 31% “it’s” 'so'."
    said = (answer, "Outcomes", "Norwalk, %", "24%", "Reading", "1 / 1")
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_the_paper_is_the_one_asked_for(site: Path, paper: Paper, size: tuple[int, int]) -> None:
    (pdf,) = printed(site, PdfTask(CARD.address, "card.pdf", paper))
    box = pdf.pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_spanish_is_named(site: Path) -> None:
    write(site, "<p>Niños</p>", language="es")
    (pdf,) = printed(site, CARD)
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("es")


def lines(count: int) -> str:
    words = "".join(f"<p>Line {n}</p>" for n in range(count))
    return f'<div class="one-page">{words}</div>'


def sheet(name: str = "sheet.pdf") -> PdfTask:
    return PdfTask(CARD.address, name, "letter", one_sheet=True)


def test_a_sheet_is_made_smaller_until_it_fits(site: Path) -> None:
    write(site, lines(30))
    (large,) = printed(site, sheet())
    write(site, lines(80))
    (small,) = printed(site, sheet())
    assert [len(pdf.pages) for pdf in (large, small)] == [1, 1]
    assert type_size(small) < type_size(large)
    assert "Line 79" in small.pages[0].extract_text()


def type_size(pdf: PdfReader) -> float:
    sizes: list[float] = []

    def look(text: str, matrix: list[float], place: list[float], _: object, size: float) -> None:
        if "Line" in text:
            sizes.append(size * abs(matrix[3] * place[3]))

    pdf.pages[0].extract_text(visitor_text=look)
    return min(sizes)


def test_what_fits_at_no_size_is_told_and_nothing_is_left(site: Path) -> None:
    write(site, lines(300))
    with pytest.raises(BuildError, match="does not fit on one letter page, even at 80%"):
        printed(site, sheet(), CARD)
    assert sorted(path.name for path in site.parent.iterdir()) == ["bin", "site"]


def test_a_missing_picture_is_told_and_the_folder_stays_as_it_was(site: Path) -> None:
    printed(site, CARD)
    before = (site.parent / "out/card.pdf").read_bytes()
    (site / "norwalk/assets/a.svg").unlink()
    with pytest.raises(BuildError, match=r"pictures do not show: norwalk/assets/a\.svg"):
        printed(site, CARD)
    assert (site.parent / "out/card.pdf").read_bytes() == before


def test_a_picture_without_words_in_a_figure_adorns_it(site: Path) -> None:
    write(site, '<figure><img src="assets/a.svg" alt=""><figcaption>A</figcaption></figure>')
    (pdf,) = printed(site, CARD)
    found = tags(pdf.trailer["/Root"]["/StructTreeRoot"], {})
    assert not any("/Alt" in figure for figure in found.get("/Figure", []))


def test_items_side_by_side_stay_in_their_order(site: Path) -> None:
    items = "".join(f"<li>Item {n}.</li>" for n in range(1, 6))
    write(site, f'<div class="one-page"><section><ul>{items}</ul></section></div>')
    (pdf,) = printed(site, sheet())
    text = pdf.pages[0].extract_text()
    assert re.findall(r"Item (\d)", text) == ["1", "2", "3", "4", "5"]


def test_links_find_every_kind_of_place(site: Path) -> None:
    places = (
        '<section id="a"><h2 id="b">A?</h2></section><div id="c" class="answer"><p>C</p></div>'
        '<figure id="d"><img src="assets/a.svg" alt="D"><figcaption>D</figcaption></figure>'
        '<table id="e"><caption>E</caption><tr><td>E</td></tr></table>'
        '<p><span id="f">F</span></p><ul id="g"><li id="h">H</li></ul><p id="i">I</p>'
    )
    ways = "".join(f'<a href="#{name}">to {name}</a> ' for name in "abcdefghi")
    write(site, f"{places}<p>{ways}</p>")
    (pdf,) = printed(site, CARD)
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    assert len(notes) == 6  # to nothing of lists and paragraphs: Pandoc forgets their names


def test_a_jump_in_the_headings_is_refused(site: Path) -> None:
    """PDF/UA wants levels in order; what breaks that is told, and nothing is written."""
    write(site, "<h2>A?</h2><h4>B?</h4>")
    with pytest.raises(BuildError, match="quarto typst failed"):
        printed(site, CARD)
    assert not (site.parent / "out").exists()
