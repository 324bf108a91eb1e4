"""A Model Context Protocol server over a graph home, read-only: `kg mcp` serves it on standard input and output (`kg.mcp.server`)."""
