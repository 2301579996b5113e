"""The room inside Schemathesis that notes every answer (`SCHEMATHESIS_HOOKS`): what was asked, and what came of it."""

import json
import os
from pathlib import Path
from typing import Any

import schemathesis

NOTED = "HOLDFAST_NOTED"


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """One line for one answer."""
    line = {
        "label": case.operation.label,
        "id": str((case.path_parameters or {}).get("id", "")),
        "token": "Authorization" in response.request.headers,
        "status": response.status_code,
        "text": response.text,
    }
    with Path(os.environ[NOTED]).open("a") as lines:
        lines.write(json.dumps(line) + "\n")
