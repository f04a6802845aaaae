"""What each form of the language finds."""

from __future__ import annotations

import pytest
from tiny_table import CAFE, CPLUSPLUS, DETROIT, SURVEILLANCE, TABLE, TOKYO, ask

ALL = [DETROIT, SURVEILLANCE, CAFE, TOKYO, CPLUSPLUS]


def but(*rows: int) -> list[int]:
    return [row for row in ALL if row not in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ALL),
        ("  \t ", ALL),
        # words and phrases
        ("detroit", [DETROIT]),
        ("DETROIT", [DETROIT]),
        ("det", []),
        ("det*", [DETROIT, CPLUSPLUS]),
        ("etroit", []),
        ("etroi*", []),
        ("cafe", [CAFE]),
        ("CAFÉ", [CAFE]),
        ("isn't", [CAFE]),
        ("isn’t", [CAFE]),
        ("mass-surveillance", [SURVEILLANCE]),
        ("surveillance", [SURVEILLANCE]),
        ('"mass surveillance"', []),
        ('"facial recognition"', [DETROIT]),
        ("“facial recognition”", [DETROIT]),
        ('"facial  Recognition"', [DETROIT]),
        ('"facial recog"', []),
        ('"recognition the"', []),  # a phrase never spans two fields
        ('"the \\"wrong\\" man"', [DETROIT]),
        ('"recog*"', []),
        ("c++", [CPLUSPLUS]),
        ("c", [CPLUSPLUS]),
        ("++", [CPLUSPLUS]),
        ("--x --c", []),
        ("back - or", [CPLUSPLUS]),
        ("京", [TOKYO]),
        ("顔認証", [TOKYO]),
        ("12:30", []),
        # and, or, not
        ("detroit court", [DETROIT]),
        ("detroit AND court", [DETROIT]),
        ("detroit cafe", []),
        ("detroit OR cafe", [DETROIT, CAFE]),
        ("detroit|cafe", [DETROIT, CAFE]),
        ("cafe | detroit", [DETROIT, CAFE]),
        ("back or", [CPLUSPLUS]),
        ("detroit and", []),
        ("detroit court OR cafe street", [DETROIT, CAFE]),
        ("(detroit OR cafe) far", [CAFE]),
        ("(detroit OR cafe) provider:wsj.com", [DETROIT]),
        ("-detroit", but(DETROIT)),
        ("!detroit", but(DETROIT)),
        ("NOT detroit", but(DETROIT)),
        ("NOT(detroit OR cafe)", but(DETROIT, CAFE)),
        ("NOT -detroit", [DETROIT]),
        ("-(detroit|cafe) -tokyo", but(DETROIT, CAFE)),
        # names
        ("topic:AI", [DETROIT, SURVEILLANCE]),
        ("topic=ai", [DETROIT, SURVEILLANCE]),
        ("TOPIC:ai", [DETROIT, SURVEILLANCE]),
        ('topic:"computer vision"', [DETROIT]),
        ("topic:computer", []),
        ("topic:comp*", [DETROIT]),
        ('topic:"comp*"', []),
        ("topic:detente", [CPLUSPLUS]),
        ("topic:detente,AI", [DETROIT, SURVEILLANCE, CPLUSPLUS]),
        ('topic:detente,"computer vision"', [DETROIT, CPLUSPLUS]),
        ("topic!=AI", but(DETROIT, SURVEILLANCE)),
        ("-topic!=AI", [DETROIT, SURVEILLANCE]),
        ("topic:none", [TOKYO]),
        ('topic:"none"', [CAFE]),
        ("topic:none,detente", [TOKYO, CPLUSPLUS]),
        ("topic:*", but(TOKYO)),
        ("-topic:none", but(TOKYO)),
        ("category:news", [DETROIT, TOKYO]),
        ("category:none", [CAFE, CPLUSPLUS]),
        ("category:NE*,opinion", [DETROIT, SURVEILLANCE, TOKYO]),
        ("type:video", [TOKYO]),
        ("type:none", [CAFE]),
        ("provider:wsj.com", [DETROIT, SURVEILLANCE]),
        ("from:wsj.com", [DETROIT, SURVEILLANCE]),
        ("provider:blogs.wsj.com", [SURVEILLANCE]),
        ("provider:sj.com", []),
        ('provider:"wall street journal"', [DETROIT]),
        ("provider:cnet", [CPLUSPLUS]),
        ("provider:tech", [CAFE]),
        ("provider:techs*", [CAFE]),
        ("provider:w*", [DETROIT, SURVEILLANCE]),
        ("provider:none", [TOKYO]),
        # within one text
        ("title:street", [CAFE]),
        ("title:str*", [CAFE]),
        ("title:far", []),
        ('title:"wall street"', [CAFE]),
        ("title!=street", but(CAFE)),
        ("excerpt:arrested", [DETROIT]),
        ("excerpt:court", []),
        ("body:court,far", [DETROIT, CAFE]),
        ("body:deter", []),
        ("body:deter*", [DETROIT]),
        # addresses
        ("url:FREEP.com", [DETROIT]),
        ("url:wsj", [DETROIT]),
        ("url:tokyo", [TOKYO]),
        ("http://www.freep.com/story/Detroit/#top", [DETROIT]),
        ("https://www.wsj.com/articles/detroit_(city)", [DETROIT]),
        ("(https://amp.example.com/tokyo)", [TOKYO]),
        ("https://example.com", []),
        ("-https://www.freep.com", but(DETROIT)),
        # numbers
        ("quality>=60", [DETROIT, SURVEILLANCE]),
        ("quality:>=60", [DETROIT, SURVEILLANCE]),
        ("quality>60", [DETROIT]),
        ("quality<60", [TOKYO, CPLUSPLUS]),
        ("quality<=60", [SURVEILLANCE, TOKYO, CPLUSPLUS]),
        ("quality=60", [SURVEILLANCE]),
        ("quality:60", [SURVEILLANCE]),
        ("quality:-5", [CPLUSPLUS]),
        ("quality!=60", [DETROIT, TOKYO, CPLUSPLUS]),
        ("-quality:60", but(SURVEILLANCE)),
        ("quality:40..60", [SURVEILLANCE, TOKYO]),
        ("quality:60..", [DETROIT, SURVEILLANCE]),
        ("quality:..60", [SURVEILLANCE, TOKYO, CPLUSPLUS]),
        ("quality:40,80..", [DETROIT, TOKYO]),
        ("quality:none", [CAFE]),
        ("quality:none,40", [CAFE, TOKYO]),
        ("quality!=none", but(CAFE)),
        ("heat:none", [SURVEILLANCE, CAFE]),
        ("heat:-1", [SURVEILLANCE, CAFE]),
        ("heat>-1", [DETROIT, TOKYO, CPLUSPLUS]),
        ("heat:0", [CPLUSPLUS]),
        ("related>=1", [DETROIT, CPLUSPLUS]),
        ("related:0", [SURVEILLANCE, CAFE, TOKYO]),
        ("related:none", [SURVEILLANCE, CAFE, TOKYO]),
        ("images:1", [DETROIT]),
        ("year:2020", [DETROIT, SURVEILLANCE]),
        ("year:2019,2023", [TOKYO, CPLUSPLUS]),
        ("year:none", [CAFE]),
        # dates
        ("date:2020", [DETROIT, SURVEILLANCE]),
        ("date:2020-07", [DETROIT]),
        ("date:2020-07-01T12:09", [DETROIT]),
        ("date:2020-07-01T12:10", []),
        ("date:2020-07..2020-10-01", [DETROIT, SURVEILLANCE]),
        ("date:2020-08..", [SURVEILLANCE, TOKYO]),
        ("date:..2019", [CPLUSPLUS]),
        ("date:2019,2023", [TOKYO, CPLUSPLUS]),
        ("date>2020-07", [SURVEILLANCE, TOKYO]),
        ("date>=2020-07", [DETROIT, SURVEILLANCE, TOKYO]),
        ("date<2020-07", [CPLUSPLUS]),
        ("date<=2020-07", [DETROIT, CPLUSPLUS]),
        ("date!=2020", [TOKYO, CPLUSPLUS]),
        ("date:7d", [TOKYO]),
        ("date:7d..", [TOKYO]),
        ("date>7d", [TOKYO]),
        ("date:1d", []),
        ("date:..30d", [DETROIT, SURVEILLANCE, CPLUSPLUS]),
        ("date<30d", [DETROIT, SURVEILLANCE, CPLUSPLUS]),
        ("date:4y..3w", [DETROIT, SURVEILLANCE, CPLUSPLUS]),
        ("date:today", []),
        ("date:yesterday", []),
        ("date<yesterday", but(CAFE)),
        ("date:none", [CAFE]),
        # flags
        ("is:published", [DETROIT, TOKYO]),
        ("is:unpublished", [SURVEILLANCE]),
        ("-is:published", [SURVEILLANCE, CAFE, CPLUSPLUS]),
        ("is:secured", [SURVEILLANCE]),
        ("is:published,secured", [DETROIT, SURVEILLANCE, TOKYO]),
        ("has:related", [DETROIT, CPLUSPLUS]),
        ("has:image", [DETROIT]),
        ("has:images", [DETROIT]),
        ("has:body", [DETROIT, CAFE]),
        ("has:amp", [TOKYO]),
        # together
        ("is:published category:news -type:video quality>50 detroit", [DETROIT]),
    ],
)
def test_finds(text: str, rows: list[int]) -> None:
    assert ask(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("detr", [DETROIT]),
        ("detr ", []),
        ("detr court", [DETROIT][:0]),
        ("court detr", [DETROIT]),
        ("topic:comp", [DETROIT]),
        ("topic:detente,comp", [DETROIT, CPLUSPLUS]),
        ("provider:wsj.co", [DETROIT]),
        ("title:str", [CAFE]),
        ('"facial recog', [DETROIT]),
        ('"facial recog"', []),
        ('topic:"Computer V', [DETROIT]),
        ("(cafe OR detr", [DETROIT, CAFE]),
        ("-(cafe OR detr", but(DETROIT, CAFE)),
        ("quality:6", []),
    ],
)
def test_finds_while_typing(text: str, rows: list[int]) -> None:
    assert ask(text, typing=True) == rows


def test_rows_keep_their_order() -> None:
    assert ask("detroit OR cafe OR topic:AI", rows=[4, 2, 1, 0]) == [2, 1, 0]


def test_a_word_in_a_longer_one_does_not_hide_the_word_itself() -> None:
    from newsreader.query.ast import Text
    from newsreader.query.words import finder

    find = finder(Text(None, "aa"))
    assert find is not None
    assert find("aaa aa")
    assert not find("aaa a_aa aab")


def test_every_row_of_the_table_is_of_one_article() -> None:
    assert len(TABLE) == len(TABLE.texts) == len(ALL)
