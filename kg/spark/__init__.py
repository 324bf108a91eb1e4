"""The graph on a cluster: the same functions from bytes to rows as `kg.resolved`, moved by PySpark as maps over partitions and keyed shuffles.

Phases, each written as Parquet before the next: `readings` (sources to readings), `alone` (each article by itself), `twins`
(near-duplicates), `persons` (a name at a time), `facts` (what each article adds), `reports` (what several articles report), `shared`
(entities by the counted notes of articles), `outputs` (N-Quads, Neo4j CSV). Needs `chidao[spark]` and Java 17; see docs/spark.md.
"""
