// title.vi: Những địa phương chưa thấy triển khai một văn bản
// title.en: Provinces that were never seen to relay a document
// help.vi: Những địa phương có chỉ đạo trong kho bài mà không chỉ đạo nào viện dẫn văn bản này: không thấy trên báo thì chưa hẳn là không làm.
// help.en: Places with directives in the articles, none of which cites this document: what no article shows may still have been done.
// theme: documents
// param: document | name | required | số hiệu, khóa hoặc tên · number, key or name
// column: document | text
// column: place | text
// column: directives | int
// column: last | text
// column: place_id | id
// column: document_id | id
// order: document, directives desc, place, place_id, document_id
// example: kg query document-silent-places -p document "05-CT/TW"

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
WITH p, collect(DISTINCT d.id) AS ids, max(d.date) AS last
MATCH (c:Document)
WHERE ($document = '' OR c.folded CONTAINS $document_folded OR $document IN coalesce(c.aliases, [])
  OR toLower(c.number) CONTAINS toLower($document) OR toLower(c.key) = toLower($document))
MATCH (c)<-[:CITES]-(r:Directive)
WITH p, ids, last, c, collect(DISTINCT r.id) AS relays
WHERE none(relay IN relays WHERE relay IN ids)
RETURN c.name AS document, p.name AS place, size(ids) AS directives, last, p.id AS place_id, c.id AS document_id
ORDER BY document, directives DESC, place, place_id, document_id
