// title.vi: Văn bản được viện dẫn nhiều nhất
// title.en: Documents cited most
// help.vi: Số chỉ đạo và số bài viện dẫn mỗi văn bản, với ngày đầu và ngày cuối.
// help.en: How many directives and articles cite each document, and the first and last date.
// theme: documents
// param: document | name | optional | số hiệu, khóa hoặc tên · number, key or name
// column: document | text
// column: number | text
// column: key | text
// column: issuer | text
// column: date | text
// column: directives | int
// column: articles | int
// column: first | text
// column: last | text
// column: id | id
// order: directives desc, document, id
// example: kg query documents-cited -p document "05-CT/TW"

MATCH (c:Document)
WHERE $document = '' OR c.folded CONTAINS $document_folded OR $document IN coalesce(c.aliases, []) OR toLower(c.number) CONTAINS toLower($document)
  OR toLower(c.key) = toLower($document)
MATCH (c)<-[:CITES]-(d:Directive)-[:STATED_IN]->(a:ArticleNode)
WITH c, count(DISTINCT d) AS directives, count(DISTINCT a) AS articles, min(d.date) AS first, max(d.date) AS last
OPTIONAL MATCH (issuer:Agency)-[:ISSUED]->(c)
RETURN c.name AS document, c.number AS number, c.key AS key, issuer.name AS issuer, c.date AS date, directives, articles,
  first, last, c.id AS id
ORDER BY directives DESC, document, id
