"""On which database does Splink count, and what is said where it is not installed?"""

import importlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from astra.science.linkage.engines.flat import COLUMNS, FlatRow
from astra.science.linkage.engines.levels import DUCKDB, SPARK, Dialect
from astra.science.linkage.engines.missing import EngineMissing

SPARK_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": "8",
    # The levels are long conditions; written out once for each weight that looks at them they would not fit in memory.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.codegen.wholeStage": "false",
}


def _load(module: str, engine: str) -> Any:  # Any: the extras are not there when the types are checked
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = (error.name or module).partition(".")[0]
        raise EngineMissing(
            f"--engine {engine} needs {missing}, not installed here. Run: make install EXTRAS=linkage"
        ) from error


@dataclass(frozen=True, slots=True)
class Database:
    """A database with Splink upon it.

    Parameters
    ----------
    dialect : Dialect
        How it asks whether lists share something.
    api : Any
        Splink's door to it.
    arrow : Any
        The library in whose tables rows are handed over.
    filters_early : bool
        Whether pairs not worth keeping are left out while they are weighed. Spark would move that condition in front of
        the levels and write them out once for each weight, which takes it longer to plan than all the rest to do.
    """

    dialect: Dialect
    api: Any
    arrow: Any
    filters_early: bool

    def table(self, rows: Sequence[FlatRow], name: str) -> Any:
        """Hand over flat rows."""
        schema = self.arrow.schema([(column, self._kind(kind)) for column, kind in COLUMNS.items()])
        return self.api.register(self.arrow.Table.from_pylist(list(rows), schema=schema), dataset_display_name=name)

    def lookup(self, column: str, values: Mapping[str, float]) -> Any:
        """Hand over how likely each value of a column is by chance."""
        kind = self._kind(COLUMNS[column])
        keys = self.arrow.array(list(values)).cast(kind)
        table = self.arrow.table(
            {column: keys, f"tf_{column}": self.arrow.array(values.values(), self.arrow.float64())}
        )
        return self.api.register(table, dataset_display_name=f"frequency_{column}")

    def kept(self, predicted: Any, floor: float, columns: Sequence[str]) -> list[dict[str, Any]]:
        """Read the pairs that were predicted."""
        wanted = ", ".join(["unique_id_l", "unique_id_r", "match_weight", *columns])
        query = f"select {wanted} from {predicted.physical_name} where match_weight >= {floor}"  # noqa: S608  names of our own and of Splink
        found: list[dict[str, Any]] = self.api.query_sql(query).as_record_list()
        return found

    def _kind(self, kind: str) -> Any:
        kinds = {
            "text": self.arrow.string(), "texts": self.arrow.list_(self.arrow.string()),
            "number": self.arrow.float64(), "whole": self.arrow.int32(),
        }  # fmt: skip
        return kinds[kind]


@contextmanager
def duckdb_database() -> Iterator[Database]:
    """DuckDB in this process; what does not fit in memory is written to a folder that is thrown away."""
    duckdb, door = _load("duckdb", "duckdb"), _load("splink.internals.duckdb.database_api", "duckdb")
    arrow = _load("pyarrow", "duckdb")
    with tempfile.TemporaryDirectory(prefix="astra-duckdb-") as folder:
        connection = duckdb.connect(config={"temp_directory": folder})
        try:
            yield Database(DUCKDB, door.DuckDBAPI(connection=connection), arrow, filters_early=True)
        finally:
            connection.close()


@contextmanager
def spark_database() -> Iterator[Database]:
    """Spark: the cluster that spark-defaults.conf names, otherwise the cores of this machine.

    What is found on the way is written to a folder that only we can read and that is thrown away at the end: kept as a
    plan only, each step would be planned again and again.
    """
    sql, door = _load("pyspark.sql", "spark"), _load("splink.internals.spark.database_api", "spark")
    arrow = _load("pyarrow", "spark")
    with tempfile.TemporaryDirectory(prefix="astra-spark-") as folder:
        builder = sql.SparkSession.builder.appName("astra").config("spark.sql.warehouse.dir", f"{folder}/warehouse")
        for name, value in SPARK_SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        session.sparkContext.setCheckpointDir(folder)
        try:
            api = door.SparkAPI(
                spark_session=session, break_lineage_method="parquet", register_udfs_automatically=False
            )
            yield Database(SPARK, api, arrow, filters_early=False)
        finally:
            session.stop()


ENGINES = {"duckdb": duckdb_database, "spark": spark_database}
