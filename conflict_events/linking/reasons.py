"""The words of a link, from the levels that made its score: the numbers in brackets add up to the bits at the end."""

from __future__ import annotations

from conflict_events.linking.features import FEATURES, PRIOR, SIDES, SILENT
from conflict_events.linking.scoring import worth


def links(method: str) -> str:
    """The SQL that gives the rows of table `links` for the pairs in `accepted`."""
    parts = [f"'prior ({PRIOR:+.1f})'"]
    for feature in FEATURES:
        told = f"CASE WHEN level_{feature.name} = 0 THEN '{SILENT}' ELSE coalesce({feature.told}, '{SILENT}') END"
        parts.append(f"'{feature.name}: ' || {told} || format(' ({{:+.1f}})', ({worth(feature)}) / 10)")
    parts.append("format('sum {:+.1f} bits', tenths / 10)")
    return (
        f"SELECT event_id_1, event_id_2, 1 / (1 + pow(2, -tenths / 10)) AS score, '{method}' AS method, "
        f"{' || '.join(_joined(parts))} AS reasons, false AS reviewed FROM ({_told()}) ORDER BY event_id_1, event_id_2"
    )


def _joined(parts: list[str]) -> list[str]:
    return [part for one in parts for part in ("'; '", one)][1:]


def _told() -> str:
    """The accepted pairs with the texts that the features' words need."""
    kind = "coalesce({0}.event_subtype, {0}.event_type, 'violence type ' || {0}.violence_type)"
    deaths = "coalesce({0}.best::VARCHAR, {0}.low || ' to ' || {0}.high)"
    sides = [
        f"CASE WHEN {value} IS NOT NULL THEN coalesce({one}, '?') || ' ~ ' || coalesce({other}, '?') "
        f"|| format(' ({{:.2f}})', {value}) END"
        for value, one, other in (
            ("d.x", "ea.text", "CASE WHEN d.swapped THEN fb.text ELSE fa.text END"),
            ("d.y", "eb.text", "CASE WHEN d.swapped THEN fa.text ELSE fb.text END"),
        )
    ]
    return (
        f"SELECT e.event_id AS event_id_1, f.event_id AS event_id_2, d.*, {kind.format('ke')} AS told_a, "
        f"{kind.format('kf')} AS told_b, {deaths.format('e')} AS deaths_a, {deaths.format('f')} AS deaths_b, "
        f"concat_ws(', ', {', '.join(sides)}, CASE WHEN d.swapped THEN 'order swapped' END) AS told_{SIDES.name} "
        "FROM accepted JOIN edges AS d USING (a, b) JOIN ev AS e ON e.n = d.a JOIN ev AS f ON f.n = d.b "
        "JOIN kinds AS ke ON ke.kind = e.kind JOIN kinds AS kf ON kf.kind = f.kind "
        "LEFT JOIN names AS ea ON ea.name = e.name_a LEFT JOIN names AS eb ON eb.name = e.name_b "
        "LEFT JOIN names AS fa ON fa.name = f.name_a LEFT JOIN names AS fb ON fb.name = f.name_b"
    )
