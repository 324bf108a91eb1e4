"""Refuses clauses that reach outside the graph: they read files or the network even where an engine forbids writing.

Seen: kglite 0.21 runs `LOAD CSV FROM 'file:///etc/passwd'` on a frozen graph; pyoxigraph 0.5 sends HTTP requests for `SERVICE`.
"""

import re
from typing import Final

from kg.errors import QueryError

_SPARQL_SKIP: Final = re.compile(
    r"""\\.                                              # an escape in a prefixed name: a\#b opens no comment
    | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | <[^<>"{}|^`\\\x00-\x20]*>                          # an IRI
    | \#[^\n\r]*
    | [?$]\w+ | :[\w.-]+                                 # variables and local names that only look like the word
    """,
    re.VERBOSE | re.DOTALL,
)
_CYPHER_SKIP: Final = re.compile(
    r"""'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | `(?:[^`]|``)*` | //[^\n\r]* | /\*.*?\*/ | \$\w+""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FROM: Final = re.compile(r"(?<![@\w-])FROM\b(?!:)", re.IGNORECASE)
_SERVICE: Final = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_LOAD_CSV: Final = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_NOT_NAMES: Final = re.compile(
    r"""'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | //[^\n\r]* | /\*.*?\*/""", re.VERBOSE | re.DOTALL
)
_PART: Final = r"(?:\w+|`(?:[^`]|``)*`)"
# what follows is only looked at, so that a word after a variable `call` may itself be CALL
_PROCEDURE: Final = re.compile(rf"(?<![\w.$:])CALL(?=[\s`])(?=\s*(?P<name>{_PART}(?:\s*\.\s*{_PART})*))", re.IGNORECASE)
# words that may follow a variable of the name `call`; no procedure of Neo4j is named by one word
_AFTER_A_VARIABLE: Final = re.compile(
    r"""AND|AS|ASC|ASCENDING|CALL|CONTAINS|DESC|DESCENDING|ELSE|END|ENDS|FOREACH|IN|IS|LIMIT|MATCH|OFFSET|OPTIONAL|OR|ORDER
    |RETURN|SKIP|STARTS|THEN|UNION|UNWIND|WHEN|WHERE|WITH|XOR""",
    re.IGNORECASE | re.VERBOSE,
)
_FOREIGN_FUNCTION: Final = re.compile(r"\b(?:apoc|genai)\b`?\s*\.", re.IGNORECASE)
_TERMINATE: Final = re.compile(r"\bTERMINATE\s+TRANSACTIONS?\b", re.IGNORECASE)


def refuse_outside_sparql(text: str) -> None:
    """Raise QueryError where `text` has a SERVICE clause.

    >>> refuse_outside_sparql('SELECT * { ?service ?p "SERVICE" }')
    """
    if _SERVICE.search(_sparql_words(text)):
        raise QueryError("SERVICE is refused: a query may not reach outside the graph")


def has_dataset(text: str) -> bool:
    """Say whether a SPARQL query names its dataset (FROM, FROM NAMED).

    >>> has_dataset("ASK FROM <http://a.example/> {}"), has_dataset('SELECT ?from { ?from from:from "FROM" }')
    (True, False)
    """
    return bool(_FROM.search(_sparql_words(text)))


def _sparql_words(text: str) -> str:
    """The query without its strings, IRIs, comments, variables and local names."""
    # SPARQL 1.1 section 19.2: code point escapes are read before anything else
    plain = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)
    return _SPARQL_SKIP.sub(lambda m: ":" if m[0].startswith(":") else " ", plain)


def refuse_outside_cypher(text: str) -> None:
    """Raise QueryError where `text` has a LOAD CSV clause.

    >>> refuse_outside_cypher("RETURN 'LOAD CSV' AS x // LOAD CSV")
    """
    if _LOAD_CSV.search(_CYPHER_SKIP.sub(" ", text)):
        raise QueryError("LOAD CSV is refused: a query may not read files")


def refuse_outside_neo4j(text: str) -> None:
    """Raise QueryError where `text` could reach outside its transaction although that only reads.

    Refused: LOAD CSV, procedures other than Neo4j's own `db.*` and functions of `apoc` and `genai` (some read files or the network), and
    TERMINATE TRANSACTIONS, which ends the work of others.

    >>> refuse_outside_neo4j("CALL { MATCH (n) RETURN n } CALL db.labels() YIELD label RETURN 'CALL apoc.x' AS text")
    """
    # Neo4j 5 reads code point escapes before anything else, in 2025 and kglite only inside of strings: either reading must pass
    for reading in {text, _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)}:
        refuse_outside_cypher(reading)
        plain = _NOT_NAMES.sub(" ", reading)
        if _FOREIGN_FUNCTION.search(plain):
            raise QueryError("apoc and genai are refused: a query may not reach outside the graph")
        if _TERMINATE.search(plain):
            raise QueryError("TERMINATE TRANSACTIONS is refused: a query may not end the work of others")
        for call in _PROCEDURE.finditer(plain):
            if _AFTER_A_VARIABLE.fullmatch(call["name"]):
                continue
            name = re.sub(r"[\s`]", "", call["name"]).lower()
            if not name.startswith("db."):
                raise QueryError(f"CALL {name} is refused: only the procedures db.* are run")
