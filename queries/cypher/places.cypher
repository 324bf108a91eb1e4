// title.vi: Địa phương và chỉ đạo ở đó
// title.en: Places and their directives
// help.vi: Mỗi dòng là một địa phương, với số cơ quan, số chỉ đạo và số bài; địa phương là nơi của bài báo hoặc của cơ quan ra hay nhận chỉ đạo.
// help.en: One row a place, with the bodies, directives and articles; the place is that of the article or of a body that gave or got the directive.
// theme: coverage
// param: place | name | optional | địa bàn · place
// column: place | text
// column: directives | int
// column: articles | int
// column: bodies | int
// column: first | text
// column: last | text
// column: id | id
// order: directives desc, place, id
// example: kg query places -p place "Phú Lâm"

CALL {
  MATCH (d:Directive)-[:STATED_IN]->(:ArticleNode)-[:FROM_PLACE]->(p:Place)
  RETURN d, p
  UNION
  MATCH (d:Directive)-[:ADDRESSED_TO|LED_BY|ISSUED]-(:Agency)-[:LOCATED_IN]->(p:Place)
  RETURN d, p
  UNION
  MATCH (d:Directive)-[:ADDRESSED_TO|LED_BY|ISSUED]-(:Post)-[:POST_IN]->(:Agency)-[:LOCATED_IN]->(p:Place)
  RETURN d, p
  UNION
  MATCH (d:Directive)-[:IN_CAPACITY]->(:Membership)-[:IN_AGENCY]->(:Agency)-[:LOCATED_IN]->(p:Place)
  RETURN d, p
}
WITH d, p
WHERE $place = '' OR p.folded CONTAINS $place_folded
MATCH (d)-[:STATED_IN]->(a:ArticleNode)
WITH p, count(DISTINCT d) AS directives, count(DISTINCT a) AS articles, min(d.date) AS first, max(d.date) AS last
OPTIONAL MATCH (g:Agency)-[:LOCATED_IN]->(p)
RETURN p.name AS place, directives, articles, count(DISTINCT g) AS bodies, first, last, p.id AS id
ORDER BY directives DESC, place, id
