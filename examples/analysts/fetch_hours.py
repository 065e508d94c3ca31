"""Makes a folder like the bucket of the lake, by fetching what has changed: fetch_hours.py <folder> [<table>]"""

import argparse
import os
import pathlib
import shutil

from pyarrow import fs

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("table", nargs="?", default="traffic-hourly")
asked = parser.parse_args()
folder, table = asked.folder, asked.table
bucket = os.environ.get("LAKE_BUCKET", "million-pictures-lake")
# the key is in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
store = fs.S3FileSystem(
    endpoint_override=os.environ.get("LAKE_ENDPOINT"), region=os.environ.get("AWS_REGION", "us-east-1")
)
objects = {
    folder / info.path.removeprefix(f"{bucket}/"): info
    for info in store.get_file_info(fs.FileSelector(f"{bucket}/{table}", recursive=True, allow_not_found=True))
    if info.is_file
}
fetched = 0
for file, info in objects.items():
    if file.exists() and (file.stat().st_size, file.stat().st_mtime_ns) == (info.size, info.mtime_ns):
        continue
    file.parent.mkdir(parents=True, exist_ok=True)
    coming = file.with_suffix(".coming")
    with store.open_input_stream(info.path) as source, coming.open("wb") as target:
        shutil.copyfileobj(source, target)
    os.utime(coming, ns=(info.mtime_ns, info.mtime_ns))
    coming.replace(file)
    fetched += 1
for file in folder.glob(f"{table}/**/*.parquet"):
    if file not in objects:
        file.unlink()
print(len(objects), "hours,", fetched, "fetched")
