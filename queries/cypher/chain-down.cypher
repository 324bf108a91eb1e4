// title.vi: Chỉ đạo của một người đi tới đâu
// title.en: How far an official's directives reach
// help.vi: Chuỗi dài 2 hoặc 3 chỉ đạo bắt đầu từ người hoặc cơ quan này: via là nơi chỉ đạo trực tiếp whom; người nói thay cơ quan mình thì cơ quan ấy là mắt xích.
// help.en: Chains of 2 or 3 directives that begin with this official or body: via instructed whom itself; an official links through the body that he or she spoke for.
// theme: network
// param: who | name | required | người hoặc cơ quan đầu chuỗi · the first issuer
// column: who | text
// column: length | int
// column: via | list
// column: whom | text
// column: who_id | id
// column: whom_id | id
// column: exact | int
// order: exact desc, who, length, whom, who_id, whom_id
// example: kg query chain-down -p who "Mạc Vĩnh Tường"

MATCH (w:Person|Agency|Post|Group)
WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, [])
CALL {
  WITH w
  MATCH (w)-[:ISSUED]->(:Directive)-[:ADDRESSED_TO|LED_BY]->(x)
  RETURN x
  UNION
  WITH w
  MATCH (w)<-[:IN_AGENCY]-(:Membership)<-[:IN_CAPACITY]-(:Directive)-[:ADDRESSED_TO|LED_BY]->(x)
  RETURN x
}
WITH DISTINCT w, x AS one
CALL {
  WITH one
  MATCH (one)-[:ISSUED]->(:Directive)-[:ADDRESSED_TO|LED_BY]->(x)
  RETURN x AS two
  UNION
  WITH one
  MATCH (one)<-[:IN_AGENCY]-(:Membership)<-[:IN_CAPACITY]-(:Directive)-[:ADDRESSED_TO|LED_BY]->(x)
  RETURN x AS two
}
WITH DISTINCT w, one, two
CALL {
  WITH w, one, two
  RETURN one AS v, two AS t, 2 AS length
  UNION
  WITH w, one, two
  MATCH (two)-[:ISSUED]->(:Directive)-[:ADDRESSED_TO|LED_BY]->(x)
  WHERE two.id <> w.id AND two.id <> one.id
  RETURN two AS v, x AS t, 3 AS length
  UNION
  WITH w, one, two
  MATCH (two)<-[:IN_AGENCY]-(:Membership)<-[:IN_CAPACITY]-(:Directive)-[:ADDRESSED_TO|LED_BY]->(x)
  WHERE two.id <> w.id AND two.id <> one.id
  RETURN two AS v, x AS t, 3 AS length
}
WITH DISTINCT w, v, t, length
WHERE t.id <> w.id AND t.id <> v.id
RETURN w.name AS who, length, collect(DISTINCT v.name) AS via, t.name AS whom, w.id AS who_id, t.id AS whom_id,
  CASE WHEN $who = '' THEN 0 WHEN $who IN [w.name] THEN 2 WHEN any(n IN [w.name] WHERE n CONTAINS $who) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, who, length, whom, who_id, whom_id
