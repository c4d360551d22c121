"""The page: what is in it, and how it behaves in a real browser, off the network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from conflict_events.quality.formats import words
from conflict_events.quality.formats.html import data, to_html
from conflict_events.quality.result import Checked, Result
from tests.quality.formats.browser import browser, console, requests
from tests.quality.formats.made import HOSTILE, failure, make

Open = Callable[[Result], webdriver.Chrome]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture
def opened(driver: webdriver.Chrome, tmp_path: Path) -> Iterator[Open]:
    """Opens a result's page from a file; afterwards, nothing but that file was asked for and nothing went wrong."""
    path = tmp_path / "a report.html"

    def open_page(result: Result) -> webdriver.Chrome:
        path.write_text(to_html(result), encoding="utf-8", newline="\n")
        requests(driver)
        console(driver)
        driver.get(path.as_uri())
        return driver

    yield open_page
    assert set(requests(driver)) == {path.as_uri()}
    assert console(driver) == []


def many() -> Result:
    """250 errors in three places, 20 warnings, in two files."""
    found = [failure("CE119", n, f"country 'X{n:03}'", "a.csv" if n % 2 else "b.csv") for n in range(250)]
    found += [failure("CE209", n, "grid cell", "a.csv") for n in range(20)]
    spots = ((36.34, 43.13, "IRQ", 2017), (33.3, 44.4, "IRQ", 2016), (15.35, 44.2, "YEM", 2015))
    places: dict[int, dict[str, Any]] = {}
    for n in range(250):
        latitude, longitude, country, year = spots[n % 3]
        places[n] = {"latitude": latitude, "longitude": longitude, "country": country, "date_start": date(year, 1, 1)}
    places[249] = {"latitude": 91.0, "longitude": 0.0}
    checked = [Checked("events", name, 500) for name in ("a.csv", "b.csv")]
    return make(found, checked=checked, places=places)


def column(driver: webdriver.Chrome, table: str, n: int) -> list[str]:
    """The texts of one column of a table, counted from 0."""
    found = driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((td) => td.textContent)",
        f"#{table} tbody td:nth-child({n + 1})",
    )
    return [str(text) for text in found]


def one(driver: webdriver.Chrome, css: str) -> WebElement:
    return driver.find_element(By.CSS_SELECTOR, css)


def wait(driver: webdriver.Chrome, css: str, text: str) -> None:
    """Until the element says the text."""
    WebDriverWait(driver, 10).until(lambda d: text in one(d, css).text, f"{css} never said {text}")


def header(driver: webdriver.Chrome, table: str, title: str) -> WebElement:
    return driver.find_element(By.XPATH, f"//table[@id='{table}']//th[button[text()='{title}']]")


def test_the_header_says_the_verdict_and_the_cards_count(opened: Open) -> None:
    page = opened(many())
    assert one(page, "h1").text == "not ok events"
    assert one(page, "#summary").text == "1 rule of severity error is broken."
    cards = dict(zip(*(text(page, css) for css in ("#cards dt", "#cards dd")), strict=True))
    assert cards == {"Rows checked": "1,000", "Errors": "250", "Warnings": "20", "Rules kept": "1", "Rules broken": "2"}


def text(page: webdriver.Chrome, css: str) -> list[str]:
    return [e.text for e in page.find_elements(By.CSS_SELECTOR, css)]


def test_a_page_without_failures_is_short_and_ok(opened: Open, clean: Result) -> None:
    page = opened(clean)
    assert one(page, "h1").text == "ok events"
    assert not one(page, "#rows").is_displayed()
    assert not one(page, "#where").is_displayed()
    assert len(column(page, "rules", 0)) == 3


def test_a_click_on_a_header_sorts_and_another_turns_the_order_round(opened: Open) -> None:
    page = opened(many())
    row = header(page, "failures", "Row")
    assert row.get_attribute("aria-sort") == "none"
    row.find_element(By.TAG_NAME, "button").click()
    assert row.get_attribute("aria-sort") == "descending"
    assert column(page, "failures", 3) == [str(n) for n in range(249, 149, -1)]
    row.find_element(By.TAG_NAME, "button").click()
    assert row.get_attribute("aria-sort") == "ascending"
    assert column(page, "failures", 3)[:5] == ["0", "0", "1", "1", "2"]
    header(page, "rules", "Failures").find_element(By.TAG_NAME, "button").click()
    assert column(page, "rules", 3) == ["250", "20"]


def test_sorting_works_with_the_keyboard_alone(opened: Open) -> None:
    page = opened(many())
    header(page, "failures", "Message").find_element(By.TAG_NAME, "button").send_keys("\ue007")
    assert column(page, "failures", 5)[:3] == ["country 'X000'", "country 'X001'", "country 'X002'"]


def test_typing_in_the_filter_narrows_the_rows(opened: Open) -> None:
    page = opened(many())
    one(page, "#rows-filter").send_keys("X17")
    wait(page, "#rows-count", "10 of 270 listed")
    assert column(page, "failures", 5) == [f"country 'X{n}'" for n in range(170, 180)]
    one(page, "#rules-filter").send_keys("priogrid")
    wait(page, "#rules-count", "1 of 3 rules")
    assert column(page, "rules", 0) == ["warning"]


def test_rows_are_filtered_by_severity_rule_and_file(opened: Open) -> None:
    page = opened(many())
    Select(one(page, "#rows-severity")).select_by_visible_text("warning")
    wait(page, "#rows-count", "20 of 270")
    assert set(column(page, "failures", 1)) == {"CE209"}
    Select(one(page, "#rows-severity")).select_by_visible_text("all")
    Select(one(page, "#rows-rule")).select_by_value("CE119")
    Select(one(page, "#rows-file")).select_by_visible_text("b.csv")
    wait(page, "#rows-count", "125 of 270")
    assert set(column(page, "failures", 2)) == {"b.csv"}
    Select(one(page, "#rules-severity")).select_by_visible_text("warning")
    wait(page, "#rules-count", "1 of 3 rules")


def test_rows_come_a_hundred_at_a_time(opened: Open) -> None:
    page = opened(many())
    assert len(column(page, "failures", 0)) == 100
    assert one(page, "#page").text == "1\u2013100 of 270"
    assert not one(page, "#previous").is_enabled()
    for _ in range(2):
        one(page, "#next").click()
    assert one(page, "#page").text == "201\u2013270 of 270"
    assert not one(page, "#next").is_enabled()


def test_the_map_has_a_dot_for_each_place_and_zooms_out(opened: Open) -> None:
    page = opened(many())
    assert len(page.find_elements(By.CSS_SELECTOR, "#map circle")) == 3
    assert "269 failures in 3 places; 1 failure in rows without usable coordinates" in one(page, "#map-note").text
    close = one(page, "#map path").get_attribute("d")
    one(page, "#zoom").click()
    assert one(page, "#map path").get_attribute("d") != close
    assert len(page.find_elements(By.CSS_SELECTOR, "#map circle")) == 3
    mosul = [
        e
        for e in page.find_elements(By.CSS_SELECTOR, "#map circle")
        if "36.34, 43.13" in str(e.get_attribute("innerHTML"))
    ]
    assert float(str(mosul[0].get_attribute("cx"))) == pytest.approx((43.13 + 180) * 960 / 360, abs=0.1)
    assert float(str(mosul[0].get_attribute("cy"))) == pytest.approx((90 - 36.34) * 480 / 180, abs=0.1)


def test_the_charts_count_by_rule_country_and_year(opened: Open) -> None:
    page = opened(many())
    labels = [str(e.get_attribute("aria-label")) for e in page.find_elements(By.CSS_SELECTOR, "#charts svg")]
    assert labels == [
        "By rule. CE119 country_known: 250; CE209 priogrid_of_point: 20",
        "By country. IRQ: 180; YEM: 89",
        "By year. 2015: 89; 2016: 90; 2017: 90",
    ]
    assert "1 failure in rows without one." in one(page, "#charts").text


def test_hostile_texts_show_as_text(opened: Open, hostile: Result) -> None:
    page = opened(hostile)
    shown = words.printable(HOSTILE)
    assert column(page, "failures", 4) == [shown, shown]
    assert column(page, "failures", 5) == [shown, f"{shown} excused: {shown}"]
    assert len(page.find_elements(By.TAG_NAME, "script")) == 3
    assert page.find_elements(By.CSS_SELECTOR, "td script, b, option script") == []
    assert "\u202e" not in page.page_source


def test_the_page_fits_a_phone(opened: Open) -> None:
    page = opened(many())
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    )
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") == 390
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def embedded(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found
    return dict(json.loads(found[1]))


def test_the_page_refers_to_nothing_outside(hostile: Result) -> None:
    page = to_html(hostile)
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"(src|href|action)=(?!\"#)|url\(|@import", markup)
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert page.count("<script") == page.count("</script>") == 3


def test_at_most_ten_thousand_rows_are_in_the_page_some_of_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MOST", 10)
    shown = embedded(to_html(many()))["failures"]
    assert shown["total"] == 270
    assert [row[0] for row in shown["rows"]] == ["CE119"] * 5 + ["CE209"] * 5


def test_places_are_joined_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    from conflict_events.quality.formats.html import places

    monkeypatch.setattr(places, "MOST", 4)
    spots = {n: {"latitude": 10 + n / 100, "longitude": 20.0} for n in range(20)}
    shown = embedded(to_html(make([failure("CE119", n, "m") for n in spots], places=spots)))["map"]
    assert shown["grid"] == 0.1
    assert shown["points"] == [[20.05, 10.05, 10], [20.05, 10.15, 10]]
