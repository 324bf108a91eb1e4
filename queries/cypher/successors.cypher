// title.vi: Cơ quan nào thay cơ quan nào
// title.en: Which body succeeded which
// help.vi: Mỗi dòng là một cơ quan và cơ quan kế thừa, với địa bàn và số chỉ đạo mỗi bên đã nhận.
// help.en: One row a body and its successor, with the place and the directives that each received.
// theme: coverage
// param: name | name | optional | cơ quan cũ · the former body
// column: name | text
// column: successor | text
// column: place | text
// column: received | int
// column: successor_received | int
// column: id | id
// column: successor_id | id
// order: name, successor, id, successor_id
// example: kg query successors -p name "Sở Lao động"

MATCH (g:Agency)-[:SUCCEEDED_BY]->(n:Agency)
WHERE ($name = '' OR g.folded CONTAINS $name_folded OR $name IN coalesce(g.aliases, []))
OPTIONAL MATCH (g)-[:LOCATED_IN]->(p:Place)
OPTIONAL MATCH (d:Directive)-[:ADDRESSED_TO|LED_BY]->(g)
WITH g, n, p, count(DISTINCT d) AS received
OPTIONAL MATCH (e:Directive)-[:ADDRESSED_TO|LED_BY]->(n)
RETURN g.name AS name, n.name AS successor, p.name AS place, received, count(DISTINCT e) AS successor_received, g.id AS id, n.id AS successor_id
ORDER BY name, successor, id, successor_id
