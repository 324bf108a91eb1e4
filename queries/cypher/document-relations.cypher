// title.vi: Văn bản nào thay thế, sửa đổi, tiếp tục văn bản nào
// title.en: Which document replaces, amends or continues which
// help.vi: Mỗi dòng là một quan hệ giữa hai văn bản; relation là replaces, amends, continues, implements hoặc reviews.
// help.en: One row a relation of two documents; relation is replaces, amends, continues, implements or reviews.
// theme: documents
// param: document | name | optional | số hiệu, khóa hoặc tên, của một trong hai · number, key or name of either
// column: document | text
// column: date | text
// column: relation | text
// column: other | text
// column: other_date | text
// column: id | id
// column: other_id | id
// order: date desc, document, relation, other, id, other_id
// example: kg query document-relations

MATCH (a:Document)-[r:REPLACES|AMENDS|CONTINUES|IMPLEMENTS|REVIEWS]->(b:Document)
WHERE ($document = '' OR a.folded CONTAINS $document_folded OR $document IN coalesce(a.aliases, [])
  OR toLower(a.number) CONTAINS toLower($document) OR toLower(a.key) = toLower($document))
  OR ($document = '' OR b.folded CONTAINS $document_folded OR $document IN coalesce(b.aliases, [])
  OR toLower(b.number) CONTAINS toLower($document) OR toLower(b.key) = toLower($document))
RETURN a.name AS document, a.date AS date, toLower(type(r)) AS relation, b.name AS other, b.date AS other_date, a.id AS id, b.id AS other_id
ORDER BY coalesce(date, '') DESC, document, relation, other, id, other_id
