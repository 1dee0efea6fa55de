"""A made-up report card as HTML: every part that other pages are made of, and no more."""


def figure(indicator: str, text: str) -> str:
    return f'<data data-indicator="{indicator}" data-field="estimate">{text}</data>'


def row(indicator: str, value: str) -> str:
    return (
        f'<tr><th scope="row"><a href="#reading">Reading</a></th><td>Third graders</td>'
        f'<td class="number" data-label="Norwalk">{figure(indicator, value)} in 2024</td>'
        "<td>First figure</td>"
        f'<td class="number" data-label="Connecticut">{figure(indicator, "40%")}</td>'
        "<td>Black: 7 points</td>"
        f"<td>Strong</td></tr>"
    )


def block(indicator: str, answer: str, source: str) -> str:
    return (
        f'<section class="indicator" id="{indicator}"><h3>How many?</h3>'
        f'<p class="answer">{answer}</p><p class="source">Source: '
        f'<a href="https://x.example/{source}">{source}</a> (retrieved). '
        f'<a href="../codebook/index.html#a">Codebook</a></p></section>'
    )


SURVEY = (
    'Likely between <span data-derived="limit">12%</span> and '
    '<span data-derived="limit">19%</span>. It was <span data-derived="limit">1%</span>.'
)
WANTED = (
    '<table id="wanted"><thead><tr><th>Outcome</th></tr></thead><tbody>'
    '<tr><th scope="row">Healthy babies</th><td>Yearly figures &amp; more.</td></tr>'
    "</tbody></table>"
)
HIDDEN = (
    '<table id="hidden-groups"><tbody><tr><th>A</th><td>Asian</td></tr>'
    "<tr><th>B</th><td>Black</td></tr></tbody></table>"
)
OLD = '<table id="old-figures"><tbody><tr><th>A</th><td>2015</td></tr></tbody></table>'


def card(unknown: str = WANTED + HIDDEN + OLD) -> str:
    return (
        '<p class="byline">By Norwalk ACTS.</p>'
        '<p class="paper"><a href="one-page/index.html">On one page</a></p>'
        '<section id="summary"><h2 id="s">What are Norwalk&#39;s three things?</h2>'
        '<ol class="three-things"><li>Good. <a href="#adults">More</a></li></ol></section>'
        '<section id="continuum"><h2>How are <em>children</em> doing?</h2>'
        '<div class="scroll"><table id="outcomes"><caption>C</caption><thead><tr>'
        f'<th scope="col">Outcome</th></tr></thead><tbody>{row("adults", "16%")}'
        f'{row("grade3", "46%")}<tr><th scope="row">After school</th>'
        f"<td>No public figure</td></tr></tbody></table></div></section>"
        f"{block('adults', SURVEY, 'Census')}{block('grade3', 'It was 46%.', 'EdSight')}"
        f'<section id="unknown"><h2>What we cannot see yet</h2>{unknown}</section>'
    )
