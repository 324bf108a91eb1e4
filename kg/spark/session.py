"""Starts Spark, or says what is missing."""

import os
import shutil
import sys
import warnings
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "spark.sql.execution.arrow.maxRecordsPerBatch": "512",  # an article with its reading has 20 KB
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.sql.adaptive.advisoryPartitionSizeInBytes": "32MB",  # work in Python costs more a byte than Spark expects
    }
)
_LOCAL: Final[Mapping[str, str]] = MappingProxyType(
    {"spark.ui.enabled": "false", "spark.driver.memory": "2g", "spark.sql.shuffle.partitions": "8"}
)


def why_not() -> str | None:
    """Return what keeps Spark from running here, None where nothing does."""
    try:
        import pyspark  # noqa: F401 (only whether it is there)
    except ModuleNotFoundError:
        return 'thiếu pyspark · pyspark is not installed: pip install "chidao[spark]"'
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "thiếu Java · no Java here: install a JRE of version 17 or 21 (Debian: openjdk-17-jre-headless)"
    return None


def open_session(master: str | None, settings: Mapping[str, str] = MappingProxyType({})) -> "SparkSession":
    """Return a session: on `master`, else where spark-submit says. Raises UsageError where pyspark or Java is missing."""
    if reason := why_not():
        raise UsageError(reason)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyspark comments on versions of pandas, which is not used here
        from pyspark.sql import SparkSession

        local = _is_local(master)
        if local:
            # the workers are this interpreter, and nothing leaves this machine
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.appName("chidao")
        if master or local:
            builder = builder.master(master or "local[*]")
        console = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
        for name, value in {**_SETTINGS, **(_LOCAL if local else {}), **console, **settings}.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _is_local(master: str | None) -> bool:
    """Whether Spark runs in this process; spark-submit says the master by itself, and opens a port for Python."""
    return master.startswith("local") if master else not os.environ.get("PYSPARK_GATEWAY_PORT")
