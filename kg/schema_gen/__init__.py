"""Writes `schema/generated/` from the model: what each field is, in SHACL, JSON-LD, JSON Schema and Cypher. Same model, same bytes."""
