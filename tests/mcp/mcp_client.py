"""Calls to a real `kg mcp`, through the client of the `mcp` package over stdio."""

import json
import sys
from pathlib import Path

import anyio
from mcp import Client, StdioServerParameters


def session(home: Path, use):
    """Start `kg mcp -g home --timeout 1`, run `await use(client)` and return what that returns."""
    server = StdioServerParameters(command=sys.executable, args=["-c", _KG, "mcp", "-g", str(home), "--timeout", "1"])

    async def run():
        async with Client(server) as client:
            with anyio.fail_after(60):
                return await use(client)

    return anyio.run(run)


def calls(home: Path, *wanted):
    """Call each (tool, arguments) in one session; return (is_error, text) for each."""

    async def use(client):
        return [await client.call_tool(tool, arguments) for tool, arguments in wanted]

    return [(bool(one.is_error), "".join(part.text for part in one.content)) for one in session(home, use)]


def answers(home: Path, *wanted):
    """The same for calls that succeed; each text is JSON."""
    found = calls(home, *wanted)
    assert not any(failed for failed, _ in found), found
    return [json.loads(text) for _, text in found]


_KG = "from kg.cli import main; main()"
