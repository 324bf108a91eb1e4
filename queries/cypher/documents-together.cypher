// title.vi: Những văn bản hay được viện dẫn cùng nhau
// title.en: Documents cited together
// help.vi: Mỗi dòng là hai văn bản được viện dẫn trong cùng một chỉ đạo, với số chỉ đạo.
// help.en: One row a pair of documents cited in one directive, with the number of directives.
// theme: documents
// param: document | name | optional | số hiệu, khóa hoặc tên, của văn bản thứ nhất · number, key or name of the first
// column: document | text
// column: other | text
// column: directives | int
// column: first | text
// column: last | text
// column: id | id
// column: other_id | id
// order: directives desc, document, other, id, other_id
// example: kg query documents-together

MATCH (c:Document)<-[:CITES]-(d:Directive)-[:CITES]->(o:Document)
WHERE c.id <> o.id AND ($document <> '' OR c.name <= o.name)
  AND ($document = '' OR c.folded CONTAINS $document_folded OR $document IN coalesce(c.aliases, [])
  OR toLower(c.number) CONTAINS toLower($document) OR toLower(c.key) = toLower($document))
RETURN c.name AS document, o.name AS other, count(DISTINCT d) AS directives, min(d.date) AS first, max(d.date) AS last, c.id AS id, o.id AS other_id
ORDER BY directives DESC, document, other, id, other_id
