// title.vi: Một chức vụ, hai người cùng lúc
// title.en: One post held by two officials at once
// help.vi: Mỗi dòng là hai người được nêu ở cùng một chức vụ trong thời gian chồng nhau (status là current hoặc acting); có thể là chức vụ có nhiều người giữ.
// help.en: One row two officials shown in one post at overlapping times (status current or acting); it may be a post that several hold.
// theme: control
// param: post | name | optional | chức vụ · post
// column: post | text
// column: name | text
// column: first_seen | text
// column: last_seen | text
// column: other | text
// column: other_first_seen | text
// column: other_last_seen | text
// column: post_id | id
// column: id | id
// column: other_id | id
// order: post, post_id, name, other, first_seen, other_first_seen, id, other_id
// example: kg query shared-posts

MATCH (p:Post)<-[:OF_POST]-(m1:Membership)<-[:HAS_MEMBERSHIP]-(w:Person)
WHERE ($post = '' OR p.folded CONTAINS $post_folded) AND m1.status <> 'former'
MATCH (p)<-[:OF_POST]-(m2:Membership)<-[:HAS_MEMBERSHIP]-(o:Person)
WHERE m2.status <> 'former' AND w.id <> o.id AND m1.observed_from + ' ' + w.name <= m2.observed_from + ' ' + o.name
  AND m1.observed_from <= m2.observed_to AND m2.observed_from <= m1.observed_to
  AND m1.observed_to IS NOT NULL AND m2.observed_to IS NOT NULL
RETURN DISTINCT p.name AS post, w.name AS name, m1.observed_from AS first_seen, m1.observed_to AS last_seen, o.name AS other,
  m2.observed_from AS other_first_seen, m2.observed_to AS other_last_seen, p.id AS post_id, w.id AS id, o.id AS other_id
ORDER BY post, post_id, name, other, first_seen, other_first_seen, id, other_id
