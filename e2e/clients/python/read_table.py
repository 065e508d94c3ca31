"""Prints how pyarrow and DuckDB read a file of Parquet: its types, and its rows as DuckDB has them."""

import json
import sys

import duckdb
import pyarrow.parquet

file = sys.argv[1]
# what the name of its folder says is no part of a file
table = duckdb.sql(f"SELECT * FROM read_parquet('{file}', hive_partitioning = false)")
print(
    json.dumps(
        {
            "arrow": {field.name: str(field.type) for field in pyarrow.parquet.read_schema(file)},
            "duckdb": dict(zip(table.columns, map(str, table.types))),
            "rows": [dict(zip(table.columns, row)) for row in table.fetchall()],
        },
        default=lambda value: value.isoformat().replace("+00:00", "") + "Z",
    )
)
