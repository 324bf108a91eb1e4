// title.vi: Cơ quan nào vừa nhận chỉ đạo vừa kiến nghị lại
// title.en: Bodies that petition those who instruct them
// help.vi: Mỗi dòng là một cặp: who đã chỉ đạo whom, và whom đã chỉ đạo hoặc kiến nghị ngược lại who.
// help.en: One row a pair: who instructed whom, and whom instructed or petitioned who in turn.
// theme: network
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: whom | name | optional | nơi nhận · addressee
// column: who | text
// column: whom | text
// column: directives | int
// column: back | int
// column: petitions | int
// column: who_id | id
// column: whom_id | id
// order: directives desc, who, whom, who_id, whom_id
// example: kg query two-way -p who "Sở Y tế"

MATCH (w)-[:INSTRUCTS]->(i:Instruction)-[:INSTRUCTED]->(t)
WHERE w.id <> t.id
  AND ($who = '' OR w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []))
  AND ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
OPTIONAL MATCH (t)-[:INSTRUCTS]->(r:Instruction)-[:INSTRUCTED]->(w)
WITH w, t, i.count AS directives, coalesce(sum(r.count), 0) AS back
OPTIONAL MATCH (t)-[:STATED]->(s:Statement {kind: 'petition'})-[:CONCERNS]->(w)
WITH w, t, directives, back, count(DISTINCT s) AS petitions
WHERE back > 0 OR petitions > 0
RETURN w.name AS who, t.name AS whom, directives, back, petitions, w.id AS who_id, t.id AS whom_id
ORDER BY directives DESC, who, whom, who_id, whom_id
