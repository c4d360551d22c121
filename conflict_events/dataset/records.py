"""The records: the reviewed coding as plain text, the source of truth (`data/records/`, TOML).

    release.toml             version, title, description, licence and what a citation needs
    actors.toml              [[actors]]        with [[actors.affiliations]]
    places.toml              [[places]]
    publishers.toml          [[publishers]]
    sources/SOURCE_ID.toml   [source], then [[reports]] with [[reports.casualties]]
    events/YYYY-MM.toml      [[events]] by the month of date_start (undated.toml: without one), with [[events.actors]]
    links.toml               [[links]]
    events_history.toml      [[events_history]]
    coverage.toml            [[coverage]]

Every file but release.toml may be absent. Keys are the columns of the schema; a null is a key left out. What the
place of a record says is not written again: a source's id is its file's name (percent-encoded where a character
has no place in one), its reports have that source_id, their casualties that report_id, an event's actors that
event_id. What a rule computes is not written either: geometry, bbox, priogrid_gid and, for events coded from
articles, n_reports (other origins keep the count and the cell that their source gives).

An event with a place_id takes from the place what it does not say itself:
- country, admin1, admin2, from the country down, for as long as the event does not contradict the place;
- latitude, longitude and where_precision, unless it gives a coordinate of its own; a where_precision of its own stands.
An event that shall have no coordinates has no place_id.
"""

from __future__ import annotations

from conflict_events.dataset.adding import add
from conflict_events.dataset.reading import Records, read
from conflict_events.dataset.release_info import ReleaseInfo
from conflict_events.dataset.writing import write

__all__ = ["Records", "ReleaseInfo", "add", "read", "write"]
