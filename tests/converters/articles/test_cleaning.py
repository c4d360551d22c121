"""What surrounds the news changes no event: navigation, appeals, captions, bylines, dates, languages and layouts."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.converters.articles import Extraction, extract
from conflict_events.converters.articles.cleaning import boilerplate, metadata, stamps
from conflict_events.converters.articles.cleaning import text as texts
from conflict_events.evidence import evidence

TITLE = "Town is taken back by the government"
NEWS = [
    "On Monday, Iraqi forces killed 12 ISIS fighters near Baiji, Iraq, the army said.",
    "A car bomb killed nine people in Baghdad on Tuesday, police said.",
    "The road to the town was opened on Wednesday by the engineers.",
]
FRENCH = "L'armée a tué douze combattants lundi à Mossoul, selon les autorités irakiennes."
# every line names a place or tells of an attack that is no part of the story, where such lines do
NOISE = [
    "Share: f t | Next post >>",
    "<< Previous post | Next post >>",
    "Previous: ISIS kills 20 in Mosul on Sunday",
    "Home > News > Middle East > Iraq > Mosul",
    "Home » News » Syria",
    "This website uses cookies. Accept all. Reject all.",
    "(Photo: Rebels fire a mortar in Aleppo on Sunday)",
    "FILE PHOTO: Soldiers attack ISIS fighters in Fallujah on May 3, 2016. REUTERS/Jane Doe/File Photo",
    "FILE - Taliban fighters attack a checkpoint in Kunduz, Sunday, May 3, 2015. (AP Photo/Jane Doe)",
    "Image: Smoke rises after an airstrike killed 5 people in Aleppo on Sunday",
    "Image caption Smoke rises after an airstrike killed 5 people in Aleppo",
    "Smoke rises after an airstrike killed 5 people in Aleppo on Sunday. Jane Doe/Reuters",
    "Smoke rises after an airstrike killed 5 people in Aleppo, Syria [Jane Doe/Reuters]",
    "Soldiers attack rebels in Kidal, Mali, on Sunday [Getty]",
    "Rebels attacked Aleppo on Sunday (AFP/Getty Images)",
    "Rebels attacked Aleppo on Sunday. Photograph: Jane Doe/AP",
    "Rebels attacked Aleppo on Sunday. / AFP / Jane Doe",
    "Rebels attacked Aleppo on Sunday. REUTERS/Jane Doe",
    "By Jane Doe",
    "By Jane Doe, Al Jazeera",
    "By JANE DOE | Associated Press",
    "Reporting by Jane Doe in Kidal and John Roe in Mosul; Editing by Ann Poe",
    "(Reporting by Jane Doe; Writing by John Roe; Editing by Ann Poe)",
    "Also read: Rebels attack Aleppo, killing 20",
    "READ MORE: ISIS kills 20 in Mosul",
    "More from Mali: Soldiers killed in Gao attack",
    "Most popular: Taliban kill 10 soldiers in Kunduz",
    "Editor’s picks: Taliban kill 10 soldiers in Kunduz",
    "Watch: Taliban attack Kabul airport, killing 9",
    "Sign up for our daily newsletter to get news from Aleppo",
    "Get the best of our reporting on Afghanistan in your inbox.",
    "Our journalism depends on readers like you. Support us from as little as $1.",
    "12 Comments",
    "Tags: Aleppo, Syria, ISIS, Taliban attack",
    "© 2016 Example Media, Aleppo",
    "Correction: An earlier version of this article misstated the number killed in Kabul.",
    "5 min read",
    FRENCH,
    "قتل الجيش العراقي ١٢ مسلحا في الموصل يوم الاثنين.",
    "Иракская армия убила 12 боевиков в Мосуле в понедельник.",
    "伊拉克军队周一在摩苏尔打死12名武装分子。",
]
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u034f\u2067\u2069\ufe0f\u180e"


def page(*paragraphs: str) -> str:
    return "\n\n".join(["Published: 2016-11-09", TITLE, *paragraphs])


def told(text: str) -> list[dict[str, Any]]:
    """The events without the ids, which the text's hash is part of."""
    events = extract(text, article="a").tables["events"]
    return [{k: v for k, v in event.items() if k not in ("event_id", "origin_id")} for event in events]


def places(text: str) -> list[str]:
    return sorted(str(row["name"]) for row in extract(text, article="a").tables["places"])


def codes(extraction: Extraction) -> list[str]:
    return [finding.code for finding in extraction.findings]


def meta(text: str) -> metadata.Metadata:
    return metadata.read(texts.read(text), None, None)


PLAIN = told(page(*NEWS))
NAMED = places(page(*NEWS))


def test_the_plain_story_has_two_events() -> None:
    assert [event["place_name"] for event in PLAIN] == ["Baiji", "Baghdad"]


@pytest.mark.parametrize("line", NOISE)
def test_a_line_that_is_no_news_changes_nothing(line: str) -> None:
    for text in (
        page(line, *NEWS),
        page(NEWS[0], line, *NEWS[1:]),
        page(*NEWS, line),
        page(f"{NEWS[0]}\n{line}", *NEWS[1:]),
    ):
        assert told(text) == PLAIN
        assert places(text) == NAMED
    assert told(page(line)) == []


@given(st.lists(st.tuples(st.integers(0, len(NEWS)), st.sampled_from(NOISE)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_boilerplate_around_the_news_leaves_its_events(lines: list[tuple[int, str]]) -> None:
    paragraphs = list(NEWS)
    for position, line in sorted(lines, reverse=True):
        paragraphs.insert(position, line)
    assert told(page(*paragraphs)) == PLAIN


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(UNSEEN)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_signs_that_are_not_seen_leave_the_events(marks: list[tuple[int, str]]) -> None:
    head, body = page(*NEWS).split("\n\n", 1)
    for position, sign in marks:
        cut = min(position, len(body))
        body = body[:cut] + sign + body[cut:]
    assert told(f"{head}\n\n{body}") == PLAIN


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x85"])
def test_every_kind_of_line_break_gives_the_same_events(end: str) -> None:
    head, body = page(*NEWS).split("\n\n", 1)
    assert told(f"{head}\n\n{body.replace(chr(10), end)}") == PLAIN
    assert end not in "\r\n" or told(page(*NEWS).replace("\n", end)) == PLAIN


def test_decomposed_letters_are_the_letters() -> None:
    text = page("On Monday, the army of Colombia killed four ELN fighters in Popayán, Colombia.")
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert told(apart) == told(text)
    for report in extract(apart, article="a").tables["reports"]:
        start, end = int(str(report["evidence_start"])), int(str(report["evidence_end"]))
        assert evidence(apart[start:end])[0] == report["evidence_sha256"]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, Iraqi forces had killed 12 ISIS fighters near Baiji in Iraq.",
        "By Monday Iraqi forces had killed 12 ISIS fighters near Baiji.",
        "The group, which asks for donations by PayPal, killed 12 soldiers near Baiji in Iraq on Monday.",
        "Donated trucks were hit when ISIS shelled Baiji in Iraq on Monday, killing 12 people.",
        "Posted in the village, Iraqi soldiers killed 12 ISIS fighters near Baiji on Monday.",
        "Related attacks by ISIS killed 12 people in Baiji, Iraq, on Monday.",
        "The group said “nous avons tué les soldats de la coalition dans la ville”; ISIS attacked Baiji on Monday.",
        "(c) On Monday, ISIS attacked Baiji in Iraq, killing 12 people.",
        "14:32 — Iraqi forces recaptured the town of Baiji from ISIS in Iraq.",
        "SPEAKER: On Monday, Iraqi forces recaptured the town of Baiji from ISIS.",
        "3) ISIS shelled Baiji in Iraq on Sunday",
    ],
)
def test_news_that_looks_like_a_notice_is_read(line: str) -> None:
    assert [event["place_name"] for event in told(page(line, NEWS[2]))] == ["Baiji"]


def test_headlines_of_other_articles_and_comments_are_no_news() -> None:
    others = ["Related articles", "ISIS kills 20 in Mosul on Sunday", "Taliban kill 10 soldiers in Kunduz on Sunday"]
    comments = ["2 Comments", "Ann says:", "On Sunday, ISIS killed my 20 neighbours in Mosul.", "Reply"]
    assert told(page(NEWS[0], *others, *NEWS[1:], *comments)) == PLAIN
    assert told(page(NEWS[0], "2 Comments", *NEWS[1:])) == PLAIN
    assert boilerplate.blocks(["A sentence stands here.", "Comments", "It goes on here."]) == set()


def test_a_caption_inside_a_paragraph_is_left_out() -> None:
    inside = f"{NEWS[0]} (Photo: Rebels attack Aleppo on Sunday) {NEWS[1]} Also read: ISIS kills 20 in Mosul."
    assert told(page(inside, NEWS[2])) == PLAIN


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        "El ejército mató a 12 combatientes del ISIS en Mosul el lunes.",
        "In Mosul starben am Montag 12 Soldaten in einem Gefecht mit ISIS, hiess es in Bagdad.",
        "L'esercito iracheno ha ucciso 12 combattenti ISIS a Mosul in Iraq lunedì.",
        "Tentara Irak membunuh 12 militan ISIS di Mosul pada hari Senin, kata pejabat.",
        "Irak ordusu Pazartesi günü Musul'da bir saldırıda 12 militanı öldürdü.",
        "Иракская армия убила 12 боевиков в Мосуле в понедельник.",
        "伊拉克军队周一在摩苏尔打死12名武装分子。",
        "قتل الجيش العراقي ١٢ مسلحا في الموصل يوم الاثنين.",
        "צבא עיראק הרג 12 חמושים במוסול ביום שני.",
    ],
)
def test_another_language_is_refused_and_gives_nothing(text: str) -> None:
    for given_text in (text, text * 30, f"{text}\n\nShare this on Facebook"):
        extraction = extract(given_text, article="a")
        assert "unreadable_language" in codes(extraction)
        assert extraction.tables["events"] == []


@pytest.mark.parametrize("other", [FRENCH * 3, "قتل الجيش العراقي ١٢ مسلحا في الموصل. " * 150])
def test_a_page_in_two_languages_is_read_where_it_is_english(other: str) -> None:
    assert told(page(other, *NEWS, other)) == PLAIN


def test_english_with_many_foreign_names_is_read() -> None:
    names = "Ahrar al-Sham, Liwa Fursan al-Haqq, Harakat Nour al-Din al-Zenki, Jaysh al-Islam, Faylaq al-Rahman"
    towns = "Kafr Nabl, Khan Shaykhun, Maarat al-Numan, Tell Rifaat, Azaz, Deir Hafir, Tadif, Qabasin"
    extraction = extract(page(f"{names} captured {towns} on Monday."), article="a")
    assert "unreadable_language" not in codes(extraction)
    assert extraction.tables["events"]


@pytest.mark.parametrize(
    "line",
    [
        "9 November 2016, 14:05 GMT",
        "2016-11-09T14:05:00Z",
        "2016-11-09 14:05:00+03:00",
        "Nov 9, 2016 at 5:03 pm",
        "Nov. 9, 2016",
        "Wed, 09 Nov 2016 14:05:00 +0000",
        "2016/11/09",
        "9-Nov-2016",
        "November 9th, 2016 5:03 PM EST",
        "Wednesday 9 November 2016 14.05 GMT",
    ],
)
@pytest.mark.parametrize("label", ["Published: ", "First published: ", "Published on ", "Posted ", "Date: "])
def test_dates_of_publication_are_read_and_name_no_publisher(label: str, line: str) -> None:
    for text in (f"{label}{line}\n\n{NEWS[0]}", f"{TITLE}\n\n{label}{line}\n\n{NEWS[0]}"):
        found = meta(text)
        assert (found.published, found.publisher, found.bad_date) == (date(2016, 11, 9), None, None)


@pytest.mark.parametrize("value", ["31 November 2016", "yesterday", "09/11/2016", "November 2016", "9 Nov 16"])
def test_what_is_no_date_is_kept_as_a_bad_date(value: str) -> None:
    for text in (f"Published: {value}\n\n{NEWS[0]}", f"{TITLE}\n\nPublished: {value}\n\n{NEWS[0]}"):
        found = meta(text)
        assert (found.published, found.bad_date) == (None, value)
        (said,) = [f for f in extract(text, article="a").findings if f.code in ("no_date", "bad_date")]
        assert (said.code, value in said.message) == ("bad_date", True)
    assert meta(NEWS[0]).bad_date is None


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("Published 9 November 2016\nLast updated 12 November 2016", date(2016, 11, 9)),
        ("Last updated 12 November 2016\nFirst published 9 November 2016", date(2016, 11, 9)),
        ("Published: 9 November 2016 | Updated: 12 November 2016", date(2016, 11, 9)),
        ("Updated: 12 November 2016", date(2016, 11, 12)),
    ],
)
def test_an_update_is_neither_the_first_date_nor_a_republication(lines: str, published: date) -> None:
    found = meta(f"{TITLE}\n\n{lines}\n\n{NEWS[0]}")
    assert (found.published, found.republished, found.republisher) == (published, None, None)


def test_original_and_republication_are_told_apart() -> None:
    found = meta(f"{TITLE}\n\nSahel Digest, June 4, 2018\n\nField Wire 2 June 2018\n\n{NEWS[0]}")
    assert (found.publisher, found.published) == ("Field Wire", date(2018, 6, 2))
    assert (found.republisher, found.republished) == ("Sahel Digest", date(2018, 6, 4))


def test_header_lines_give_title_author_and_publisher() -> None:
    text = f"Headline: {TITLE}\r\nByline: Jane Doe\r\nOutlet: Reuters\r\nPublication date: 9 Nov 2016\r\n\r\n{NEWS[0]}"
    found = meta(text)
    assert (found.title, found.author, found.publisher) == (TITLE, "Jane Doe", "Reuters")
    assert found.published == date(2016, 11, 9)


@pytest.mark.parametrize("line", ["| 2016-11-07 | Mosul | 12 |", "Popayán, Cauca, 6 December 2019", "7 May 2016: 12"])
def test_a_line_with_a_date_invents_no_publisher(line: str) -> None:
    assert meta(f"{TITLE}\n\n{line}\n\n{NEWS[0]}").publisher is None


HEADS = [
    '<META PROPERTY="ARTICLE:PUBLISHED_TIME" CONTENT="2016-11-09T08:00:00Z">',
    '<meta content="2016-11-09T08:00:00+00:00" name="article:published_time">',
    '<meta name="pubdate" content="Nov 9, 2016 at 5:03 pm">',
    '<meta name="date" content="2016-11-09">',
    '<meta itemprop="datePublished" content="20161109">',
    '<meta property="article:modified_time" content="2016-11-12"><meta name="DC.date.issued" content="2016/11/09">',
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","datePublished":"2016-11-09",'
    '"dateModified":"2016-11-12","author":{"@type":"Person","name":"Jane Doe"},'
    '"publisher":{"@type":"Organization","name":"Reuters"},"headline":"Town is taken back"}</script>',
]


def html(head: str, extra: str = "") -> str:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in NEWS)
    long = f"<p>{'The people of the town were told to wait for the engineers. ' * 6}</p>"
    return f"<html><head>{head}</head><body>{extra}<article><h1>{TITLE}</h1>{prose}{long}</article></body></html>"


@pytest.mark.parametrize("head", HEADS)
def test_a_page_gives_its_date(head: str) -> None:
    pytest.importorskip("trafilatura")
    (source,) = extract(html(head), article="a", html=True).tables["sources"]
    assert source["published"] == date(2016, 11, 9)
    if "Jane" in head:
        assert (source["author"], source["publisher_id"]) == ("Jane Doe", "reuters")


@pytest.mark.parametrize("tags", [0, 20_000])
def test_navigation_of_a_page_is_no_news_whether_or_not_it_can_be_parsed(tags: int) -> None:
    pytest.importorskip("trafilatura")
    extra = (
        "<i>" * tags + "<nav><ul><li>Home</li></ul></nav><h3>Most read</h3><p>ISIS kills 20 in Mosul on Sunday</p>"
        "<p>Related: Taliban kill 10 soldiers in Kunduz on Sunday</p><p>Rebels shell Aleppo (AP Photo/Jane Doe)</p>"
    )
    events = extract(html(HEADS[0], extra), article="a", html=True).tables["events"]
    assert [event["place_name"] for event in events] == ["Baiji", "Baghdad"]


GROWING: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda n: "The committee met in the hall and talked about the plan for the summer. " * n,
    "paragraphs": lambda n: "The committee met in the hall.\n\n" * n,
    "dots": lambda n: "The army. " * 9 + "." * (40 * n),
    "brackets": lambda n: "The army. " * 9 + "[(" * (20 * n),
    "open links": lambda n: "The army. " * 9 + "<http://a[" * (4 * n),
    "one word": lambda n: "The army. " * 9 + "a" * (40 * n),
    "unseen": lambda n: "The army. " * 9 + "a\u200b" * (20 * n),
    "marks": lambda n: "The army. " * 9 + "a" + "\u0301\u0323" * (20 * n),
    "asides": lambda n: "The army is in the town.\nAlso read: More\n" * n,
    "captions": lambda n: "The army is in it. (Photo: it) " * n,
    "names": lambda n: "The army. " * 9 + "Aa Bb/" * (8 * n),
    "stamps": lambda n: "Published 9 May 2016 " * n,
}


@pytest.mark.parametrize("kind", GROWING)
def test_four_times_the_text_takes_no_sixteen_times_the_time(kind: str) -> None:
    def seconds(size: int) -> float:
        text = GROWING[kind](size)
        best = float("inf")
        for _ in range(2):
            begin = time.process_time()
            extract(text, article="a")
            best = min(best, time.process_time() - begin)
        return best

    extract(GROWING[kind](10), article="a")
    assert seconds(2_000) < 9 * max(seconds(500), 0.004)


def test_a_day_is_found_in_every_spelling_and_in_no_other() -> None:
    assert stamps.day_of("20161109T080000Z") == date(2016, 11, 9)
    assert stamps.day_of("20161309") is None
    assert stamps.day_of("1478700000") is None
    assert stamps.read("On 9 November 2016 the army attacked the town") == []
