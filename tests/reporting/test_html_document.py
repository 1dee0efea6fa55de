from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from c2c_lib.reporting.html_document import read_html

PAGES = [
    (
        '<html lang="es"><head><title>T &amp; U</title><style>p{}</style></head><body><h1>A</h1>'
        "<p>One<br>two <b>three</b></p><img src=x alt=y><script>1<2</script></body></html>"
    ),
    "<ul><li>one<li>two</ul><p>open <b>bold<p>next",
    '<table><tr><th scope="row">a</th><td>1</td></tr></table><p id="a" id2>x</p><p id=b></p>',
    "</p>stray</div><h2>  many \n spaces </h2><svg><title>in a picture</title><text>t</text></svg>",
]


@pytest.mark.parametrize("html", PAGES)
def test_reads_what_an_independent_parser_reads(html: str) -> None:
    soup = BeautifulSoup(html, "html.parser")
    document = read_html(html)

    assert [e.tag for e in document.elements] == [e.name for e in soup.find_all(True)]
    assert document.ids == [e["id"] for e in soup.find_all(id=True)]
    assert document.language == (soup.html.get("lang", "") if soup.html else "")
    assert [e.text for e in document.all("h1", "h2")] == [
        " ".join(e.text.split()) for e in soup.find_all(["h1", "h2"])
    ]
    for hidden in soup.find_all(["script", "style", "title"]):
        hidden.decompose()
    assert "".join(document.text.split()) == "".join(soup.text.split())


def test_blocks_do_not_run_together_but_inline_elements_do() -> None:
    document = read_html("<td>Not shown</td><td>None</td><p>3<b>1</b> %</p>")
    assert document.text.split("\n") == ["", "Not shown", "", "None", "", "31 %", ""]


def test_content_positions_enclose_the_text() -> None:
    document = read_html("<p>before</p><h2>A <i>b</i></h2><p>after</p>")
    (heading,) = document.all("h2")
    assert document.text[heading.start : heading.end] == "A b"
    assert document.text[heading.end :].strip() == "after"
