"""Names on a map: of the largest places in view and of countries, none over another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events.files import literal, quoted
from conflict_events.plot import paper
from conflict_events.plot.borders import borders
from conflict_events.plot.selection import Selection
from conflict_events.plot.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

_GAZETTEER = Path(__file__).resolve().parents[1] / "converters" / "articles" / "gazetteer" / "places.tsv"
_MOST = 14
_EVENTFUL = 5
"""Places named because most events are told of them; the others are the most populous."""
_TRIED = 60
_COUNTRIES = 16


def name(ax: Axes, view: View, selection: Selection) -> int:
    """Write the names, the places of most events first; how many places got one. The Axes must be laid out."""
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2, foreground="white", alpha=0.85)]
    taken: list[Bbox] = []
    placed = 0
    for place, longitude, latitude in _places(view, selection):
        text = ax.annotate(
            paper.cut(place, 28), (longitude, latitude), (3, 2), textcoords="offset points", fontsize=7.5,
            color="#222222", path_effects=halo, zorder=6, parse_math=False, annotation_clip=True,
        )  # fmt: skip
        if _free(ax, text, taken):
            ax.plot(longitude, latitude, marker=".", markersize=3, color="#222222", zorder=6)
            placed += 1
        if placed == _MOST:
            break
    written = 0
    for country, (longitude, latitude) in zip(borders().names, borders().centres.tolist(), strict=True):
        longitude = (longitude - view.west) % 360 + view.west
        if longitude > view.east or not view.south < latitude < view.north:
            continue
        text = ax.annotate(
            country, (longitude, latitude), ha="center", va="center", fontsize=8, style="italic", color="#6B6B6B",
            path_effects=halo, zorder=5, parse_math=False,
        )  # fmt: skip
        written += _free(ax, text, taken)
        if written == _COUNTRIES:
            break
    return placed


def _free(ax: Axes, text: Text, taken: list[Bbox]) -> bool:
    """Keep the text where it lies within the picture and over no other; else take it away."""
    text.set_in_layout(False)
    box, frame = text.get_window_extent(), ax.get_window_extent()
    inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
    if inside and not any(map(box.overlaps, taken)):
        taken.append(box)
        return True
    text.remove()
    return False


def _places(view: View, selection: Selection) -> list[tuple[str, float, float]]:
    """Name, longitude and latitude: of the places of most events, then of the most populous in view."""
    longitude = f"{view.west} + (longitude - {view.west} + 720) % 360"
    return selection.rows(
        f"(SELECT mode(place_name), {longitude}, latitude FROM points WHERE place_name IS NOT NULL "
        "AND coalesce(where_precision, 1) = 1 GROUP BY longitude, latitude "
        f"ORDER BY count(*) DESC, longitude, latitude LIMIT {_EVENTFUL}) UNION ALL "
        f"(SELECT name, {longitude}, latitude FROM read_csv({quoted(literal(_GAZETTEER))}, delim = '\t', quote = '', "
        "header = false, columns = {country: 'VARCHAR', id: 'VARCHAR', name: 'VARCHAR', latitude: 'DOUBLE', "
        "longitude: 'DOUBLE', population: 'BIGINT', admin1: 'VARCHAR', others: 'VARCHAR'}) "
        f"WHERE {longitude} < {view.east} AND latitude BETWEEN {view.south} AND {view.north} "
        f"ORDER BY population DESC, id LIMIT {_TRIED})"
    )
