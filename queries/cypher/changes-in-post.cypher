// title.vi: Ai thay ai ở một chức vụ
// title.en: Who followed whom in a post
// help.vi: Mỗi dòng là hai người lần lượt được nêu ở một chức vụ: người sau được nêu lần đầu sau lần cuối của người trước.
// help.en: One row two officials shown in a post one after the other: the second is first seen after the last time of the first.
// theme: people
// param: post | name | optional | chức vụ · post
// param: agency | name | optional | cơ quan · body
// column: post | text
// column: agency | text
// column: before | text
// column: last_seen | text
// column: after | text
// column: first_seen | text
// column: post_id | id
// column: before_id | id
// column: after_id | id
// order: post, post_id, last_seen, first_seen, before, after, before_id, after_id
// example: kg query changes-in-post -p post "Phó Chủ tịch UBND tỉnh"

MATCH (b:Person)-[:HAS_MEMBERSHIP]->(m1:Membership)-[:OF_POST]->(p:Post)
WHERE m1.observed_to IS NOT NULL AND ($post = '' OR p.folded CONTAINS $post_folded)
OPTIONAL MATCH (m1)-[:IN_AGENCY]->(g:Agency)
WITH b, m1, p, g
WHERE $agency = '' OR g.folded CONTAINS $agency_folded OR $agency IN coalesce(g.aliases, [])
MATCH (p)<-[:OF_POST]-(m2:Membership)<-[:HAS_MEMBERSHIP]-(n:Person)
WHERE n.id <> b.id AND m2.observed_from > m1.observed_to
WITH b, m1, p, g, min(m2.observed_from) AS first_seen
MATCH (p)<-[:OF_POST]-(m3:Membership)<-[:HAS_MEMBERSHIP]-(n:Person)
WHERE n.id <> b.id AND m3.observed_from = first_seen
RETURN DISTINCT p.name AS post, g.name AS agency, b.name AS before, m1.observed_to AS last_seen, n.name AS after, first_seen, p.id AS post_id,
  b.id AS before_id, n.id AS after_id
ORDER BY post, post_id, last_seen, first_seen, before, after, before_id, after_id
