"""What is taken of a page is the article, whatever is around it."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from statistics import fmean
from typing import Any, NamedTuple

import known_pages
import pytest
from known_pages import Layout, Paragraphs

from newsreader.fetching import extract as extracting
from newsreader.fetching.extract import amp_of, extract, refresh_of
from newsreader.text.figures import figures_in

WORD = re.compile(r"\w+")

STORIES = """\
# The bridge at Hallow opens again

After nineteen months of work the old iron bridge at Hallow carries people again. On Saturday
morning the mayor walked over it first, with a school class behind her.

The builders had taken it apart down to the rivets. Four in ten of the beams were new in the
end, said the engineer who led the work, more than anybody had reckoned with.

Cyclists are allowed in both directions, cars are not. Whoever wants to reach the market by car
still has to drive around by the mill, which takes eleven minutes.

The council put the cost at 4.2 million, about a third above the first estimate. The money came
from a fund for monuments and from the sale of two plots at the station.

# Why the bees stayed home

A cold spring kept the bees of the valley in their hives for weeks, and the cherry trees
flowered without them. Growers now expect half of the usual harvest.

“We heard nothing,” says Ida Lorenz, who has kept forty hives above the river since 1998. “You
stand under a white tree in the sun and there is not a sound.”

Researchers at the institute for fruit count visits with small cameras. In the second half of
April they saw three bees an hour on a branch; usual are more than sixty.

Wild bees fly at lower temperatures, but there are few of them where meadows were drained. The
growers have begun to sow strips of clover between the rows.

For this year it comes too late. A kilo of cherries will cost twice what it did.

# Court lets the night train run

The regional court has rejected the complaint of two lines against the new night train. It may
run from June on, three times a week, as its timetable foresees.

The lines had argued that the train took the best slots on the busy northern route. The judges
saw no proof: between midnight and four the route is used to a third.

A ticket with a bed is to cost 79 at least, a seat 39. About half of the beds for July were sold
within a day, the operator said, most of them to families.

The complaint of the residents at the depot, who fear noise, is still to be heard.

Whether the train goes on to the coast in winter depends on a tunnel that closes for repair in
November. The ministry wants to say more in the autumn.

# A library for things

Drills, tents, a cider press: in the former bank on Mill Street one can borrow what one needs
once a year. The library of things has 640 members after one winter.

It began with a list on a door. Somebody offered a ladder, somebody sought one, and within a
month the list was so long that the house took down the notice board.

Members pay three a month and may keep a thing for a week. What comes back broken is mended on
Thursdays, by whoever is there; only twice was something beyond repair.

The most wanted piece is a carpet cleaner, which is booked until the end of August. The least
wanted, a fondue set for twelve, has never left its shelf.

# What the ice remembers

Deep in the glacier above Sorn lie layers of dust from fires that nobody wrote down. A team has
now drilled 92 metres into it and read the years one after the other.

Each summer leaves a dark line. Around the line of 1783 the ice is grey with ash, the trace of
an eruption a thousand miles away which spoilt the harvests of two years.

The newest layers hold something else: tiny threads of plastic, in every sample since the
sixties. “They come with the snow,” says the leader of the team, “like all else.”

The drilling was a race. The glacier loses a metre and a half each year, and with it the
uppermost decades of its diary. In the lab the cores now lie at minus thirty.
"""


TEXTS = known_pages.texts_of(STORIES)

NAV = (
    "<ul>"
    + "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("News", "Sport", "Culture"))
    + "</ul>"
)
TEASERS = "".join(
    f"<div class='teaser'><a href='/t{n}'><h3>Another story, number {n}</h3></a>"
    f"<p>Read what happened elsewhere {n} days ago.</p></div>"
    for n in range(6)
)


def _p(paragraphs: Paragraphs) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in paragraphs)


def plain(title: str, text: Paragraphs) -> str:
    return f"<body><header>{NAV}</header><article><h1>{title}</h1>{_p(text)}</article></body>"


def blog(title: str, text: Paragraphs) -> str:
    return (
        f"<body><div id='wrap'><div id='sidebar'><h3>Archive</h3>{NAV}</div><div class='post'>"
        f"<h2 class='post-title'>{title}</h2><div class='post-meta'>Posted by admin</div>"
        f"<div class='entry-content'>{_p(text)}</div><div class='sharedaddy'>Share this: <a>X</a>"
        f"</div></div><div id='comments'><h3>2 comments</h3><ol><li><p>First! Nice read, thank "
        f"you.</p></li></ol></div></div><div id='footer'>Powered by a blog</div></body>"
    )


def portal(title: str, text: Paragraphs) -> str:
    half = len(text) // 2
    return (
        f"<body><nav class='main-nav'>{NAV}</nav><div class='breadcrumb'><a>Home</a> <a>News</a>"
        f"</div><main><h1>{title}</h1><div class='article-body' itemprop='articleBody'>"
        f"{_p(text[:half])}<aside class='related'>{TEASERS}</aside>{_p(text[half:])}</div>"
        f"<div class='newsletter'><p>Sign up for our newsletter</p><form><input></form></div>"
        f"</main><section class='more-stories'>{TEASERS}</section>"
        f"<footer>{NAV} © 2026</footer></body>"
    )


def table(title: str, text: Paragraphs) -> str:
    return (
        f"<body><table width='100%'><tr><td colspan='2'>{NAV}</td></tr><tr><td width='20%'>{NAV}"
        f"</td><td><h1>{title}</h1>{_p(text)}</td></tr><tr><td colspan='2'>Imprint</td></tr>"
        f"</table></body>"
    )


def soup(title: str, text: Paragraphs) -> str:
    body = "<p>".join(escape(each) for each in text)
    return f"<div class=menu>{NAV}<div class=content><h1>{title}</h1><p>{body}</div><div>Contact"


def amp(title: str, text: Paragraphs) -> str:
    return (
        f"<html amp><body><amp-sidebar>{NAV}</amp-sidebar><article class='amp-wp-article'>"
        f"<header><h1 class='amp-wp-title'>{title}</h1></header>"
        f"<div class='amp-wp-article-content'>"
        f"{_p(text)}<amp-ad width='300' height='250'></amp-ad></div></article></body></html>"
    )


def rich(title: str, text: Paragraphs) -> str:
    first, second, *rest = text
    return (
        f"<body><article><header><h1>{title}</h1></header>"
        f"<figure><img src='/a.jpg' alt=''></figure>"
        f"<p><strong>{escape(first)}</strong></p><blockquote><p>{escape(second)}</p></blockquote>"
        f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in rest)}</ul></article>"
        f"<div class='cookie-banner'><p>We use cookies.</p><button>Accept</button></div></body>"
    )


LAYOUTS: tuple[Layout, ...] = (plain, blog, portal, table, soup, amp, rich)


class Score(NamedTuple):
    """How well the words of a text agree with those that are wanted, from 0 to 1."""

    precision: float
    recall: float
    f1: float


def score(layout: Layout, title: str, text: Paragraphs) -> Score:
    head = f"<!doctype html><html><head><title>{title}</title></head>"
    found = re.sub(
        r"<[^<>]*>", " ", extract(head + layout(title, text), "https://x.example/a").html
    )
    found = found.removeprefix(" ").replace(title, "", 1)
    ours, theirs = (Counter(WORD.findall(each.lower())) for each in (found, " ".join(text)))
    common, both = (ours & theirs).total(), ours.total() + theirs.total()
    return Score(common / max(1, ours.total()), common / theirs.total(), 2 * common / both)


@pytest.mark.parametrize(
    ("layouts", "texts", "least"),
    [(LAYOUTS, TEXTS, 0.99), (known_pages.LAYOUTS, known_pages.TEXTS, 0.98)],
    ids=["simple", "as news sites"],
)
def test_the_text_of_known_pages_comes_out(
    layouts: tuple[Layout, ...], texts: list[tuple[str, Paragraphs]], least: float
) -> None:
    scores = {
        f"{layout.__name__}: {title}": score(layout, title, text)
        for layout in layouts
        for title, text in texts
    }
    assert len(scores) >= 35
    means = Score(*map(fmean, zip(*scores.values(), strict=True)))
    assert min(means) >= least, (means, scores)
    assert min(each.f1 for each in scores.values()) >= 0.9, scores


def test_cards_stay_where_they_are_the_text() -> None:
    cards = "".join(
        f"<div><h3><a href='/{n}'>Walk number {n}</a></h3><p>From the station by way of the old "
        f"mill to the inn, {n} hours.</p></div>"
        for n in range(1, 9)
    )
    digest = f"<article><h1>Walks</h1><p>{' '.join(TEXTS[0][1])}</p>{cards}</article>"
    for page in (f"<body>{cards}</body>", f"<body>{digest}</body>"):
        assert "to the inn, 8 hours." in extract(page, "https://x.example/walks").html


def test_the_caption_of_a_picture_is_kept_as_its_title() -> None:
    title, text = TEXTS[0]
    figure = "<figure><img src=/a.png alt=A><figcaption>At <b>dusk</b>.</figcaption></figure>"
    page = plain(title, text).replace("</p>", f"</p>{figure}", 1)
    (block,) = figures_in(extract(page, "https://x.example").html, is_html=True)
    assert (block.alt, block.title) == ("A", "At dusk.")


def test_a_box_of_many_headings_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Any] = []
    is_of_the_text = extracting._is_of_the_text

    def looking(box: Any) -> bool:
        looked_at.append(box)
        return is_of_the_text(box)

    monkeypatch.setattr(extracting, "_is_of_the_text", looking)
    title, text = TEXTS[0]
    box = f"<div>{'<h3><a href=/a></a></h3>' * 100}{'word ' * 100}</div>"
    page = plain(title, text).replace("<p>", f"{box}<p>", 1)
    assert text[-1] in extract(page, "https://x.example").html
    assert len(looked_at) == 1


def test_nothing_that_acts_is_left() -> None:
    title, text = TEXTS[0]
    bad = (
        "<p style='x' onclick='y()'>An <a href='javascript:z()'>odd</a> <b>paragraph</b> that has "
        "<iframe src='//ads'></iframe><svg onload='y()'></svg> rather many words to be kept.</p>"
    )
    found = extract(
        plain(title, text).replace("</article>", f"{bad}</article>"), "https://x.example"
    )
    assert "paragraph" in found.html
    for each in ("javascript", "onclick", "style", "iframe", "svg"):
        assert each not in found.html


@pytest.mark.parametrize(
    ("head", "target"),
    [
        ("<meta http-equiv=refresh content='0;url=/b'>", "https://x.example/b"),
        (
            '<META content="3; URL=\'https://y.example/\'" HTTP-EQUIV="Refresh">',
            "https://y.example/",
        ),
        ("<meta http-equiv=refresh content='300; url=/b'>", ""),
        ("<meta http-equiv=refresh content='5'>", ""),
        ("<meta name=refresh content='0;url=/b'>", ""),
    ],
)
def test_where_a_page_leads_on(head: str, target: str) -> None:
    assert refresh_of(head, "https://x.example/a") == target


def test_the_amp_version_that_a_page_names() -> None:
    assert amp_of("<link rel=amphtml href=/amp>", "https://x.example/a") == "https://x.example/amp"
    assert amp_of("<link rel=stylesheet href=/amp>", "https://x.example/a") == ""
