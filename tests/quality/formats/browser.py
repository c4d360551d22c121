"""A real browser, headless, for the pages: Chromium and its driver, as distributions package them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver

REQUIRED = "CONFLICT_EVENTS_REQUIRE_BROWSER"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,1000",
)


def _found(*names: str) -> str:
    """The program; the test fails where it is required and missing, and is skipped where it is only missing."""
    for name in names:
        if path := shutil.which(name):
            return path
    missing = f"needs {' or '.join(names)} on PATH (Debian: apt-get install chromium chromium-driver)"
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def browser(profile: Path) -> Iterator[webdriver.Chrome]:
    """The browser with a fresh profile, off the network, its console and requests recorded."""
    options = webdriver.ChromeOptions()
    options.binary_location = _found("chromium", "chromium-browser", "google-chrome")
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(_found("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.execute_cdp_cmd("Network.enable", {})
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
        yield driver
    finally:
        driver.quit()


def requests(driver: webdriver.Chrome) -> list[str]:
    """The addresses that were asked for since the last call."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]  # type: ignore[no-untyped-call]
    return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]


def console(driver: webdriver.Chrome) -> list[str]:
    """What the console said since the last call: errors, warnings, refused content."""
    return [entry["message"] for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]
