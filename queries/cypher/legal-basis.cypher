// title.vi: Căn cứ của một chỉ đạo
// title.en: The legal basis of a directive
// help.vi: Các văn bản mà một chỉ đạo viện dẫn, với số, ngày và cơ quan ban hành; mã chỉ đạo ở cột id của câu hỏi khác.
// help.en: The documents that one directive cites, with number, date and issuing body; the directive's id is in the id column of other questions.
// theme: documents
// param: id | id | required | mã của chỉ đạo · id of the directive
// column: document | text
// column: number | text
// column: key | text
// column: kind | text
// column: date | text
// column: issuer | text
// column: quote | text
// column: id | id
// order: document, id
// example: kg query legal-basis -p id "directive/adcc8f2368688a4a9/179"

MATCH (d:Directive {id: $id})-[:CITES]->(c:Document)
OPTIONAL MATCH (issuer:Agency)-[:ISSUED]->(c)
RETURN c.name AS document, c.number AS number, c.key AS key, c.kind AS kind, c.date AS date, issuer.name AS issuer, d.quote AS quote, c.id AS id
ORDER BY document, id
