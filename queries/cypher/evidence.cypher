// title.vi: Bằng chứng của một mục trong đồ thị
// title.en: Evidence for one entity
// help.vi: Những câu trong bài nêu hoặc chứng minh mục này: trích dẫn, vị trí, quy tắc đã đọc, độ tin cậy.
// help.en: The stretches of articles that name or prove this entity: quote, offsets, the rule that read it, confidence.
// theme: evidence
// param: id | id | required | mã của mục, như cột id của câu hỏi khác cho · id, as the id column of other questions gives it
// column: article | id
// column: title | text
// column: start | int
// column: end | int
// column: quote | text
// column: rule | text
// column: confidence | float
// column: url | text
// order: article, start, end, rule
// example: kg query evidence -p id "doc/05-CT-TW@XII"

// a branch for each class that a mention may be of: only so does Neo4j begin at an index
CALL {
  MATCH (:Person {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (:Agency {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (:Membership {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (:Document {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (:Meeting {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (:Post {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (:Group {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (:Place {id: $id})<-[:EVIDENCE_OF]-(e:Mention)<-[:MENTIONS]-(a:ArticleNode)
  RETURN a, e
  UNION
  MATCH (e:Directive)-[:STATED_IN]->(a:ArticleNode)
  WHERE e.id = $id
  RETURN a, e
  UNION
  MATCH (e:Statement)-[:STATED_IN]->(a:ArticleNode)
  WHERE e.id = $id
  RETURN a, e
}
RETURN a.id AS article, a.title AS title, e.start AS start, e.`end` AS `end`, e.quote AS quote, e.rule AS rule,
  e.confidence AS confidence, a.url AS url
ORDER BY article, start, `end`, rule
