"""Rows a second of `conflict-events convert`, from a text file to Parquet, beside DuckDB's plain copy of the same file.

Run from the project's root: python -m tests.benchmarks.convert_files [--rows 5000000] [--only gdelt]
The rows of the real files beside the checkout (../shared/data), each with its own id, are written over and over up to
ROWS; without those files, invented rows. Files (about 400 bytes a row) are made in FOLDER, or in the system's folder
for temporary files, and removed. DuckDB's copy keeps every cell as text and does no more, so it is a yardstick for what
any conversion through text cells can reach.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet

from conflict_events.converters.gdelt import COLUMNS
from tests.benchmarks import measure

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_new_id,side_a,side_b_new_id,side_b,number_of_sources,source_article,where_prec,"
    "where_coordinates,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low"
)


def gdelt(path: Path, rows: int) -> bool:
    """Write rows of GDELT 2.0, the id first; returns whether they are those of a real file."""
    real = DATA / "gdelt" / "gdelt_20191024143000.export.CSV"
    if real.exists():
        rests = [line.partition("\t")[2] for line in real.read_text(encoding="utf-8").splitlines()]
    else:
        rests = ["\t".join(_gdelt_row(i)[1:]) for i in range(2_000)]
    with path.open("w", encoding="utf-8", newline="") as file:
        for i in range(rows):
            file.write(f"{900_000_000 + i}\t{rests[i % len(rests)]}\n")
    return real.exists()


def ucdp(path: Path, rows: int) -> bool:
    """Write rows of UCDP GED, the id first; returns whether they are those of a real file."""
    real = DATA / "ucdp" / "ged191_raw_mmr_bgd.csv"
    if real.exists():
        with real.open(encoding="utf-8", newline="") as file:
            header, *records = csv.reader(file)
    else:
        header, records = _UCDP.split(","), [_ucdp_row(i) for i in range(2_000)]
    rests = [_csv(record[1:]) for record in records]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_csv(header))
        for i in range(rows):
            file.write(f"{i + 1},{rests[i % len(rests)]}")
    return real.exists()


MAKERS: dict[str, tuple[Callable[[Path, int], bool], str]] = {
    "gdelt": (gdelt, "delim = '\\t', header = false, quote = '', escape = ''"),
    "ucdp_ged": (ucdp, "delim = ',', header = true, quote = '\"', escape = '\"'"),
}
"""Name -> what makes its file, and how DuckDB reads it."""


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--only", choices=MAKERS, action="append")
    parser.add_argument("--limit", help="the converter's --memory-limit")
    parser.add_argument("--times", type=int, default=1, help="runs of each, of which the best counts")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cap", type=float, default=3600, help="seconds after which a run is given up")
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        runs = [_measured(one, Path(name), options) for one in options.only or MAKERS]
    versions = {"duckdb": duckdb.__version__, "pyarrow": pyarrow.__version__}
    print(json.dumps({"rows": options.rows, "runs": runs, **versions, **measure.machine()}, indent=1))


def _measured(name: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    make, how = MAKERS[name]
    source = folder / f"{name}.csv"
    print(f"making {options.rows:,} rows of {name}", file=sys.stderr)
    real = make(source, options.rows)
    out, plain = folder / "ours.parquet", folder / "plain.parquet"
    limit = ["--memory-limit", options.limit] if options.limit else []
    ours = [sys.executable, "-m", "conflict_events", "convert", str(source), "--source-format", name, "-o", str(out)]
    copy = (
        f"COPY (FROM read_csv('{source}', all_varchar = true, {how})) TO '{plain}' (FORMAT parquet, COMPRESSION zstd)"
    )
    theirs = [sys.executable, "-c", f"import duckdb; duckdb.execute({copy!r})"]
    us, them = (
        measure.best([measure.run(command, options.cap) for _ in range(options.times)])
        for command in ([*ours, *limit], theirs)
    )
    rows = {}
    for label, path in (("rows_out", out), ("rows_copied", plain)):
        rows[label] = pyarrow.parquet.read_metadata(path).num_rows if path.exists() else None
    result = {
        "dataset": name,
        "real_rows": real,
        "file_mb": source.stat().st_size // 2**20,
        "seconds": round(us.seconds, 2),
        "cpu_seconds": round(us.cpu_seconds, 2),
        "rows_a_second": round(options.rows / us.seconds),
        "cpu_microseconds_a_row": round(us.cpu_seconds / options.rows * 1e6, 2),
        "peak_mb": us.peak_mb,
        "duckdb_copy_seconds": round(them.seconds, 2),
        "duckdb_copy_cpu_seconds": round(them.cpu_seconds, 2),
        "by_duckdb_copy": round(us.seconds / them.seconds, 2),
        "failed": us.failed or them.failed,
        **rows,
    }
    for path in folder.iterdir():
        path.unlink()
    return result


def _gdelt_row(i: int) -> list[str]:
    """An invented row: a pair of actors, a kind and a place by turns."""
    code = ("190", "043", "173", "1383", "010")[i % 5]
    cells = {
        **{"SQLDATE": "20160309", "MonthYear": "201603", "Year": "2016", "FractionDate": "2016.1890"},
        **{"IsRootEvent": str(i % 2), "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2]},
        **{"QuadClass": str(1 + i % 4), "GoldsteinScale": f"{i % 20 - 10}.0", "AvgTone": f"-{i % 9}.{i:014}"},
        **{"NumMentions": str(1 + i % 10), "NumSources": "1", "NumArticles": str(1 + i % 10)},
        **{"DATEADDED": "20160309114500", "SOURCEURL": f"https://news{i % 300}.example/2016/03/09/story-number-{i}"},
    }
    for n in "12":
        cells |= {f"Actor{n}Code": "SYRMIL", f"Actor{n}Name": f"ACTOR {i % 97}", f"Actor{n}CountryCode": "SYR"}
        cells |= {f"Actor{n}Type1Code": ("MIL", "", "REB", "CVL")[(i + int(n)) % 4]}
    for whose in ("Actor1", "Actor2", "Action")[i % 2 :]:
        place = {"Type": "4", "FullName": f"Town {i % 500}, Province {i % 14}, Syria", "CountryCode": "SY"}
        place |= {"ADM1Code": f"SY{i % 14:02}", "ADM2Code": f"{i % 500:05}", "FeatureID": f"-{i % 500}"}
        place |= {"Lat": str(33 + i % 500 / 100), "Long": str(36 + i % 500 / 100)}
        cells |= {f"{whose}Geo_{part}": value for part, value in place.items()}
    return [cells.get(name, "") for name in COLUMNS]


def _ucdp_row(i: int) -> list[str]:
    """An invented row; it names nobody."""
    latitude, longitude, best = 33 + i % 500 / 100, 36 + i % 500 / 100, i % 12
    sources = '"Invented Agency,2016-03-10,Invented headline of some length, which goes on, as headlines do"'
    cells = {
        **{"relid": f"SYR-2016-1-{i}", "year": "2016", "active_year": "1", "code_status": "Clear"},
        **{"type_of_violence": "1", "conflict_dset_id": "1", "conflict_new_id": "1", "conflict_name": "Invented"},
        **{"dyad_dset_id": "1", "dyad_new_id": "1", "dyad_name": "Government of Invented - Group 1"},
        **{"side_a_new_id": "1", "side_a": "Government of Invented", "side_b_new_id": "2", "side_b": "Group 1"},
        **{"number_of_sources": "1", "source_article": sources, "where_prec": "1"},
        **{"where_coordinates": f"Town {i % 500}", "adm_1": f"Province {i % 14}", "adm_2": f"District {i % 60}"},
        **{"latitude": str(latitude), "longitude": str(longitude), "geom_wkt": f"POINT ({longitude} {latitude})"},
        **{"priogrid_gid": "177553", "country": "Invented", "country_id": "652", "region": "Middle East"},
        **{"event_clarity": "1", "date_prec": "1", "date_start": "2016-03-09", "date_end": "2016-03-09"},
        **{"deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0", "deaths_unknown": str(best)},
        **dict.fromkeys(("best", "high", "low"), str(best)),
    }
    return [str(i), *(cells[name] for name in _UCDP.split(",")[1:])]


def _csv(record: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(record)
    return out.getvalue()


if __name__ == "__main__":
    main()
