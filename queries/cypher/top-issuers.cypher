// title.vi: Ai ra nhiều chỉ đạo nhất
// title.en: Who gives the most directives
// help.vi: Mỗi dòng là một người, chức vụ hoặc cơ quan, với số chỉ đạo, số nơi nhận và số chỉ đạo có thời hạn.
// help.en: One row an official, post or body, with the number of directives, of addressees, and of directives with a deadline.
// theme: directives
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: who | text
// column: directives | int
// column: addressees | int
// column: with_deadline | int
// column: first | text
// column: last | text
// column: id | id
// order: directives desc, who, id
// example: kg query top-issuers -p since 2024-07 -p until 2024-12

MATCH (w:Person|Agency|Post|Group)-[:ISSUED]->(d:Directive)
WHERE ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($who = '' OR w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []))
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH w, d, collect(DISTINCT addressee.id) AS addressees
UNWIND CASE WHEN size(addressees) > 0 THEN addressees ELSE [null] END AS addressee
RETURN w.name AS who, count(DISTINCT d) AS directives, count(DISTINCT addressee) AS addressees,
  count(DISTINCT CASE WHEN d.deadline IS NOT NULL THEN d.id END) AS with_deadline, min(d.date) AS first, max(d.date) AS last, w.id AS id
ORDER BY directives DESC, who, id
