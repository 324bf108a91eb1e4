// title.vi: Ai chỉ đạo ai nhiều nhất, theo năm
// title.en: Who instructs whom most, by year
// help.vi: Mỗi dòng là một năm, một nơi ra và một nơi nhận, với số chỉ đạo; chỉ đạo không rõ ngày thì không tính.
// help.en: One row a year, issuer and addressee, with the number of directives; those without a date are left out.
// theme: directives
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: whom | name | optional | nơi nhận · addressee
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: year | text
// column: who | text
// column: whom | text
// column: directives | int
// column: who_id | id
// column: whom_id | id
// order: year desc, directives desc, who, whom, who_id, whom_id
// example: kg query instructions-by-year -p since 2024

MATCH (w:Person|Agency|Post|Group)-[:ISSUED]->(d:Directive)-[:ADDRESSED_TO|LED_BY]->(t)
WHERE d.date IS NOT NULL
  AND ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($who = '' OR w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []))
  AND ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
RETURN substring(d.date, 0, 4) AS year, w.name AS who, t.name AS whom, count(DISTINCT d) AS directives, w.id AS who_id, t.id AS whom_id
ORDER BY year DESC, directives DESC, who, whom, who_id, whom_id
