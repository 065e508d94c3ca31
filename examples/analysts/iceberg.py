"""An Iceberg table over Parquet files that are there already, without copying them: iceberg.py <folder> <file.parquet> …"""

import pathlib
import sys

import duckdb
import pyarrow.parquet
from pyiceberg.catalog import load_catalog

folder, *files = (pathlib.Path(name).resolve() for name in sys.argv[1:])
folder.mkdir(parents=True, exist_ok=True)
catalog = load_catalog("local", type="sql", uri=f"sqlite:///{folder}/catalog.db", warehouse=f"file://{folder}")
catalog.create_namespace_if_not_exists("traffic")
table = catalog.create_table_if_not_exists("traffic.views", schema=pyarrow.parquet.read_schema(files[0]))
known = {task.file.file_path for task in table.scan().plan_files()}
new = [f"file://{file}" for file in files if f"file://{file}" not in known]
if new:
    table.add_files(new)
views = table.scan(selected_fields=("page", "browserId")).to_arrow()
print(len(table.history()), "snapshot")
print(duckdb.sql("SELECT count(*) AS views, count(DISTINCT browserId) AS visitors FROM views"))
