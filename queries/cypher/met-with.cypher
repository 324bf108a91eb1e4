// title.vi: Ai đã họp với ai
// title.en: Who met whom
// help.vi: Những người và cơ quan ở cùng một cuộc họp với người này, với số lần.
// help.en: The officials and bodies at the same meetings as this one, with how often.
// theme: network
// param: who | name | required | người hoặc cơ quan · official or body
// column: who | text
// column: other | text
// column: meetings | int
// column: first | text
// column: last | text
// column: who_id | id
// column: other_id | id
// column: exact | int
// order: exact desc, who, meetings desc, other, who_id, other_id
// example: kg query met-with -p who "Trịnh Hữu Thạc"

MATCH (w:Person|Agency|Post|Group)
WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, [])
MATCH (w)-[:CHAIRED|HOSTED|ATTENDED]->(m:Meeting)
WITH DISTINCT w, m
MATCH (m)<-[:CHAIRED|HOSTED|ATTENDED]-(o)
WHERE o.id <> w.id
RETURN w.name AS who, o.name AS other, count(DISTINCT m) AS meetings, min(m.date) AS first, max(m.date) AS last, w.id AS who_id, o.id AS other_id,
  CASE WHEN $who = '' THEN 0 WHEN $who IN [w.name] THEN 2 WHEN any(n IN [w.name] WHERE n CONTAINS $who) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, who, meetings DESC, other, who_id, other_id
