// title.vi: Cơ quan lâu không thấy chỉ đạo
// title.en: Bodies that have heard nothing for months
// help.vi: Những nơi từng được chỉ đạo trước ngày này nhưng không có chỉ đạo nào trong ít nhất số tháng này tính tới đó; năm không rõ tháng tính là tháng 12.
// help.en: Addressees that got directives before this date, but none for at least this many months up to it; a year without a month counts as its December.
// theme: control
// param: at | date | required | tính tới ngày · up to this date
// param: months | int | =6 | số tháng ít nhất · at least this many months
// param: whom | name | optional | nơi nhận · addressee
// column: whom | text
// column: months | int
// column: directives | int
// column: last | text
// column: last_issuers | list
// column: id | id
// order: months desc, whom, id
// example: kg query silence -p at 2025-12 -p months 12

MATCH (t:Person|Agency|Post|Group)<-[:ADDRESSED_TO|LED_BY]-(d:Directive)
WHERE d.date IS NOT NULL
  AND substring(d.date, 0, size($at)) <= substring($at, 0, size(d.date))
  AND ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
WITH t, count(DISTINCT d) AS directives, max(d.date) AS last,
  max(toInteger(substring(d.date, 0, 4)) * 12 + CASE WHEN size(d.date) >= 7 THEN toInteger(substring(d.date, 5, 2)) ELSE 12 END) AS latest
WITH t, directives, last,
  toInteger(substring($at, 0, 4)) * 12 + CASE WHEN size($at) >= 7 THEN toInteger(substring($at, 5, 2)) ELSE 12 END - latest AS months
WHERE months >= $months
OPTIONAL MATCH (issuer)-[:ISSUED]->(d:Directive)-[:ADDRESSED_TO|LED_BY]->(t)
WHERE d.date = last
RETURN t.name AS whom, months, directives, last, collect(DISTINCT issuer.name) AS last_issuers, t.id AS id
ORDER BY months DESC, whom, id
