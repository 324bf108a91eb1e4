// title.vi: Ai quán triệt, triển khai một văn bản
// title.en: Who relayed a document
// help.vi: Các chỉ đạo viện dẫn văn bản này, theo thời gian: ai nói, với ai, bằng câu nào, bao nhiêu ngày sau văn bản (days) và sau lần đầu báo chí nêu (days_since_first).
// help.en: The directives that cite this document, in the order of time: who said it, to whom, in which words, how many days after the document (days) and after the first one (days_since_first).
// theme: documents
// param: document | name | required | số hiệu, khóa hoặc tên · number, key or name
// column: document | text
// column: document_date | text
// column: date | text
// column: days | int
// column: days_since_first | int
// column: who | joined
// column: post | joined
// column: body | joined
// column: place | joined
// column: relayed_by | text
// column: whom | list
// column: quote | text
// column: article | id
// column: id | id
// order: document, date, article, id
// example: kg query document-cascade -p document "05-CT/TW"

MATCH (c:Document)
WHERE ($document = '' OR c.folded CONTAINS $document_folded OR $document IN coalesce(c.aliases, [])
  OR toLower(c.number) CONTAINS toLower($document) OR toLower(c.key) = toLower($document))
OPTIONAL MATCH (c)<-[:CITES]-(other:Directive)
WITH c, min(CASE WHEN size(other.date) >= 10 THEN other.date END) AS first
MATCH (c)<-[:CITES]-(d:Directive)-[:STATED_IN]->(a:ArticleNode)
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH c, first, d, a, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:IN_CAPACITY]->(:Membership)-[:OF_POST]->(p:Post)
WITH c, first, d, a, who, collect(DISTINCT p.name) AS post
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH c, first, d, a, who, post, collect(DISTINCT addressee.name) AS whom
CALL {
  WITH d
  MATCH (d)<-[:ISSUED]-(b:Agency)
  OPTIONAL MATCH (b)-[:LOCATED_IN]->(l:Place)
  RETURN b.name AS body_name, l.name AS place_name
  UNION
  WITH d
  MATCH (d)-[:IN_CAPACITY]->(:Membership)-[:IN_AGENCY]->(b:Agency)
  OPTIONAL MATCH (b)-[:LOCATED_IN]->(l:Place)
  RETURN b.name AS body_name, l.name AS place_name
  UNION
  WITH d
  RETURN NULL AS body_name, NULL AS place_name
}
WITH c, first, d, a, who, post, whom, collect(DISTINCT body_name) AS body, collect(DISTINCT place_name) AS place
OPTIONAL MATCH (d)-[:RELAYED_BY]->(relayer)
RETURN c.name AS document, c.date AS document_date, d.date AS date, CASE WHEN size(c.date) >= 10 AND size(d.date) >= 10
    THEN duration.inDays(date(substring(c.date, 0, 7)), date(substring(d.date, 0, 7))).days
      + toInteger(substring(d.date, 8, 2)) - toInteger(substring(c.date, 8, 2)) END AS days, CASE WHEN size(first) >= 10 AND size(d.date) >= 10
    THEN duration.inDays(date(substring(first, 0, 7)), date(substring(d.date, 0, 7))).days
      + toInteger(substring(d.date, 8, 2)) - toInteger(substring(first, 8, 2)) END AS days_since_first,
  who, post, body, place, relayer.name AS relayed_by, whom, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY document, coalesce(date, '~'), article, id
