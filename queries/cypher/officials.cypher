// title.vi: Cán bộ và chức vụ
// title.en: Officials and their posts
// help.vi: Mỗi dòng là một người ở một chức vụ, với ngày đầu và ngày cuối thấy trên báo, và chỗ trong bài làm bằng chứng (bài:đầu-cuối).
// help.en: One row a person in a post, with the first and last day seen in the articles, and the evidence (article:start-end).
// theme: people
// param: name | name | optional | họ tên · name
// param: post | name | optional | chức vụ · post
// column: name | text
// column: post | text
// column: agency | text
// column: status | text
// column: first_seen | text
// column: last_seen | text
// column: evidence | list
// column: quotes | list
// column: id | id
// column: exact | int
// order: exact desc, name, first_seen, post, id, agency
// example: kg query officials -p name "Phạm Đình Khải"

MATCH (w:Person)-[:HAS_MEMBERSHIP]->(m:Membership)-[:OF_POST]->(p:Post)
WHERE ($name = '' OR w.folded CONTAINS $name_folded OR $name IN coalesce(w.aliases, []))
  AND ($post = '' OR p.folded CONTAINS $post_folded)
OPTIONAL MATCH (m)-[:IN_AGENCY]->(g:Agency)
OPTIONAL MATCH (a:ArticleNode)-[:MENTIONS]->(e:Mention)-[:EVIDENCE_OF]->(m)
WITH w, m, p, g,
  collect(DISTINCT a.id + ':' + toString(e.start) + '-' + toString(e.`end`)) AS evidence, collect(DISTINCT e.quote) AS quotes
RETURN w.name AS name, p.name AS post, g.name AS agency, m.status AS status, m.observed_from AS first_seen,
  m.observed_to AS last_seen, evidence, quotes, w.id AS id,
  CASE WHEN $name = '' THEN 0 WHEN $name IN [w.name] THEN 2 WHEN any(n IN [w.name] WHERE n CONTAINS $name) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, name, coalesce(m.observed_from, '~'), post, id, agency
