"""Deaths by origin, country and year, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_events.dataset.diff.inputs import Side
from conflict_events.dataset.diff.result import Deaths

if TYPE_CHECKING:
    import duckdb

PLACE = ("origin", "country", "year")
FIGURES = ("deaths_low", "deaths_best", "deaths_high")


def deaths(con: duckdb.DuckDBPyConnection, old: Side, new: Side) -> tuple[Deaths, ...]:
    """Sums of deaths_low, deaths_best and deaths_high by origin, country and year of date_start.

    A sum is null where no event gives the figure, or the side has no such row. All rows that may be counted count,
    those with duplicated ids too; claims and withdrawn events do not. Deaths stand at one level, so a plain sum is
    right.
    """
    sides = [_sums(name, side) for name, side in (("old", old), ("new", new))]
    rows = con.execute(
        f"SELECT {', '.join(f'coalesce(o.{k}, n.{k}) AS {k}' for k in PLACE)}, o.* EXCLUDE ({', '.join(PLACE)}), "
        f"n.* EXCLUDE ({', '.join(PLACE)}) FROM ({sides[0]}) AS o FULL JOIN ({sides[1]}) AS n "
        # a null country or year is one place too
        f"ON {' AND '.join(f'o.{k} IS NOT DISTINCT FROM n.{k}' for k in PLACE)} "
        f"ORDER BY {', '.join(f'{k} NULLS LAST' for k in PLACE)}"
    )
    names = [column[0] for column in rows.description or ()]
    return tuple(Deaths(**dict(zip(names, row, strict=True))) for row in rows.fetchall())


def _sums(name: str, side: Side) -> str:
    there = side.tables["events"].columns

    def have(column: str, otherwise: str) -> str:
        return column if column in there else otherwise

    sums = ", ".join(
        f"CAST({f'sum({figure})' if figure in there else 'NULL'} AS BIGINT) AS {figure.removeprefix('deaths_')}_{name}"
        for figure in FIGURES
    )
    status = f"coalesce({have('record_status', 'NULL')}, '') NOT IN ('claim', 'withdrawn')"
    return (
        f"SELECT CAST({have('origin', 'NULL')} AS VARCHAR) AS origin, "
        f"CAST({have('country', 'NULL')} AS VARCHAR) AS country, "
        f"CAST(year({have('date_start', 'CAST(NULL AS DATE)')}) AS BIGINT) AS year, count(*) AS events_{name}, {sums} "
        f"FROM {name}_events WHERE {status} GROUP BY ALL"
    )
