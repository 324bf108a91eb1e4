// title.vi: Ai được khen, ai bị phê bình
// title.en: Who is praised and who is criticised
// help.vi: Mỗi dòng là một người hoặc cơ quan được nói tới, với số lời khen, phê bình và kiến nghị.
// help.en: One row a person or body (one spoken about), with the praise, criticism and petitions counted.
// theme: control
// param: who | name | optional | người hoặc cơ quan · person or body
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: who | text
// column: criticism | int
// column: praise | int
// column: petitions | int
// column: first | text
// column: last | text
// column: id | id
// order: criticism desc, praise desc, who, id
// example: kg query praise-and-criticism

MATCH (s:Statement)-[:CONCERNS]->(x)
WHERE ($since = '' OR substring(s.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(s.date, 0, size($until)) <= $until)
  AND ($who = '' OR x.folded CONTAINS $who_folded OR $who IN coalesce(x.aliases, []))
RETURN x.name AS who, count(DISTINCT CASE WHEN s.kind = 'criticism' THEN s.id END) AS criticism,
  count(DISTINCT CASE WHEN s.kind = 'praise' THEN s.id END) AS praise, count(DISTINCT CASE WHEN s.kind = 'petition' THEN s.id END) AS petitions,
  min(s.date) AS first, max(s.date) AS last, x.id AS id
ORDER BY criticism DESC, praise DESC, who, id
