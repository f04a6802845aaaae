"""Files become articles, and go out again as they came."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.model import Article, Image, Issue, LinkKind, Provider, Severity
from newsreader.sources.article import parse_article, read_article, write_article
from newsreader.sources.fields import front_matter
from newsreader.sources.result import Reading


def parse(text: str | bytes, name: str = "a.md") -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return parse_article(data, source="folder", name=name)


def article(text: str | bytes, name: str = "a.md") -> Article:
    reading = parse(text, name)
    assert reading.article is not None, reading.issues
    return reading.article


def the_issue(reading: Reading) -> Issue:
    (issue,) = reading.issues
    return issue


@pytest.mark.parametrize("number", range(5))
def test_a_seed_goes_out_as_it_came(seeds: Path, number: int) -> None:
    path = sorted(seeds.iterdir())[number]
    reading = read_article(path, source=str(seeds))
    assert reading.article is not None
    assert reading.issues == ()
    expected = frontmatter.load(str(path)).metadata
    assert front_matter(reading.article) == expected
    assert list(front_matter(reading.article)) == list(expected)
    written = write_article(reading.article)
    assert frontmatter.loads(written).metadata == expected
    again = parse_article(written.encode(), source=str(seeds), name=str(path))
    assert again.article == reading.article


def test_every_field_of_a_seed(seeds: Path) -> None:
    found = read_article(seeds / "000_0f77415346321f8b.txt").article
    assert found is not None
    assert found.title == "In 'the Blackest city in America,' a fight to end facial recognition"
    assert found.excerpt.startswith("Activists say facial recognition")
    assert found.published_at == datetime(2020, 7, 1, 12, 9, tzinfo=UTC)
    assert (found.category, found.type, found.quality, found.heat) == ("news", "article", 89, 109)
    assert found.is_published is True
    assert found.original_url == ""
    assert found.web_url.startswith("https://www.cnet.com/news/")
    assert found.amp_url.startswith("https://www.cnet.com/google-amp/")
    assert found.cdn_amp_url.startswith("https://www-cnet-com.cdn.ampproject.org/")
    assert [link.kind for link in found.links] == [LinkKind.WEB, LinkKind.AMP, LinkKind.CDN_AMP]
    assert found.provider is not None
    assert (found.provider.name, found.provider.domain) == ("CNET", "cnet.com")
    assert (found.provider.images[0].width, found.provider.images[0].height) == (50, 50)
    assert found.topics == ("Computer Vision", "AI")
    (image,) = found.images
    assert (image.width, image.height, image.is_cached) == (756, 567, True)
    assert image.title == found.title
    first, second = found.related
    assert first.provider is not None
    assert first.provider.domain == "freep.com"
    assert (first.quality, second.quality) == (51, 19)
    assert first.images[0].height == 675
    assert second.images == ()
    assert found.secured is not None
    assert found.secured.endswith(";HLztwuXhmNedGxDP9XnY4A==")
    assert found.body == ""


def test_heat_of_minus_one_is_unknown_and_goes_out_as_minus_one() -> None:
    found = article("---\ntitle: a\nheat: -1\n---\n")
    assert found.heat is None
    assert front_matter(found) == {"title": "a", "heat": -1}


def test_what_is_missing_is_not_invented() -> None:
    found = article("---\ntitle: a\n---\n")
    assert found.published_at is None
    assert found.quality is None
    assert found.is_published is None
    assert found.provider is None
    assert found.secured is None
    assert (found.topics, found.images, found.related) == ((), (), ())
    assert front_matter(found) == {"title": "a"}


def test_unknown_keys_are_kept_untouched() -> None:
    found = article("---\ntitle: a\nfeaturedContent: {x: [1, 2.5, null]}\n7: seven\n---\n")
    assert found.origin.extra == {"featuredContent": {"x": [1, 2.5, None]}, 7: "seven"}
    assert front_matter(found)["featuredContent"] == {"x": [1, 2.5, None]}


def test_entities_are_decoded_for_display_and_kept_for_writing() -> None:
    written = "Fish &amp; chips &#8217;n&#8217; &amp;quot;more&amp;quot;"
    found = article(f"---\ntitle: {written}\n---\n")
    assert found.title == 'Fish & chips ’n’ "more"'
    assert front_matter(found)["title"] == written


def test_secured_is_kept_to_the_byte() -> None:
    found = article('---\ntitle: a\nsecured: "  x&amp;y\\tz=="\n---\n')
    assert found.secured == "  x&amp;y\tz=="


@pytest.mark.parametrize("suffix", [".md", ".markdown", ".txt", ".yaml", ".yml", ".html"])
def test_front_matter_and_body_in_every_kind_of_file(suffix: str) -> None:
    found = article("---\ntitle: a\n---\nThe body.\n", f"a{suffix}")
    assert (found.title, found.body) == ("a", "The body.")
    assert found.body_is_html == (suffix == ".html")


def test_a_yaml_file_may_be_front_matter_from_end_to_end() -> None:
    assert article("title: a\nquality: 7\n", "a.yaml").quality == 7
    assert article("---\ntitle: a\nquality: 7\n", "a.yml").quality == 7


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_byte_order_marks(newline: str, encoding: str) -> None:
    text = newline.join(["---", "title: Grüße", "---", "One", "two"])
    reading = parse(text.encode(encoding))
    assert reading.issues == ()
    assert reading.article is not None
    assert (reading.article.title, reading.article.body) == ("Grüße", "One\ntwo")


def test_another_encoding_is_read_with_a_note() -> None:
    reading = parse("---\ntitle: a\nexcerpt: Grüße – “ja”\n---\n".encode("cp1252"))
    assert reading.article is not None
    assert reading.article.excerpt == "Grüße – “ja”"
    issue = the_issue(reading)
    assert (issue.severity, issue.line) == (Severity.WARNING, 3)


def test_toml() -> None:
    found = article('+++\ntitle = "a"\ndate = 2020-07-01T12:09:00Z\ntags = ["x", "y"]\n+++\nBody')
    assert found.published_at == datetime(2020, 7, 1, 12, 9, tzinfo=UTC)
    assert (found.topics, found.body) == (("x", "y"), "Body")


def test_json() -> None:
    found = article('{\n"title": "a",\n"quality": 69\n}\n\nBody')
    assert (found.title, found.quality, found.body) == ("a", 69, "Body")


def test_names_of_jekyll_and_hugo() -> None:
    found = article(
        "---\ntitle: a\ndate: 2020-07-01 12:09:00 +0200\ntags: x, y\ncategories: [news, tech]\n"
        "description: d\nsummary: s\ndraft: true\nauthor: Ann\nlink: https://x.org/a\n---\n"
    )
    assert found.published_at == datetime(2020, 7, 1, 10, 9, tzinfo=UTC)
    assert found.category == "news"
    assert found.topics == ("x", "y", "tech")
    assert found.excerpt == "d"
    assert found.origin.extra["summary"] == "s"
    assert found.is_published is False
    assert found.provider is not None
    assert found.provider.name == "Ann"
    assert found.url == "https://x.org/a"


def test_names_of_zola() -> None:
    found = article('+++\ntitle = "a"\n[taxonomies]\ntags = ["x"]\ncategories = ["c"]\n+++\n')
    assert (found.topics, found.category) == (("x",), "c")


def test_our_own_name_wins_over_another_programs() -> None:
    found = article("---\npublishedDateTime: 2020-07-01\ndate: 1999-01-01\n---\n")
    assert found.published_at == datetime(2020, 7, 1, tzinfo=UTC)
    assert "date" in found.origin.extra


def test_the_date_of_a_jekyll_file_name() -> None:
    found = article("---\ntitle: a\n---\n", "posts/2020-07-01-name.md")
    assert found.published_at == datetime(2020, 7, 1, tzinfo=UTC)
    assert front_matter(found) == {"title": "a"}
    assert article("---\ntitle: a\n---\n", "2020-13-41-name.md").published_at is None


@pytest.mark.parametrize(
    ("header", "attribute", "value"),
    [
        ("quality: '69'", "quality", 69),
        ("quality: 69.0", "quality", 69),
        ("topics: a, b", "topics", ("a", "b")),
        ("topics: [a, a, '', 2020]", "topics", ("a", "2020")),
        ("published: 'yes'", "is_published", True),
        ("title: 2020", "title", "2020"),
        ("title: null", "title", ""),
        ("provider: CNET", "provider", Provider(name="CNET")),
        ("publishedDateTime: 1593605340", "published_at", datetime(2020, 7, 1, 12, 9, tzinfo=UTC)),
        ("publishedDateTime: Wed, 01 Jul 2020 14:09:00 +0200", "published_at",
         datetime(2020, 7, 1, 12, 9, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_other_spellings_of_a_value(header: str, attribute: str, value: object) -> None:
    found = article(f"---\n{header}\n---\n")
    ours = getattr(found, attribute)
    if isinstance(ours, Provider):
        ours = Provider(name=ours.name, domain=ours.domain)
    assert ours == value


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("quality: high", "quality"),
        ("quality: true", "quality"),
        ("quality: .nan", "quality"),
        ("quality: 1e99", "quality"),
        ("publishedDateTime: soon", "publishedDateTime"),
        ("topics: {a: b}", "topics"),
        ("title: [a]", "title"),
        ("published: perhaps", "published"),
        ("related: [[a]]", "related"),
        ("images: 5", "images"),
        ("provider: [a, b]", "provider"),
        ("secured: [a]", "secured"),
    ],
)
def test_a_wrong_value_is_set_aside_with_its_line_and_the_article_stays(
    header: str, key: str
) -> None:
    reading = parse(f"---\ncategory: c\n{header}\n---\nBody")
    assert reading.article is not None
    assert (reading.article.category, reading.article.body) == ("c", "Body")
    issue = the_issue(reading)
    assert (issue.severity, issue.line) == (Severity.WARNING, 3)
    assert issue.reason.startswith(key)
    assert key in front_matter(reading.article)


def test_a_wrong_value_deep_down_is_told_with_its_own_line() -> None:
    reading = parse("---\ncategory: c\nrelated:\n- title: x\n  quality: bad\n---\n")
    issue = the_issue(reading)
    assert (issue.line, issue.reason) == (
        5,
        "related.quality: a whole number was expected; set aside",
    )


def test_an_impossible_date_under_an_unknown_key_is_text() -> None:
    assert front_matter(article("---\nx: 2020-13-45\n---\n")) == {"x": "2020-13-45"}


def test_a_wrong_value_goes_out_as_it_came() -> None:
    assert front_matter(article("---\nquality: high\n---\n")) == {"quality": "high"}


def test_the_text_of_a_wrong_date_is_kept_to_show() -> None:
    found = article("---\npublishedDateTime: some day soon\n---\n")
    assert (found.published_at, found.published_text) == (None, "some day soon")


def test_images_and_related_given_as_text() -> None:
    found = article("---\nimages: [https://x.org/a.png]\nrelated: [A story]\n---\n")
    assert [image.url for image in found.images] == ["https://x.org/a.png"]
    assert isinstance(found.images[0], Image)
    assert [related.title for related in found.related] == ["A story"]


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("---\n[a\n---\n", 2, 1, "YAML"),
        ("\n\n---\n{a: b\n---\n", 4, 1, "YAML"),
        ("---\n- a\n---\n", 1, None, "mapping"),
        ("+++\ntitle = \n+++\n", 2, 9, "TOML"),
        ('{\n"title": a\n}\n', 2, 10, "JSON"),
        ("   \n\n", None, None, "empty"),
        ("", None, None, "empty"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    text: str, line: int | None, column: int | None, word: str
) -> None:
    reading = parse(text)
    assert reading.article is None
    issue = the_issue(reading)
    assert issue.severity is Severity.ERROR
    assert (issue.line, issue.column) == (line, column)
    assert word in issue.reason


def test_a_file_without_front_matter_is_shown_as_text_with_a_note() -> None:
    reading = parse("# A heading\n\nText.\n")
    assert reading.article is not None
    assert reading.article.headline == "A heading"
    assert the_issue(reading).severity is Severity.WARNING


def test_front_matter_without_an_end_is_read_with_a_note() -> None:
    reading = parse("---\ntitle: a\nquality: 7\n")
    assert reading.article is not None
    assert (reading.article.title, reading.article.quality) == ("a", 7)
    assert "closing" in the_issue(reading).reason


def test_control_characters_never_reach_an_article() -> None:
    found = article('---\ntitle: "a\\e[31mred\\e[0m\\u202eb"\n---\nbody \x1b]0;x\x07end')
    assert found.title == "aredb"
    assert found.body == "body end"


def test_a_missing_file_is_an_issue(tmp_path: Path) -> None:
    reading = read_article(tmp_path / "no.md")
    assert reading.article is None
    assert "cannot be read" in the_issue(reading).reason


@given(st.binary(max_size=300))
def test_any_bytes_give_an_article_or_an_issue(data: bytes) -> None:
    for prefix in (b"", b"---\n", b"---\ntitle: "):
        reading = parse_article(prefix + data, name="a.md")
        assert reading.article is not None or reading.issues


_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
_keys = st.sampled_from(
    ["title", "quality", "heat", "topics", "related", "provider", "images", "publishedDateTime",
     "published", "secured", "type", "date", "tags", "categories", "draft", "author", "taxonomies"]
)  # fmt: skip


@given(st.dictionaries(_keys, _values, max_size=6))
def test_any_values_are_taken_and_given_back(metadata: dict[str, object]) -> None:
    from newsreader.sources.aliases import with_our_names
    from newsreader.sources.fields import Notes, article_attributes

    notes: Notes = []
    found = Article(**article_attributes(metadata, notes))
    expected = with_our_names(metadata)
    given_back = front_matter(found)
    assert repr(given_back) == repr(expected) or given_back == expected
