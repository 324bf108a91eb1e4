// title.vi: Các cơ quan
// title.en: The bodies
// help.vi: Mỗi cơ quan với địa bàn, cơ quan cấp trên, cơ quan kế thừa, số chỉ đạo đã ra và đã nhận.
// help.en: Each body with its place, parent, successor, and the number of directives it gave and received.
// theme: coverage
// param: name | name | optional | tên hoặc tên viết tắt · name or short name
// param: place | name | optional | địa bàn · place
// column: name | text
// column: kind | text
// column: place | text
// column: parent | text
// column: successor | joined
// column: given | int
// column: received | int
// column: id | id
// column: exact | int
// order: exact desc, received desc, given desc, name, id
// example: kg query bodies -p name "Sở Y tế"

MATCH (g:Agency)
WHERE $name = '' OR g.folded CONTAINS $name_folded OR $name IN coalesce(g.aliases, [])
OPTIONAL MATCH (g)-[:LOCATED_IN]->(place:Place)
WITH g, place
WHERE $place = '' OR place.folded CONTAINS $place_folded
OPTIONAL MATCH (g)-[:ISSUED]->(d:Directive)
WITH g, place, count(DISTINCT d) AS given
OPTIONAL MATCH (d:Directive)-[:ADDRESSED_TO|LED_BY]->(g)
WITH g, place, given, count(DISTINCT d) AS received
OPTIONAL MATCH (g)-[:PART_OF]->(parent:Agency)
OPTIONAL MATCH (g)-[:SUCCEEDED_BY]->(successor:Agency)
RETURN g.name AS name, g.kind AS kind, place.name AS place, parent.name AS parent, collect(DISTINCT successor.name) AS successor, given, received,
  g.id AS id,
  CASE WHEN $name = '' THEN 0 WHEN $name IN [g.name] THEN 2 WHEN any(n IN [g.name] WHERE n CONTAINS $name) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, received DESC, given DESC, name, id
