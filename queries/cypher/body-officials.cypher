// title.vi: Ai giữ chức vụ gì ở một cơ quan
// title.en: Who holds which post in a body
// help.vi: Những người báo chí nêu ở cơ quan này, theo thời gian.
// help.en: Who the articles show in this body, in the order of time.
// theme: people
// param: agency | name | required | cơ quan · body
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: agency | text
// column: name | text
// column: post | text
// column: status | text
// column: first_seen | text
// column: last_seen | text
// column: agency_id | id
// column: id | id
// column: exact | int
// order: exact desc, agency, agency_id, first_seen, name, post, id
// example: kg query body-officials -p agency "Tỉnh ủy Phú Lâm"

MATCH (g:Agency)
WHERE g.folded CONTAINS $agency_folded OR $agency IN coalesce(g.aliases, [])
MATCH (g)<-[:IN_AGENCY]-(m:Membership)-[:OF_POST]->(p:Post)
MATCH (w:Person)-[:HAS_MEMBERSHIP]->(m)
WHERE ($since = '' OR substring(m.observed_to, 0, size($since)) >= $since)
  AND ($until = '' OR substring(m.observed_from, 0, size($until)) <= $until)
RETURN DISTINCT g.name AS agency, w.name AS name, p.name AS post, m.status AS status, m.observed_from AS first_seen, m.observed_to AS last_seen,
  g.id AS agency_id, w.id AS id, CASE WHEN $agency = '' THEN 0 WHEN $agency IN [g.name] THEN 2 WHEN any(n IN [g.name] WHERE n CONTAINS $agency) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, agency, agency_id, coalesce(first_seen, '~'), name, post, id
