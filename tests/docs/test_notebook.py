"""The notebook docs/tutorials/first-look.ipynb: it runs from top to bottom, and what its text states is true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

import conflict_events as ce
from conflict_events import ml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs" / "tutorials" / "first-look.ipynb"

STATED = {
    "it has a low of 9, a high of 19 and no best figure": (
        "SELECT [deaths_low, deaths_high, deaths_best] = [9, 19, NULL] FROM events WHERE event_id = 'ce-000035'"
    ),
    "Three articles tell of this one, but two of them repeat the same claimant": (
        "SELECT count(DISTINCT source_id) = 3 AND count(claimed_by) = 2 AND count(DISTINCT claimed_by) = 1 "
        "FROM evidence('ce-000035')"
    ),
    "Most events have no figure": "SELECT count(deaths_best) < count(*) / 2 FROM events",
    "October 2016 has events": "SELECT count(*) > 0 FROM events_between('2016-10-01', '2016-10-31')",
}
"""What the text states, and the SQL that says whether it is so."""


@pytest.fixture(scope="module")
def notebook() -> Any:
    return nbformat.read(FILE, as_version=4)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook after a run in an empty folder, by this Python's own kernel, whatever kernels are installed."""
    folder = tmp_path_factory.mktemp("notebook")
    fresh = nbformat.read(FILE, as_version=4)
    # without folders of kernels, python3 is the interpreter that runs this
    kernels = KernelSpecManager(kernel_dirs=[])
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=kernels)
    client = NotebookClient(fresh, km=manager, timeout=120, resources={"metadata": {"path": str(folder)}})
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {"PYTHONPATH": ROOT, "IPYTHONDIR": folder / "ipython", "MPLCONFIGDIR": folder}.items():
            patched.setenv(name, str(value))
        patched.delenv("MPLBACKEND", raising=False)
        client.execute()
    return fresh


def text(notebook: Any) -> str:
    """The text cells, line ends as spaces."""
    return " ".join(" ".join(cell.source.split()) for cell in notebook.cells if cell.cell_type == "markdown")


def test_every_code_cell_runs_in_order_and_shows_something(ran: Any) -> None:
    code = [cell for cell in ran.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert [cell.id for cell in code if not cell.outputs] == []
    assert {out.output_type for cell in code for out in cell.outputs} <= {"execute_result", "display_data", "stream"}
    assert {out.name for cell in code for out in cell.outputs if out.output_type == "stream"} == {"stdout"}


def test_the_plot_is_drawn(ran: Any) -> None:
    (cell,) = (cell for cell in ran.cells if cell.id == "timeline")
    assert any("image/png" in out.get("data", {}) for out in cell.outputs)


def test_the_split_leaks_nothing_and_the_careless_features_do(ran: Any) -> None:
    (cell,) = (cell for cell in ran.cells if cell.id == "temporal")
    said = "".join(out.get("text", "") for out in cell.outputs).splitlines()
    assert "leaks: []" in said
    assert "feature deaths_best is in the answer and the features" in said


def test_october_2016_is_null_in_every_province_and_the_months_after_are_not() -> None:
    made = ml.panel(unit="admin1", first=date(2016, 10, 1), last=date(2016, 11, 1), coverage=ml.shipped())
    rows = made.to_pandas()
    observed = rows.groupby(rows["month"].astype(str))["n_events"].apply(lambda n: n.notna().all())
    nothing = rows.groupby(rows["month"].astype(str))["n_events"].apply(lambda n: n.isna().all())
    assert observed.to_list() == [False, True]
    assert nothing.to_list() == [True, False]


@pytest.mark.parametrize(("statement", "query"), STATED.items(), ids=list(STATED))
def test_what_the_text_states_is_so(notebook: Any, statement: str, query: str) -> None:
    assert statement in text(notebook)
    assert ce.sql(query).fetchall() == [(True,)]


def test_the_text_states_no_number_that_is_not_checked(notebook: Any) -> None:
    rest = re.sub(r"`[^`]*`", "", text(notebook))
    for statement in STATED:
        rest = rest.replace(statement, "")
    assert set(re.findall(r"\d[\d,.]*", rest)) <= {"0"}


def test_no_output_is_committed(notebook: Any) -> None:
    nbformat.validate(notebook)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in notebook.cells if "outputs" in cell)
    assert 12 <= len(notebook.cells) <= 24, "short enough to be read"


def test_every_link_leads_to_a_page(notebook: Any) -> None:
    links = re.findall(r"\]\(([^)#]+)", text(notebook))
    assert links
    assert [link for link in links if not (FILE.parent / link).is_file()] == []
