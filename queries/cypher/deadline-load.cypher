// title.vi: Cơ quan có nhiều việc đến hạn trong một tháng
// title.en: Bodies with several tasks due in one month
// help.vi: Mỗi dòng là một nơi nhận và một tháng có ít nhất số việc này đến hạn.
// help.en: One row an addressee and a month in which at least this many tasks are due.
// theme: deadlines
// param: tasks | int | =2 | số việc ít nhất · at least this many tasks
// param: whom | name | optional | nơi nhận · addressee
// column: whom | text
// column: month | text
// column: due_then | int
// column: issuers | list
// column: whom_id | id
// order: due_then desc, month, whom, whom_id
// example: kg query deadline-load -p tasks 1

MATCH (d:Directive)-[:ADDRESSED_TO|LED_BY]->(t)
WHERE d.deadline_iso IS NOT NULL
  AND ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
WITH d, t, split(coalesce(d.deadline_iso, ''), ':') AS parts
WITH d, t,
  CASE WHEN parts[0] IN ['before', 'until', 'within'] AND parts[1] >= '0' AND parts[1] < ':' THEN parts[1] END AS due
WITH d, t, due,
  replace(replace(replace(replace(due, 'Q1', '03'), 'Q2', '06'), 'Q3', '09'), 'Q4', '12') AS due_by
WHERE size(due_by) >= 7
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH t, substring(due_by, 0, 7) AS month, count(DISTINCT d) AS due_then, collect(DISTINCT issuer.name) AS issuers
WHERE due_then >= $tasks
RETURN t.name AS whom, month, due_then, issuers, t.id AS whom_id
ORDER BY due_then DESC, month, whom, whom_id
