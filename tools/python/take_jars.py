"""Copies the files that a list names, one `group:artifact:version` or `group:artifact:version::zip` a line, from Maven Central into this folder."""

import pathlib
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from jgo.maven import MavenContext

context = MavenContext(repo_cache=pathlib.Path("repository").absolute())


def take(name: str) -> None:
    shutil.move(context.create_dependency(name).artifact.resolve(), ".")


with ThreadPoolExecutor(8) as threads:
    list(threads.map(take, pathlib.Path(sys.argv[1]).read_text().split()))
