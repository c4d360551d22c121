"""The user's gazetteer: what is imported of a GeoNames dump, how it is found, what is refused. Rows are invented."""

from __future__ import annotations

import errno
import gzip
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.converters.articles import extract, gazetteer
from conflict_events.converters.articles.gazetteer import imported, importing
from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.gazetteer.importing import Account, import_dumps
from conflict_events.converters.articles.where.regions import countries_of
from conflict_events.errors import BadDataError, UsageError
from tests.cli.conftest import Run, run

__all__ = ["run"]

DAMASCUS = "170654"
Dump = Callable[..., Path]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the imported gazetteer: never the user's own."""
    folder = tmp_path / "store" / "gazetteer"
    monkeypatch.setenv(imported.VARIABLE, str(folder))
    gazetteer.reload()
    yield folder
    monkeypatch.undo()
    gazetteer.reload()


@pytest.fixture
def dump(tmp_path: Path) -> Dump:
    def make(*rows: str, name: str = "XX.txt") -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8", newline="\n")
        return path

    return make


def row(number: int, name: str, **given: Any) -> str:
    values = {
        "geonameid": number,
        "name": name,
        "asciiname": name,
        "latitude": "35.5",
        "longitude": "38.5",
        "feature class": "P",
        "feature code": "PPL",
        "country code": "SY",
        "admin1 code": "09",
        "population": 0,
        "timezone": "Asia/Damascus",
        "modification date": "2025-03-01",
        **{key.replace("_", " "): value for key, value in given.items()},
    }
    return "\t".join(str(values.get(column, "")) for column in importing.COLUMNS)


def province(number: int, name: str, code: str = "ADM1", **given: Any) -> str:
    return row(number, name, feature_class="A", feature_code=code, **given)


def test_a_village_that_the_package_lacks_is_found_by_every_spelling(dump: Dump, store: Path) -> None:
    assert gazetteer.candidates("Tall Ikhtira", "SYR") == ()
    account = import_dumps([dump(row(9_000_001, "Tall Ikhtirā‘", alternatenames="Tell Ekhtera,تل,TIK", population=7))])
    assert (account.read, account.places, account.left_out, account.adds_up) == (1, {"SYR": 1}, {}, True)
    assert account.path == store / "geonames.tsv"
    (place,) = gazetteer.candidates("Tell Ekhtera", "SYR")
    assert place == gazetteer.GazetteerPlace("9000001", "Tall Ikhtirā‘", "SYR", place.admin1, 35.5, 38.5, 7)
    assert gazetteer.candidates("Tall Ikhtira", "SYR") == (place,)
    assert gazetteer.candidates("Tik", "SYR") == (), "a code is no name"
    assert gazetteer.candidates("Tell Ekhtera", "IRQ") == ()


def test_the_extractor_uses_it(dump: Dump) -> None:
    text = "Published: 2016-11-15\n\nOn Sunday, 12 soldiers were killed in clashes in Tell Ekhtera, Syria.\n"
    (before,) = extract(text, article="a").tables["events"]
    assert before.get("latitude") is None
    import_dumps([dump(row(9_000_001, "Tall Ikhtira", alternatenames="Tell Ekhtera"))])
    found = extract(text, article="a")
    (after,) = found.tables["events"]
    assert (after["latitude"], after["longitude"], after["country"]) == (35.5, 38.5, "SYR")
    assert after["coder"] == before["coder"]
    assert [place["geonames_id"] for place in found.tables["places"]] == ["9000001"]


def test_of_a_place_that_both_know_the_imported_row_counts_under_the_names_of_both(dump: Dump) -> None:
    (shipped, *_) = gazetteer.candidates("Damascus", "SYR")
    assert shipped.geonames_id == DAMASCUS
    others = {c: gazetteer.candidates("Mosul", c) for c in ("IRQ",)}
    import_dumps([dump(row(int(DAMASCUS), "Dimashq al-Jadida", latitude="1.5", longitude="2.5", population=5))])
    for name in ("Damascus", "Dimashq al-Jadida"):
        places = [p for p in gazetteer.candidates(name, "SYR") if p.geonames_id == DAMASCUS]
        assert [(p.latitude, p.longitude, p.population, p.name) for p in places] == [(1.5, 2.5, 5, "Dimashq al-Jadida")]
    assert {c: gazetteer.candidates("Mosul", c) for c in others} == others
    assert gazetteer.candidates("Aleppo", "SYR"), "places of the country that the dump lacks stay"


def test_namesakes_are_ranked_across_both(dump: Dump) -> None:
    (first, *_) = gazetteer.candidates("Damascus", "SYR")
    rows = [row(1, "Damascus", population=3), row(2, "Elsewhere", alternatenames="Damascus", population=2 * 10**7)]
    import_dumps([dump(*rows)])
    found = [p.geonames_id for p in gazetteer.candidates("Damascus", "SYR")]
    assert set(found) >= {"1", "2", DAMASCUS}
    assert found.index(DAMASCUS) < found.index("1"), "the larger first"
    import_dumps([dump(row(3, "Damascus", population=first.population + 1))], force=True)
    assert [p.geonames_id for p in gazetteer.candidates("Damascus", "SYR")][:2] == ["3", DAMASCUS]


def test_a_country_that_the_package_lacks_is_covered_then(dump: Dump) -> None:
    assert "FJI" not in gazetteer.countries()
    import_dumps(
        [
            dump(
                row(5, "Newtown", country_code="FJ", admin1_code="01"),
                province(6, "Lau", country_code="FJ", admin1_code="01"),
            )
        ]
    )
    assert "FJI" in gazetteer.countries()
    assert list(gazetteer.countries()) == sorted(gazetteer.countries())
    assert [p.admin1 for p in gazetteer.candidates("Newtown", "FJI")] == ["Lau"]
    assert countries_of("Lau")["FJI"] == 1
    importing.remove()
    assert "FJI" not in gazetteer.countries()
    assert "FJI" not in countries_of("Lau")


def test_divisions_are_regions_and_what_the_package_calls_them_stays(dump: Dump) -> None:
    import_dumps([dump(province(7, "Neverland Province"), province(8, "Nahiyat Never", "ADM2"), row(9, "Ikhtira"))])
    assert countries_of("Neverland")["SYR"] == 1
    assert countries_of("Nahiyat Never")["SYR"] == 2
    shipped = dict(gazetteer._admin1())[("SYR", "09")]
    assert [p.admin1 for p in gazetteer.candidates("Ikhtira", "SYR")] == [shipped]


def test_every_row_is_accounted_for(dump: Dump) -> None:
    account = import_dumps(
        [
            dump(
                row(1, "Kept"),
                row(1, "Kept again"),
                row(2, "Nahr", feature_class="H", feature_code="STM"),
                province(3, "Third level", "ADM3"),
                row(4, "Elsewhere", country_code="IQ"),
                row(5, "Atlantis", country_code="ZQ"),
                row(6, "At sea", country_code=""),
                row(7, "تل", asciiname=""),
                row(8, "No point", latitude=""),
                row(9, "North of the pole", latitude="90.00001"),
                row(10, "Beyond", longitude="-180.5"),
                row(11, "Not a number", latitude="nan"),
                row(12, "Many", population="1e3"),
                row(13, "Ruin", feature_code="PPLH"),
                province(14, "Kept province"),
                province(14, "Kept province twice"),
                province(15, "Ur"),
                row(16, "تل", asciiname="Tall"),
                row(17, "Edge", latitude="-90", longitude="180"),
                "",
            )
        ],
        countries=["SYR"],
    )
    assert account.adds_up
    assert (account.read, account.places, account.divisions) == (19, {"SYR": 3}, 1)
    assert account.left_out == {
        importing.NO_POINT: 4,
        importing.AGAIN: 2,
        importing.NO_COUNTRY: 2,
        importing.NO_NAME: 2,
        importing.OTHER_CLASS: 2,
        importing.NOT_ASKED: 1,
        importing.NO_POPULATION: 1,
        importing.GONE: 1,
    }
    assert account.unknown == ("ZQ",)
    assert [p.name for p in gazetteer.candidates("Kept", "SYR")][:1] == ["Kept"], "the first row of an id counts"
    assert gazetteer.candidates("Tall", "SYR")
    text = account.to_text()
    assert "19 rows read; 4 kept: 3 places in 1 countries, 1 divisions; 15 left out" in text
    assert "country codes that are not known: ZQ" in text


def test_countries_and_classes_choose(dump: Dump) -> None:
    path = dump(row(1, "Here"), row(2, "There", country_code="IQ"), province(3, "Province"))
    account = import_dumps([path], countries=["sy", "LBN"], classes=["P"])
    assert (account.places, account.divisions, account.missing) == ({"SYR": 1}, 0, ("LBN",))
    account = import_dumps([path], classes=["A"], force=True)
    assert (account.places, account.divisions) == ({}, 1)
    assert gazetteer.candidates("Here", "SYR") == ()
    assert countries_of("Province").get("SYR") == 1
    for countries in (["XYZ"], [], ["SYR", ""]):
        with pytest.raises(UsageError, match=r"no ISO 3166-1 country code|no country was given"):
            import_dumps([path], countries=countries, force=True)
    with pytest.raises(UsageError, match="classes are P and A"):
        import_dumps([path], classes=["P", "T"], force=True)


def test_the_same_rows_give_the_same_bytes_in_any_order(
    dump: Dump, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row(i, f"Place {i % 7}", country_code=("SY", "IQ", "US")[i % 3], alternatenames=f"Alt {i}")
        for i in range(1, 60)
    ]
    rows += [province(100 + i, f"Province {i}") for i in range(5)]
    import_dumps([dump(*rows)])
    first = (store / "geonames.tsv").read_bytes()
    monkeypatch.setattr(importing, "_BUFFERED", 4)
    monkeypatch.setattr(importing, "_CHUNK", 100)
    import_dumps([dump(*reversed(rows))], force=True)
    assert (store / "geonames.tsv").read_bytes() == first
    assert [path.name for path in store.iterdir()] == ["geonames.tsv"]
    at = [first.index(f"\n{number}\tPlace ".encode()) for number in (4, 10, 3, 9, 2, 11)]
    assert at == sorted(at), "by country, then id"


def test_windows_line_ends_and_a_byte_order_mark_are_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes(f"\ufeff{row(1, 'Alpha')}\r\n{row(2, 'Beta')}".encode())
    assert import_dumps([path]).places == {"SYR": 2}


def test_names_never_break_the_file(dump: Dump) -> None:
    import_dumps([dump(row(1, "A\u0085b\u2028c\x0bd", alternatenames="x\u2028yz|pipe"), row(2, "Beta"))])
    assert [p.name for p in gazetteer.candidates("A b c d", "SYR")] == ["A b c d"]
    assert gazetteer.candidates("x yz pipe", "SYR")
    assert gazetteer.candidates("Beta", "SYR")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(1, 10**9), st.sampled_from(["Aa", "Ab", "Aab", "B", "Zz 1"])), min_size=1, max_size=40
    )
)
def test_what_is_found_by_halves_is_what_is_there(dump: Dump, places: list[tuple[int, str]]) -> None:
    import_dumps([dump(*(row(number, name, country_code="FJ") for number, name in places))], force=True)
    first = dict(reversed(places))
    for name in {"Aa", "Ab", "Aab", "B", "Zz 1", "A", "Zz"}:
        found = {int(p.geonames_id) for p in gazetteer.candidates(name, "FJI")}
        assert found == {number for number, own in first.items() if fold(own) == fold(name)}
    own = gazetteer.user()
    assert own is not None
    assert own.place("FJI", "0") is None
    assert all(own.place("FJI", str(number)) for number in first)


def test_a_zip_as_geonames_publishes_it_and_gzip(dump: Dump, tmp_path: Path) -> None:
    text = dump(row(1, "Packed")).read_bytes()
    with zipfile.ZipFile(tmp_path / "SY.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for GeoNames Gazetteer extract files")
        archive.writestr("SY.txt", text)
    account = import_dumps([tmp_path / "SY.zip"])
    assert (account.sources, account.places) == (("SY.zip!SY.txt",), {"SYR": 1})
    (tmp_path / "SY.txt.gz").write_bytes(gzip.compress(text))
    assert import_dumps([tmp_path / "SY.txt.gz"], force=True).places == {"SYR": 1}


def test_several_dumps_make_one_gazetteer(dump: Dump) -> None:
    one, other = dump(row(1, "Alpha")), dump(row(2, "Beta", country_code="IQ"), name="IQ.txt")
    account = import_dumps([one, other])
    assert (account.read, account.places, account.sources) == (2, {"SYR": 1, "IRQ": 1}, ("XX.txt", "IQ.txt"))


def _zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _cut(path: Path, members: dict[str, bytes]) -> None:
    _zip(path, members)
    path.write_bytes(path.read_bytes()[:-30])


def _hurt(path: Path, members: dict[str, bytes]) -> None:
    _zip(path, members)
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30
    path.write_bytes(data)


GOOD = f"{row(1, 'Alpha')}\n".encode()
BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "no_file": (lambda path: path.unlink(missing_ok=True), "no such file"),
    "folder": (lambda path: path.mkdir(), "a folder"),
    "empty": (lambda path: path.write_bytes(b""), "bad is empty: 0 bytes"),
    "few": (
        lambda path: path.write_bytes(GOOD + b"2\tBeta\tBeta\n"),
        r"bad line 2: 3 columns where a GeoNames dump has 19.*column 4 \(alternatenames\) is missing",
    ),
    "one": (lambda path: path.write_bytes(b"a,b,c\n"), r"bad line 1: 1 column where"),
    "many": (lambda path: path.write_bytes(GOOD[:-1] + b"\tmore\n"), "bad line 1: 20 columns.*column 20 is 'more'"),
    "header": (
        lambda path: path.write_bytes("\t".join(importing.COLUMNS).encode()),
        r"bad line 1, column 1 \(geonameid\): 'geonameid' is no whole number.*no header",
    ),
    "latin1": (
        lambda path: path.write_bytes(GOOD + row(2, "Café").encode("latin-1")),
        r"bad line 2, column 2 \(name\): not UTF-8",
    ),
    "utf16": (lambda path: path.write_bytes(GOOD.decode().encode("utf-16")), "bad line 1.*not UTF-8"),
    "cut_off_row": (lambda path: path.write_bytes(GOOD + GOOD[:-20]), r"bad line 2: 1[78] columns"),
    "no_line_ends": (lambda path: path.write_bytes(b"x" * (5 * 2**20)), "bad line 1: more than"),
    "nothing_kept": (
        lambda path: path.write_bytes(row(1, "Nahr", feature_class="H").encode()),
        "1 rows read; 0 kept.*nothing was imported",
    ),
    "several": (
        lambda path: _zip(path, {"SY.txt": GOOD, "IQ.txt": GOOD}),
        r"holds several files \(SY.txt, IQ.txt\): unpack it",
    ),
    "no_data": (lambda path: _zip(path, {"readme.txt": b"x"}), "holds no data"),
    "empty_member": (lambda path: _zip(path, {"SY.txt": b""}), "is empty"),
    "cut_zip": (lambda path: _cut(path, {"SY.txt": GOOD * 99}), "damaged or cut off"),
    "hurt_zip": (lambda path: _hurt(path, {"SY.txt": os.urandom(4000)}), "bad!SY.txt.*damaged|bad line|unpacked"),
    "bad_member": (lambda path: _zip(path, {"SY.txt": b"a\n"}), r"bad!SY.txt line 1: 1 column"),
    "workbook": (lambda path: _zip(path, {"[Content_Types].xml": b"", "xl/a.xml": b""}), "a workbook"),
    "cut_gzip": (lambda path: path.write_bytes(gzip.compress(GOOD * 99)[:-12]), "gzip file is cut off"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("before", [False, True])
def test_a_bad_file_is_one_line_and_changes_nothing(
    run: Run, dump: Dump, store: Path, tmp_path: Path, case: str, before: bool
) -> None:
    if before:
        import_dumps([dump(row(1, "Before"))])
    kept = (store / "geonames.tsv").read_bytes() if before else b""
    make, said = BAD[case]
    make(tmp_path / "bad")
    code, out, err = run("gazetteer", "import", tmp_path / "bad", "--force")
    assert (code, out, err.count("\n")) == (2 if case in ("no_file", "folder") else 1, "", 1)
    with pytest.raises((BadDataError, UsageError), match=said):
        import_dumps([tmp_path / "bad"], force=True)
    if before:
        assert [path.name for path in store.iterdir()] == ["geonames.tsv"]
        assert (store / "geonames.tsv").read_bytes() == kept
        assert gazetteer.candidates("Before", "SYR")
    else:
        assert not store.parent.exists(), "folders that the call made are gone"


@pytest.mark.parametrize("step", ["_write", "_flush"])
def test_a_full_disk_leaves_what_was_there(dump: Dump, store: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    import_dumps([dump(row(1, "Before"))])
    kept = (store / "geonames.tsv").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(importing._Import, step, full)
        with pytest.raises(
            UsageError, match=r"cannot be written: No space left on device; what was there is as it was"
        ):
            import_dumps([dump(row(2, "After"))], force=True)
    assert [path.name for path in store.iterdir()] == ["geonames.tsv"]
    assert (store / "geonames.tsv").read_bytes() == kept
    assert gazetteer.candidates("Before", "SYR")


def test_what_a_killed_import_left_is_cleared_away(dump: Dump, store: Path) -> None:
    (store / ".importing-x").mkdir(parents=True)
    (store / ".importing-x" / "SYR").write_text("half")
    import_dumps([dump(row(1, "Alpha"))])
    assert [path.name for path in store.iterdir()] == ["geonames.tsv"]


def test_an_import_replaces_only_with_force(dump: Dump) -> None:
    path = dump(row(1, "Alpha"))
    import_dumps([path])
    with pytest.raises(UsageError, match="--force replaces it"):
        import_dumps([path])
    import_dumps([dump(row(2, "Beta"))], force=True)
    assert gazetteer.candidates("Alpha", "SYR") == ()
    assert gazetteer.candidates("Beta", "SYR")


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "other"])
def test_a_damaged_gazetteer_is_said_and_never_passed_over(run: Run, dump: Dump, store: Path, damage: str) -> None:
    path = dump(row(1, "Alpha"), row(2, "Beta"))
    import_dumps([path])
    file = store / "geonames.tsv"
    whole = file.read_bytes()
    gazetteer.reload()
    other = whole.replace(b'"format":1', b'"format":9')
    file.write_bytes({"cut": whole[:-9], "empty": b"", "text": b"a\n[]\n", "other": other}[damage])
    with pytest.raises(UsageError, match="another version" if damage == "other" else "damaged or cut off"):
        extract("On 5 May 2016, 3 soldiers were killed in clashes in Aleppo, Syria.", article="a")
    code, _, err = run("gazetteer", "info")
    assert (code, err.count("\n")) == (2, 1)
    assert "gazetteer remove" in err
    assert run("gazetteer", "import", path, "--force")[0] == 0
    assert gazetteer.candidates("Alpha", "SYR")


def test_info_says_what_is_used(run: Run, dump: Dump, store: Path) -> None:
    code, out, _ = run("gazetteer", "info", "--format", "json")
    before = json.loads(out)
    assert (code, before["imported"], before["folder"]) == (0, None, str(store))
    assert before["countries"]["SYR"]["used"] == before["countries"]["SYR"]["shipped"] > 0
    assert "imported  none" in run("gazetteer", "info")[1]
    import_dumps([dump(row(int(DAMASCUS), "Damascus"), row(1, "New", modification_date="2026-02-03"))])
    after = json.loads(run("gazetteer", "info", "--format", "json")[1])
    shipped = before["countries"]["SYR"]["shipped"]
    assert after["countries"]["SYR"] == {"shipped": shipped, "imported": 2, "used": shipped + 1}
    assert after["countries"]["IRQ"] == before["countries"]["IRQ"]
    assert (after["imported"]["latest_change"], after["imported"]["sources"]) == ("2026-02-03", ["XX.txt"])
    out = run("gazetteer", "info")[1]
    assert str(store / "geonames.tsv") in out
    assert "2 places in 1 countries" in out
    assert "CC BY 4.0" in out


def test_import_and_remove_from_the_command_line(run: Run, dump: Dump, store: Path) -> None:
    path = dump(row(1, "Alpha"), row(2, "Beta", country_code="IQ"))
    code, out, err = run("gazetteer", "import", path, "--countries", "syr,LBN", "--classes", "p")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "XX.txt: 2 rows read; 1 kept: 1 places in 1 countries, 0 divisions; 1 left out",
        f"{1:>12}  {importing.NOT_ASKED}",
        "asked for, and nothing of them was kept: LBN",
        str(store / "geonames.tsv"),
        imported.ATTRIBUTION,
    ]
    assert imported.ATTRIBUTION in (store / "geonames.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert run("gazetteer", "import", path)[0] == 2
    assert run("gazetteer", "remove") == (0, f"removed {store / 'geonames.tsv'}\n", "")
    assert not (store / "geonames.tsv").exists()
    assert gazetteer.candidates("Alpha", "SYR") == ()
    code, out, _ = run("gazetteer", "remove")
    assert (code, out) == (0, "no gazetteer was imported: nothing to remove\n")


def test_a_variable_that_names_a_file_is_refused(dump: Dump, monkeypatch: pytest.MonkeyPatch) -> None:
    path = dump(row(1, "Alpha"))
    monkeypatch.setenv(imported.VARIABLE, str(path))
    with pytest.raises(UsageError, match="names a folder"):
        import_dumps([path])


def test_the_folder_is_where_the_platform_keeps_a_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    home = PurePath("/home/u")
    place = imported.data_folder
    assert place("linux", {}, home) == PurePath("/home/u/.local/share")
    assert place("linux", {"XDG_DATA_HOME": "/data"}, home) == PurePath("/data")
    assert place("linux", {"XDG_DATA_HOME": "data"}, home) == PurePath("/home/u/.local/share")
    assert place("darwin", {"XDG_DATA_HOME": "/data"}, home) == PurePath("/home/u/Library/Application Support")
    assert place("win32", {"LOCALAPPDATA": "/l"}, home) == PurePath("/l")
    assert place("win32", {}, home) == PurePath("/home/u/AppData/Local")
    assert place("linux", {}, None) is None
    monkeypatch.setenv(imported.VARIABLE, "")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setattr("sys.platform", "linux")
    assert imported.folder() == Path("/data/conflict-events/gazetteer")


def test_the_account_says_when_it_does_not_add_up() -> None:
    assert not Account(Path(), (), 3, {"SYR": 1}, 0, {importing.AGAIN: 1}, (), ()).adds_up
