// title.vi: Văn bản được triển khai ở những địa phương nào, sau bao lâu
// title.en: In which provinces a document was relayed, and how long after
// help.vi: Mỗi dòng là một văn bản và một địa phương: lần đầu, sau bao nhiêu ngày, bao nhiêu chỉ đạo, ai nói; địa phương là nơi của bài báo hoặc của cơ quan ra hay nhận chỉ đạo.
// help.en: One row a document and a place: the first time, how many days after, how many directives, by whom; the place is that of the article or of a body that gave or got the directive.
// theme: documents
// param: document | name | required | số hiệu, khóa hoặc tên · number, key or name
// column: document | text
// column: place | text
// column: first | text
// column: days | int
// column: directives | int
// column: who | list
// column: place_id | id
// column: document_id | id
// order: document, first, place, place_id, document_id
// example: kg query document-provinces -p document "05-CT/TW"

MATCH (c:Document)<-[:CITES]-(d:Directive)
WHERE ($document = '' OR c.folded CONTAINS $document_folded OR $document IN coalesce(c.aliases, [])
  OR toLower(c.number) CONTAINS toLower($document) OR toLower(c.key) = toLower($document))
CALL {
  WITH d
  MATCH (d)-[:STATED_IN]->(:ArticleNode)-[:FROM_PLACE]->(p:Place)
  RETURN p
  UNION
  WITH d
  MATCH (d)-[:ADDRESSED_TO|LED_BY|ISSUED]-(:Agency)-[:LOCATED_IN]->(p:Place)
  RETURN p
  UNION
  WITH d
  MATCH (d)-[:ADDRESSED_TO|LED_BY|ISSUED]-(:Post)-[:POST_IN]->(:Agency)-[:LOCATED_IN]->(p:Place)
  RETURN p
  UNION
  WITH d
  MATCH (d)-[:IN_CAPACITY]->(:Membership)-[:IN_AGENCY]->(:Agency)-[:LOCATED_IN]->(p:Place)
  RETURN p
}
WITH DISTINCT c, d, p
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH c, p, count(DISTINCT d) AS directives, min(d.date) AS first, collect(DISTINCT issuer.name) AS who
RETURN c.name AS document, p.name AS place, first, CASE WHEN size(c.date) >= 10 AND size(first) >= 10
    THEN duration.inDays(date(substring(c.date, 0, 7)), date(substring(first, 0, 7))).days
      + toInteger(substring(first, 8, 2)) - toInteger(substring(c.date, 8, 2)) END AS days, directives, who, p.id AS place_id, c.id AS document_id
ORDER BY document, first, place, place_id, document_id
