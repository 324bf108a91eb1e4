// title.vi: Ai đã giữ một chức vụ
// title.en: Who held a post
// help.vi: Những người báo chí nêu ở chức vụ này, theo thời gian.
// help.en: Who the articles show in this post, in the order of time.
// theme: people
// param: post | name | required | chức vụ · post
// param: agency | name | optional | cơ quan · body
// column: post | text
// column: agency | text
// column: name | text
// column: status | text
// column: first_seen | text
// column: last_seen | text
// column: post_id | id
// column: id | id
// column: exact | int
// order: exact desc, post, post_id, agency, first_seen, name, id
// example: kg query post-holders -p post "Bí thư Tỉnh ủy"

MATCH (w:Person)-[:HAS_MEMBERSHIP]->(m:Membership)-[:OF_POST]->(p:Post)
WHERE p.folded CONTAINS $post_folded
OPTIONAL MATCH (m)-[:IN_AGENCY]->(g:Agency)
WITH w, m, p, g
WHERE $agency = '' OR g.folded CONTAINS $agency_folded OR $agency IN coalesce(g.aliases, [])
RETURN DISTINCT p.name AS post, g.name AS agency, w.name AS name, m.status AS status, m.observed_from AS first_seen,
  m.observed_to AS last_seen, p.id AS post_id, w.id AS id,
  CASE WHEN $post = '' THEN 0 WHEN $post IN [p.name] THEN 2 WHEN any(n IN [p.name] WHERE n CONTAINS $post) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, post, post_id, agency, first_seen, name, id
