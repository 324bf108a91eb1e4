// title.vi: Ai chỉ đạo những người chỉ đạo một cơ quan
// title.en: Who instructs those who instruct a body
// help.vi: Chuỗi dài 2 hoặc 3 chỉ đạo tới nơi này: who đứng đầu, via là nơi nhận trực tiếp của who; người nói thay cơ quan mình thì cơ quan ấy là mắt xích.
// help.en: Chains of 2 or 3 directives that end at this body: who stands at the top, via got who's own directives; an official links through the body that he or she spoke for.
// theme: network
// param: whom | name | required | nơi nhận cuối chuỗi · the last addressee
// column: who | text
// column: length | int
// column: via | list
// column: whom | text
// column: who_id | id
// column: whom_id | id
// column: exact | int
// order: exact desc, whom, length, who, who_id, whom_id
// example: kg query chain-up -p whom "Trạm Y tế xã Bản Vạc"

MATCH (y:Person|Agency|Post|Group)
WHERE y.folded CONTAINS $whom_folded OR $whom IN coalesce(y.aliases, [])
CALL {
  WITH y
  MATCH (d1:Directive)-[:ADDRESSED_TO|LED_BY]->(y)
  CALL {
    WITH d1
    MATCH (x)-[:ISSUED]->(d1)
    RETURN x
    UNION
    WITH d1
    MATCH (d1)-[:IN_CAPACITY]->(:Membership)-[:IN_AGENCY]->(x)
    RETURN x
  }
  WITH DISTINCT y, x AS v
  MATCH (v)<-[:ADDRESSED_TO|LED_BY]-(:Directive)<-[:ISSUED]-(w)
  RETURN DISTINCT w, v, 2 AS length
  UNION
  WITH y
  MATCH (d1:Directive)-[:ADDRESSED_TO|LED_BY]->(y)
  CALL {
    WITH d1
    MATCH (x)-[:ISSUED]->(d1)
    RETURN x
    UNION
    WITH d1
    MATCH (d1)-[:IN_CAPACITY]->(:Membership)-[:IN_AGENCY]->(x)
    RETURN x
  }
  WITH DISTINCT y, x AS one
  MATCH (one)<-[:ADDRESSED_TO|LED_BY]-(d2:Directive)
  WITH DISTINCT y, one, d2
  CALL {
    WITH d2
    MATCH (x)-[:ISSUED]->(d2)
    RETURN x
    UNION
    WITH d2
    MATCH (d2)-[:IN_CAPACITY]->(:Membership)-[:IN_AGENCY]->(x)
    RETURN x
  }
  WITH y, one, x
  WHERE x.id <> y.id AND x.id <> one.id
  WITH DISTINCT x AS v
  MATCH (v)<-[:ADDRESSED_TO|LED_BY]-(:Directive)<-[:ISSUED]-(w)
  RETURN DISTINCT w, v, 3 AS length
}
WITH y, w, v, length
WHERE w.id <> y.id AND w.id <> v.id
RETURN w.name AS who, length, collect(DISTINCT v.name) AS via, y.name AS whom, w.id AS who_id, y.id AS whom_id,
  CASE WHEN $whom = '' THEN 0 WHEN $whom IN [y.name] THEN 2 WHEN any(n IN [y.name] WHERE n CONTAINS $whom) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, whom, length, who, who_id, whom_id
