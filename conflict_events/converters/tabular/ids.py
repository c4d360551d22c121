"""Which ids stand more than once in a conversion, told without keeping the ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


class Ids:
    """Sixteen bytes a row: the hash of its id and its position. DuckDB holds them, and spills to disk."""

    def __init__(self) -> None:
        import duckdb

        self._con = duckdb.connect(config={"threads": 1})
        self._con.execute("CREATE TABLE seen (h UBIGINT, position BIGINT)")
        self._rows = 0

    def add(self, rows: pa.Table) -> None:
        """The next rows of the conversion; their key is the first column."""
        self._con.register("added", rows.select([0]))
        name = rows.column_names[0]
        self._con.execute(f'INSERT INTO seen SELECT hash("{name}"), {self._rows} + row_number() OVER () - 1 FROM added')
        self._con.unregister("added")
        self._rows += rows.num_rows

    def repeated(self) -> list[int]:
        """Positions of rows whose id's hash is another's too, ascending."""
        found = self._con.execute(
            "SELECT position FROM seen WHERE h IN (SELECT h FROM seen GROUP BY h HAVING count(*) > 1) ORDER BY position"
        ).fetchall()
        return [position for (position,) in found]
