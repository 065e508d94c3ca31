"""An Iceberg table of the hours that fetch_hours.py fetched, and of what has changed since: iceberg_hours.py <table> <folder>"""

import hashlib
import os
import pathlib
import sys

import duckdb
import pyarrow.parquet
from pyiceberg.catalog import load_catalog
from pyiceberg.expressions import In

place, source = (pathlib.Path(name).resolve() for name in sys.argv[1:])
data = place / "data"
data.mkdir(parents=True, exist_ok=True)
catalog = load_catalog("local", type="sql", uri=f"sqlite:///{place}/catalog.db", warehouse=f"file://{place}")
catalog.create_namespace_if_not_exists("traffic")


def kept(file):
    """A name of its content's own: an hour that is told again is another file, and earlier snapshots keep theirs."""
    name = data / f"{file.stem}-{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}.parquet"
    if not name.exists():
        os.link(file, name)
    return name


def hour_of(file):
    return pathlib.Path(file).name.removeprefix("traffic-hourly-")[:13] + ":00:00+00:00"


files = [kept(file) for file in sorted(source.glob("traffic-hourly/*/*.parquet"))]
if not files:
    sys.exit("no hour is there yet")
schema = pyarrow.parquet.read_schema(files[0])
table = catalog.create_table_if_not_exists("traffic.hours", schema=schema)
known = {task.file.file_path for task in table.scan().plan_files()}
now = {f"file://{file}" for file in files}
with table.transaction() as change:
    if known - now:
        change.delete(In("hour", sorted({hour_of(file) for file in known - now})))
    if now - known:
        change.add_files(sorted(now - known))
hours = table.scan().to_arrow()
print(len(now), "hours in the table")
print(duckdb.sql("SELECT count(DISTINCT hour) AS hours, sum(views) AS views FROM hours WHERE dimension = 'site'"))
