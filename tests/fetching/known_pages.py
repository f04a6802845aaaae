"""Pages as news sites make them, around texts that are known."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from itertools import chain, cycle

Paragraphs = tuple[str, ...]
Layout = Callable[[str, Paragraphs], str]

STORIES = """\
# Dockers and port agree after eleven days

The dockers of Marn go back to work on Monday. Their union and the port authority signed an
agreement last night which ends the longest strike in the harbour since 1974.

Wages rise by 5.5 per cent at once and by another two in the spring of next year. The authority
gives up its plan to hand the night shifts of the container terminal to a contractor.

“Nobody has won this,” said Petra Aldous, who led the talks for the union. “But the crews at
night will be our people, with our training. That was what it was about.”

Some forty ships are lying at anchor outside the breakwater. Pilots expect that it takes twelve
days until the last of them is unloaded; fruit and medicine come first.

Retailers put their losses at about 90 million. An association of hauliers asked for a fund that
would help small firms, of which three have already let drivers go.

Members still have to agree by ballot. The result is to be known on the ninth.

# Storm takes the roof off the school in Upper Tarn

A storm with gusts of up to 148 kilometres an hour moved across the hills in the night to
Thursday. In Upper Tarn it lifted half the roof off the primary school and laid it in the
playground.

No one was hurt. The caretaker, who lives next door, had heard the beams groan at around three and
fetched his family out of the annexe ten minutes before it gave way.

Fire crews counted more than 600 calls until the morning. Most were about trees on roads and on
power lines; in nine villages the lights were still out at noon.

The 112 pupils are to be taught in the parish hall and in two rooms of the brewery from Monday.
Parents have offered to drive. “We have had lessons in worse places,” the head teacher said.

Meteorologists speak of a storm such as comes once in fifteen years. The next front, expected at
the weekend, brings rain but hardly any wind.

# Maker of heaters calls back every second one it sold

Because a plug may become hot, the maker Ostrava Warm is calling back 31,000 electric heaters of
the series K2 and K2 Plus. They were sold between October and February.

Owners are asked to pull the plug and not to use the heater any more. They get their money back
against a photograph of the type plate, without a receipt.

The authority for product safety knows of seven cases in which the insulation melted. In one of
them a carpet caught fire; a neighbour put it out with a bucket of water.

According to the firm, a supplier had used a thinner wire than was ordered, and tests on arrival
had missed it. Heaters with a green dot below the handle have been checked already.

Consumer groups found fault with how long it took. The first complaint reached the firm on the
fourth of December; the call came nine weeks later.

# She counted the swifts: Marta Quell has died at 91

For 58 summers Marta Quell stood on the roof of the post office in Lind and counted swifts. On
Sunday the former telephone operator died in her sleep, at the age of 91.

She had begun in 1964 for the want of something to do in a lunch break. When scientists first
asked for her notebooks, in the eighties, nobody else in the country had such a row of figures.

They showed that the birds came back eleven days earlier than once, and that there were fewer of
them from the year in which the old granary was pulled down. The town hung up 200 nest boxes.

She never wanted to be called a researcher. “I look up,” she would say, “and then I write down a
number.” A professor who gave her an honorary degree carried her ladder that day.

The notebooks go to the museum. From May on, pupils of the school across the street will stand on
the roof at a quarter past twelve.

# Town gives the river its meadows back

For the first time in a century the Ebb may flood the meadows south of the town. Excavators
opened the old dyke in four places this week, to the applause of some two hundred onlookers.

A new and lower dyke runs 600 metres further back. Between the two lie 74 hectares on which cows
may graze in summer and water may stand in winter.

Engineers reckon that a flood such as that of 2013 would have been 22 centimetres lower in the
town. That is the difference between wet cellars and dry ones in the lower streets.

Farmers had fought the plan for years. In the end the town bought the land at a price that one of
them, asked on the new dyke, called decent and another called late.

Storks have found the place already. Five pairs walked through the mud on Thursday as though they
had been told.

The whole project cost 11.3 million, of which the state pays four fifths. Two more openings
upstream are to follow by the end of the decade.
"""


def texts_of(stories: str) -> list[tuple[str, Paragraphs]]:
    """The titles and paragraphs of *stories*."""
    found = []
    for story in stories.split("# ")[1:]:
        title, *paragraphs = (" ".join(each.split()) for each in story.split("\n\n"))
        found.append((title, tuple(filter(None, paragraphs))))
    return found


TEXTS = texts_of(STORIES)
HEADLINES = (
    "Council puts off vote on parking fees",
    "What the new season at the theatre brings",
    "“I would do it again”: a baker looks back",
    "Why rents in the north rise faster than elsewhere",
    "Seven walks for a wet weekend",
)
NAV = "".join(
    f"<li class='nv__i'><a href='/{each.lower()}'>{each}</a></li>"
    for each in ("Home", "World", "Politics", "Business", "Culture", "Sport", "Weather", "Video")
)
COMMENTS = (
    "They should have done this years ago, but of course nobody listens to those who live here.",
    "Does anyone know where one can read the whole report? The link above leads nowhere for me.",
    "My uncle worked there for thirty years and would have had a thing or two to say about it.",
    "Good article, thank you. A map would have helped those of us who are not from around here.",
    "As so often, only half of the story. Ask the people who have to pay for it in the end.",
)
CONSENT = (
    "We and our 843 partners store and read information on a device, such as cookies, and process "
    "personal data, such as unique identifiers, for personalised advertising and content, "
    "measurement of both, research into audiences and the development of services. You may agree, "
    "or refuse, or change your choices at any time by way of the link at the foot of each page."
)


def _p(paragraphs: Paragraphs, inner: str = "<p>{}</p>") -> str:
    return "".join(inner.format(escape(each)) for each in paragraphs)


def _between(paragraphs: Paragraphs, *boxes: str) -> str:
    """Each paragraph with one of *boxes* after it, in turns."""
    pairs = zip(_p(paragraphs).split("</p>"), cycle(boxes), strict=False)
    return "".join(chain.from_iterable((p + "</p>", box) for p, box in pairs if p))


def _teasers(kind: str = "card") -> str:
    return "".join(
        f"<div class='{kind}'><a href='/n/{n}'><img src='/{n}.jpg' alt=''><h3>{each}</h3></a>"
        f"<p class='{kind}__lead'>{each}, and what comes next. By our own reporter.</p></div>"
        for n, each in enumerate(HEADLINES)
    )


def hashed(title: str, text: Paragraphs) -> str:
    """Divs within divs whose classes mean nothing, and no element that says what it is."""
    paragraphs = _p(
        text,
        "<div class='css-s99gbd StoryBodyCompanionColumn'><div class='css-53u6y8'>"
        "<p class='css-at9mc1 evys1bk0'>{}</p></div></div>",
    )
    return (
        f"<body><div id='app'><div class='css-1vymt4'><div class='css-k008qs'><ul>{NAV}</ul></div>"
        f"</div><div class='css-13pd83m'><h1 class='css-1l24qy5'>{title}</h1>"
        f"<div class='css-rfqw0c'><span class='css-1baulvz'>By Ann Example</span></div>"
        f"{paragraphs}</div><div class='css-1bsdyk9'><div class='css-1kk2w'>{_teasers('css-9mqy')}"
        f"</div></div><div class='css-jq1cx6'><ul>{NAV}</ul></div></div></body>"
    )


def interrupted(title: str, text: Paragraphs) -> str:
    """Something else after each paragraph."""
    boxes = (
        "<div class='ad-slot' data-ad='mid'><span>Advertisement</span></div>",
        f"<div class='read-more'><p>Read more: <a href='/a'>{HEADLINES[0]}</a></p></div>",
        (
            "<aside class='newsletter-signup'><h4>The morning briefing</h4><p>What matters, in "
            "your inbox at seven.</p><form><input><button>Sign up</button></form></aside>"
        ),
        (
            f"<div class='related-articles'><ul><li><a href='/b'>{HEADLINES[1]}</a></li>"
            f"<li><a href='/c'>{HEADLINES[2]}</a></li></ul></div>"
        ),
    )
    return (
        f"<body><header><ul>{NAV}</ul></header><main><article><h1>{title}</h1>"
        f"<div class='article__body'>{_between(text, *boxes)}</div></article></main>"
        f"<section class='recirculation'>{_teasers()}</section></body>"
    )


def discussed(title: str, text: Paragraphs) -> str:
    """More words of readers than of the paper."""
    thread = "".join(
        f"<li class='comment'><div class='comment-author'>reader{n}</div>"
        f"<div class='comment-body'><p>{COMMENTS[n % len(COMMENTS)]}</p></div></li>"
        for n in range(25)
    )
    return (
        f"<body><nav><ul>{NAV}</ul></nav><article class='post'><h1>{title}</h1>{_p(text)}</article>"
        f"<section id='comments' class='comments-area'><h2>25 comments</h2><ol>{thread}</ol>"
        f"<form id='commentform'><textarea></textarea></form></section></body>"
    )


def consenting(title: str, text: Paragraphs) -> str:
    """A dialog of several hundred words comes first."""
    return (
        f"<body class='no-scroll'><div id='cmp-wrapper' class='cookie-consent' role='dialog'>"
        f"<h2>Your privacy</h2><p>{CONSENT}</p><p>{CONSENT}</p><button>Accept all</button></div>"
        f"<header><ul>{NAV}</ul></header><div class='layout'><div class='story'><h1>{title}</h1>"
        f"<div class='story__text'>{_p(text)}</div></div></div><footer><p>{CONSENT}</p></footer>"
        f"</body>"
    )


def boxed(title: str, text: Paragraphs) -> str:
    """Captions, a box of facts, and a sentence of the text set large beside it."""
    quote = max(text[2].split(". "), key=len)
    return (
        f"<body><ul>{NAV}</ul><article><h1>{title}</h1><div class='byline'>Ann Example, Lind</div>"
        f"<figure><img src='/a.jpg' alt='A street'><figcaption>Photo: Example Agency</figcaption>"
        f"</figure>{_p(text[:2])}<aside class='infobox'><h3>In short</h3><ul><li>Begun: 1964</li>"
        f"<li>Cost: unknown</li></ul></aside>{_p(text[2:4])}<aside class='pullquote'><blockquote>"
        f"{escape(quote)}</blockquote></aside>{_p(text[4:])}</article>"
        f"<div class='author-bio'><p>Ann Example has written for this paper since 2011.</p></div>"
        f"<div class='tags'><a>Town</a> <a>People</a></div></body>"
    )


def live(title: str, text: Paragraphs) -> str:
    """Entries with their times, the newest first."""
    entries = "".join(
        f"<article class='live-entry' id='e{n}'><header><time datetime='2024-05-01T1{n}:00'>1{n}:00"
        f"</time></header><div class='live-entry__body'><p>{escape(each)}</p></div>"
        f"<div class='share'><a>Share</a></div></article>"
        for n, each in enumerate(text)
    )
    return (
        f"<body><nav><ul>{NAV}</ul></nav><main><h1>{title}</h1><div class='live-blog'>{entries}"
        f"</div></main><aside class='most-read'><h2>Most read</h2>{_teasers()}</aside></body>"
    )


def data_only(title: str, text: Paragraphs) -> str:
    """The text is data for a script, and no part of the page."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "articleBody": "\n\n".join(text),
    }
    return (
        f"<script type='application/ld+json'>{json.dumps(data)}</script></head><body>"
        f"<div id='root'><ul>{NAV}</ul><div class='spinner'>Loading</div></div>"
        f"<script src='/app.js'></script></body>"
    )


def columns(title: str, text: Paragraphs) -> str:
    """The text goes on from one column to the next, between others of other things."""
    third = -(-len(text) // 3)
    parts = "".join(
        f"<div class='col col-4'>{_p(text[at : at + third])}</div>"
        for at in range(0, len(text), third)
    )
    return (
        f"<body><div class='row'><div class='col col-2'><ul>{NAV}</ul></div>"
        f"<div class='col col-8'><h1>{title}</h1><div class='row'>{parts}</div></div>"
        f"<div class='col col-2 rail'>{_teasers('rail-item')}</div></div></body>"
    )


def broken_lines(title: str, text: Paragraphs) -> str:
    """No paragraphs: empty lines."""
    body = "<br><br>\n".join(escape(each) for each in text)
    return (
        f"<body><table><tr><td>{NAV}</td><td><font size='5'><b>{title}</b></font><br>"
        f"<div id='artikel'>{body}</div></td><td>{_teasers()}</td></tr></table></body>"
    )


def listed(title: str, text: Paragraphs) -> str:
    """A list and a table are part of the text."""
    first, second, third, *rest = text
    rows = "".join(
        f"<tr><td>{escape(each[:40])}</td><td>{escape(each[40:])}</td></tr>" for each in rest
    )
    return (
        f"<body><header><ul>{NAV}</ul></header><div class='content-wrapper'><h1>{title}</h1>"
        f"<div class='rich-text'><p>{escape(first)}</p><ul><li>{escape(second)}</li>"
        f"<li>{escape(third)}</li></ul><table><tbody>{rows}</tbody></table></div></div>"
        f"<div class='outbrain'><h4>You may also like</h4>{_teasers()}</div></body>"
    )


LAYOUTS: tuple[Layout, ...] = (
    *(hashed, interrupted, discussed, consenting, boxed, live, data_only, columns, broken_lines),
    listed,
)
