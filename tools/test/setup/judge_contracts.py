"""Runs commands of datacontract one after the other in one process, since loading it takes longer than most of them do."""

import json
import sys

from datacontract.cli import app
from typer.testing import CliRunner

runner = CliRunner()
for line in sys.stdin:
    result = runner.invoke(app, json.loads(line))
    failure = "" if isinstance(result.exception, (SystemExit, type(None))) else repr(result.exception)
    print(json.dumps({"code": result.exit_code, "said": result.output + failure}), file=sys.__stdout__, flush=True)
