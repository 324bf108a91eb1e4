// title.vi: Ai quán triệt, triển khai một văn bản
// title.en: Who relayed a document
// help.vi: Các chỉ đạo viện dẫn văn bản này, theo thời gian: ai nói, với ai, bằng câu nào.
// help.en: The directives that cite this document, in the order of time: who said it, to whom, in which words.
// param: document | name | required | số hiệu hoặc tên · number or name
// column: document | text
// column: document_date | text
// column: date | text
// column: who | joined
// column: post | joined
// column: relayed_by | text
// column: whom | list
// column: quote | text
// column: article | id
// column: id | id
// order: document, date, article, id
// example: kg query document-cascade -p document "99-CT/TW"

MATCH (c:Document)
WHERE c.folded CONTAINS $document_folded OR $document IN coalesce(c.aliases, []) OR toLower(c.number) CONTAINS toLower($document)
MATCH (c)<-[:CITES]-(d:Directive)-[:STATED_IN]->(a:ArticleNode)
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH c, d, a, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:IN_CAPACITY]->(:Membership)-[:OF_POST]->(p:Post)
WITH c, d, a, who, collect(DISTINCT p.name) AS post
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH c, d, a, who, post, collect(DISTINCT addressee.name) AS whom
OPTIONAL MATCH (d)-[:RELAYED_BY]->(relayer)
RETURN c.name AS document, c.date AS document_date, d.date AS date, who, post, relayer.name AS relayed_by, whom,
  d.quote AS quote, a.id AS article, d.id AS id
ORDER BY document, coalesce(d.date, '~'), article, id
