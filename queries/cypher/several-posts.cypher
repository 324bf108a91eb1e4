// title.vi: Cán bộ giữ nhiều chức vụ
// title.en: Officials with several posts
// help.vi: Những người được nêu ở ít nhất số chức vụ này, cùng lúc hoặc lần lượt.
// help.en: Officials shown in at least this many posts, at once or one after the other.
// theme: people
// param: posts | int | =2 | số chức vụ ít nhất · at least this many posts
// param: name | name | optional | họ tên · name
// column: name | text
// column: held | int
// column: posts | list
// column: agencies | list
// column: first_seen | text
// column: last_seen | text
// column: id | id
// order: held desc, name, id
// example: kg query several-posts -p posts 2

MATCH (w:Person)-[:HAS_MEMBERSHIP]->(m:Membership)-[:OF_POST]->(p:Post)
WHERE ($name = '' OR w.folded CONTAINS $name_folded OR $name IN coalesce(w.aliases, []))
OPTIONAL MATCH (m)-[:IN_AGENCY]->(g:Agency)
WITH w, count(DISTINCT p) AS held, collect(DISTINCT p.name) AS posts, collect(DISTINCT g.name) AS agencies, min(m.observed_from) AS first_seen,
  max(m.observed_to) AS last_seen
WHERE held >= $posts
RETURN w.name AS name, held, posts, agencies, first_seen, last_seen, w.id AS id
ORDER BY held DESC, name, id
