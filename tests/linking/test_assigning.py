"""One-to-one, clusters, and that nothing depends on the order of the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.linking import Linked
from tests.linking.made import Row, acled, article, later, ucdp

Link = Callable[..., Linked]
Pairs = Callable[..., set[tuple[str, str]]]
CALM = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def crowds(draw: st.DrawFn) -> list[Row]:
    """Events of three origins that much disputes: few days, places, sides."""
    rows = []
    for number in range(draw(st.integers(2, 30))):
        make = draw(st.sampled_from([ucdp, acled, article]))
        rows.append(
            make(
                number,
                date_start=later(draw(st.integers(0, 2))),
                latitude=36 + draw(st.integers(0, 3)) / 50,
                side_a=draw(st.sampled_from([None, "Northern Front", "Southern League"])),
                side_b=draw(st.sampled_from([None, "Northern Front", "Hill Guard"])),
                deaths_best=draw(st.sampled_from([None, 0, 4, 20])),
            )
        )
    return rows


methods = st.sampled_from(["one_to_one", "clusters", "candidates"])
clustered_before = st.sampled_from([None, "hand:1", "hand:2"])


def groups(found: Linked) -> dict[str, set[str]]:
    assert found.events is not None
    out: dict[str, set[str]] = {}
    for row in found.events.select(["event_id", "event_cluster_id"]).to_pylist():
        if row["event_cluster_id"] is not None:
            out.setdefault(row["event_cluster_id"], set()).add(row["event_id"])
    return out


@CALM
@given(st.data(), crowds(), methods, st.booleans())
def test_the_order_of_the_rows_changes_nothing(
    linked: Link, data: st.DataObject, rows: list[Row], method: str, within: bool
) -> None:
    rows = [{**row, "event_cluster_id": data.draw(clustered_before)} for row in rows]
    turned = data.draw(st.permutations(rows))
    assert linked(rows, method=method, within=within) == linked(turned, method=method, within=within)


@CALM
@given(crowds(), st.booleans())
def test_each_event_is_linked_once_for_each_other_origin_and_never_given_up_for_worse(
    linked: Link, rows: list[Row], within: bool
) -> None:
    origin = {row["event_id"]: row["origin"] for row in rows}
    best: dict[tuple[str, str], float] = {}
    for row in linked(rows, threshold=0.2, within=within).links.to_pylist():
        for one, other in ((row["event_id_1"], row["event_id_2"]), (row["event_id_2"], row["event_id_1"])):
            assert (one, origin[other]) not in best
            best[one, origin[other]] = row["score"]
    # stable: no pair that was passed over is better than what both its events have
    for row in linked(rows, threshold=0.2, within=within, method="candidates").links.to_pylist():
        one, other = row["event_id_1"], row["event_id_2"]
        assert row["score"] <= max(best.get((one, origin[other]), 0), best.get((other, origin[one]), 0))


@CALM
@given(crowds(), st.floats(0, 1), st.floats(0, 1), st.sampled_from(["one_to_one", "candidates"]))
def test_a_higher_threshold_only_takes_links_away(
    pairs: Pairs, rows: list[Row], one: float, other: float, method: str
) -> None:
    low, high = sorted((one, other))
    assert pairs(*rows, threshold=high, method=method) <= pairs(*rows, threshold=low, method=method)


@CALM
@given(crowds())
def test_links_reach_the_threshold_and_are_sorted(linked: Link, rows: list[Row]) -> None:
    for threshold in (0.0, 0.3, 0.9):
        found = linked(rows, threshold=threshold, method="candidates").links.to_pylist()
        assert all(row["score"] >= threshold and row["event_id_1"] < row["event_id_2"] for row in found)
        ids = [(row["event_id_1"], row["event_id_2"]) for row in found]
        assert ids == sorted(set(ids))


@CALM
@given(crowds())
def test_clusters_hold_one_event_of_an_origin_and_go_by_their_first(linked: Link, rows: list[Row]) -> None:
    found = linked(rows, method="clusters", threshold=0.2)
    origin = {row["event_id"]: row["origin"] for row in rows}
    inside = groups(found)
    assert all(name == f"link:{min(ids)}" for name, ids in inside.items())
    assert all(len({origin[one] for one in ids}) == len(ids) > 1 for ids in inside.values())
    # the links are those inside the clusters, and hold every cluster together
    together: set[frozenset[str]] = set()
    for row in found.links.to_pylist():
        [ids] = [ids for ids in inside.values() if row["event_id_1"] in ids]
        assert row["event_id_2"] in ids
        together.add(frozenset(ids))
    assert together == {frozenset(ids) for ids in inside.values()}


def test_three_accounts_become_one_cluster_and_nothing_else_changes(linked: Link) -> None:
    rows = [ucdp(1), acled(1), article(1, deaths_best=4), acled(2, latitude=10.0)]
    found = linked(rows, method="clusters")
    assert groups(found) == {"link:acled:1": {"acled:1", "article:1", "ucdp_ged:1"}}
    assert found.links.num_rows == 3
    assert found.summary.clusters == 1
    assert found.events is not None
    untouched = found.events.drop_columns(["event_cluster_id"]).sort_by("event_id").to_pylist()
    assert [{k: v for k, v in row.items() if v is not None} for row in untouched] == sorted(
        ({k: v for k, v in row.items() if v is not None} for row in rows), key=lambda row: str(row["event_id"])
    )


def test_a_doubtful_event_between_two_does_not_chain_them(linked: Link) -> None:
    # the article's event is near to both of ACLED's; it goes with the better, and the two stay apart
    rows = [acled(1), article(1, latitude=36.02, deaths_best=4), acled(2, latitude=36.04, deaths_best=9)]
    assert groups(linked(rows, method="clusters")) == {"link:acled:1": {"acled:1", "article:1"}}


def test_within_an_origin_duplicates_are_linked_when_asked_and_each_pair_must_hold(linked: Link, pairs: Pairs) -> None:
    twice = [acled(1), acled(2)]
    assert pairs(*twice) == set()
    assert pairs(*twice, within=True) == {("acled:1", "acled:2")}
    # 1 and 3 lie too far apart to be a pair: the one between them may not bring them together
    chain = [acled(i, latitude=36 + i * 0.07, place_name="Arv", where_precision=1) for i in (1, 2, 3)]
    found = linked(chain, method="clusters", within=True, threshold=0.2)
    assert all(len(ids) == 2 for ids in groups(found).values())


def test_given_clusters_keep_their_id_grow_and_are_never_joined(linked: Link) -> None:
    hand = {"event_cluster_id": "hand:7"}
    rows = [ucdp(1, **hand), article(1, latitude=20.0, **hand), acled(1)]
    found = linked(rows, method="clusters")
    assert groups(found) == {"hand:7": {"ucdp_ged:1", "article:1", "acled:1"}}
    assert (found.summary.clusters, found.summary.kept_clusters) == (0, 1)
    apart = [ucdp(1, event_cluster_id="hand:1"), acled(1, event_cluster_id="hand:2")]
    assert groups(linked(apart, method="clusters")) == {"hand:1": {"ucdp_ged:1"}, "hand:2": {"acled:1"}}
    assert groups(linked(apart, method="clusters", recluster=True)) == {"link:acled:1": {"acled:1", "ucdp_ged:1"}}


def test_linking_again_changes_nothing(linked: Link) -> None:
    rows = [make(i, date_start=later(i % 3), latitude=36 + i / 40) for i in range(6) for make in (ucdp, acled, article)]
    once = linked(rows, method="clusters")
    assert once.events is not None
    again = linked(once.events.to_pylist(), method="clusters")
    assert again.events == once.events
    assert again.links == once.links


def test_a_new_cluster_never_takes_the_id_of_another(linked: Link) -> None:
    rows: list[dict[str, Any]] = [
        ucdp(1),
        acled(1),
        article(9, latitude=10.0, event_cluster_id="link:acled:1"),
        article(8, latitude=10.0, event_cluster_id="link:ucdp_ged:1"),
    ]
    found = groups(linked(rows, method="clusters"))
    assert found["link:acled:1"] == {"article:9"}
    assert {"ucdp_ged:1", "acled:1"} in found.values()


def test_the_tables_have_the_declared_schema(linked: Link) -> None:
    from conflict_events.targets.arrow import arrow_schema

    found = linked([ucdp(1), acled(1)], method="clusters")
    assert isinstance(found.events, pa.Table)
    assert found.links.schema.equals(arrow_schema("links"), check_metadata=True)
    assert found.events.schema.equals(arrow_schema("events"), check_metadata=True)
