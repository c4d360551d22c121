"""The Spark session to read files with: the caller's, else a local one of our own, silent, that ends with us."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING
from warnings import catch_warnings, filterwarnings

from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import first_line

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NO_JAVA = (
    "engine spark needs Java 17 or newer{found}: install it (apt install openjdk-17-jre-headless, "
    "brew install openjdk@17, winget install EclipseAdoptium.Temurin.17.JRE) and set JAVA_HOME to its folder, "
    "or use engine duckdb"
)


def session() -> SparkSession:
    """The active session, else the process's default one, else a local one on all cores, stopped at exit.

    Raises UsageError where a session must be built and there is no Java that can run it.
    """
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    try:
        return SparkSession.active()
    except PySparkRuntimeError:
        return _built()


@contextmanager
def told(label: str) -> Iterator[None]:
    """An error that Spark raises over the data is one of the data; a query that makes no sense is a fault of ours."""
    from pyspark.errors import AnalysisException, PySparkException

    try:
        with catch_warnings():
            # pyspark warns of pandas 3, which is not used here
            filterwarnings("ignore", message="PySpark does not yet fully support pandas")
            yield
    except AnalysisException:
        raise
    except PySparkException as error:
        raise BadDataError(f"{label}: Spark cannot read it to its end: {first_line(error)}") from error


def has_java() -> bool:
    """Whether there is a Java to start, where Spark looks for it."""
    home = os.environ.get("JAVA_HOME")
    if home:
        return shutil.which("java", path=str(Path(home) / "bin")) is not None
    return shutil.which("java") is not None


def _built() -> SparkSession:
    """A local session: no pages served, no address but this machine's, no line on our streams."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    if not has_java():
        raise UsageError(_NO_JAVA.format(found=", and none is found"))
    folder = Path(tempfile.mkdtemp(prefix="conflict-events-spark-"))
    conf = SparkConf().setAppName("conflict-events")
    for key, value in _settings(folder).items():
        conf.set(key, value)
    with (folder / "spark.log").open("w+b") as log:
        try:
            # what the machine says at its start cannot be asked of any logger: it goes to a file
            gateway = launch_gateway(conf, {"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
        except PySparkRuntimeError as error:
            said = _said(log)
            shutil.rmtree(folder, ignore_errors=True)
            raise UsageError(_NO_JAVA.format(found=f", and Spark did not start with this one ({said})")) from error
    context = SparkContext(conf=conf, gateway=gateway)
    context.setLogLevel("ERROR")
    built = SparkSession(context)
    atexit.register(_stop, built, folder)
    return built


def _settings(folder: Path) -> dict[str, str]:
    return {
        "spark.master": "local[*]",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.driver.maxResultSize": "0",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
    }


def _said(log: IO[bytes]) -> str:
    """The last line of a log that tells of an error."""
    log.seek(0)
    lines = [line for line in log.read().decode("utf-8", "replace").splitlines() if "rror" in line or "JAVA" in line]
    return lines[-1].strip() if lines else "it gave no reason"


def _stop(built: SparkSession, folder: Path) -> None:
    with suppress(Exception):  # the process ends, and with it the machine that ran Spark
        built.stop()
    shutil.rmtree(folder, ignore_errors=True)
