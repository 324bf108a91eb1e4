// title.vi: Chỉ đạo bằng hành vi và động từ nào
// title.en: Directives by speech act and verb
// help.vi: Số chỉ đạo, mức mạnh thấp nhất và cao nhất (1 đến 5) của mỗi hành vi và động từ.
// help.en: How many directives use each act and verb, with the lowest and highest strength (1 to 5).
// theme: directives
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: act | string | optional | loại hành vi như require, assign, request · speech act
// column: act | text
// column: verb | text
// column: directives | int
// column: weakest | int
// column: strongest | int
// order: directives desc, act, verb
// example: kg query directives-by-act -p act assign

MATCH (d:Directive)
WHERE ($act = '' OR d.act = $act)
  AND ($who = '' OR EXISTS { MATCH (w)-[:ISSUED]->(d) WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []) })
RETURN d.act AS act, d.verb AS verb, count(DISTINCT d) AS directives, min(d.strength) AS weakest, max(d.strength) AS strongest
ORDER BY directives DESC, act, verb
