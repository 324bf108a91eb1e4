// title.vi: Ai chỉ đạo ai nhiều nhất
// title.en: Who instructs whom most
// help.vi: Mỗi dòng là một cặp nơi ra và nơi nhận, với số chỉ đạo và ngày đầu, ngày cuối.
// help.en: One row a pair of issuer and addressee, with the number of directives and the first and last date.
// theme: directives
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: whom | name | optional | nơi nhận · addressee
// column: who | text
// column: whom | text
// column: count | int
// column: first | text
// column: last | text
// column: who_id | id
// column: whom_id | id
// order: count desc, who, whom, who_id, whom_id
// example: kg query who-instructs-whom -p whom "Sở Y tế"

MATCH (w)-[:INSTRUCTS]->(i:Instruction)-[:INSTRUCTED]->(t)
WHERE ($who = '' OR w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []))
  AND ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
RETURN w.name AS who, t.name AS whom, i.count AS count, i.first AS first, i.last AS last, w.id AS who_id, t.id AS whom_id
ORDER BY count DESC, who, whom, who_id, whom_id
