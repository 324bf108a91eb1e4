// title.vi: Cơ quan nào được chỉ đạo nhiều nhất
// title.en: Which bodies are instructed most
// help.vi: Mỗi dòng là một nơi nhận, với số chỉ đạo, số nơi ra và số chỉ đạo có thời hạn.
// help.en: One row an addressee, with the number of directives, of issuers, and of directives with a deadline.
// theme: directives
// param: whom | name | optional | nơi nhận · addressee
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: whom | text
// column: directives | int
// column: issuers | int
// column: with_deadline | int
// column: first | text
// column: last | text
// column: id | id
// order: directives desc, whom, id
// example: kg query top-addressees -p since 2024-07 -p until 2025-12

MATCH (t:Person|Agency|Post|Group)<-[:ADDRESSED_TO|LED_BY]-(d:Directive)
WHERE ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
RETURN t.name AS whom, count(DISTINCT d) AS directives, count(DISTINCT issuer) AS issuers,
  count(DISTINCT CASE WHEN d.deadline IS NOT NULL THEN d.id END) AS with_deadline, min(d.date) AS first, max(d.date) AS last, t.id AS id
ORDER BY directives DESC, whom, id
