"""Calls functions of pay_desk.py: reads [[name, arguments], …] as JSON, prints [{"value"} or {"error", "problem"}, …]."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "server" / "links" / "examples"))
sys.dont_write_bytecode = True
import pay_desk

results = []
for name, arguments in json.load(sys.stdin):
    if name == "pay_desk_verify_webhook":
        arguments[0] = arguments[0].encode()
    try:
        results.append({"value": getattr(pay_desk, name)(*arguments)})
    except pay_desk.PayDeskError as error:
        results.append({"error": str(error), "problem": error.problem})
print(json.dumps(results))
