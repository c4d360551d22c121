"""The files that other tools open: the shipped events, and a user's, converted from an invented UCDP GED file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import conflict_events as ce
from conflict_events.cli import cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four events, converted as a user would."""
    out = tmp_path_factory.mktemp("converted") / "ged.parquet"
    source = ROOT / "tests" / "files" / "GEDEvent_v24_1.csv"
    # exit 1: one line of the file is meant to be set aside
    done = CliRunner().invoke(cli, ["convert", str(source), "-o", str(out)], catch_exceptions=False)
    assert done.exit_code == 1, done.output
    return out


@pytest.fixture(params=["shipped", "converted"])
def file(request: pytest.FixtureRequest, converted: Path) -> Path:
    """Events: the shipped ones, then the user's."""
    return ce.path("events") if request.param == "shipped" else converted
