// title.vi: Một chỉ đạo, nhiều báo đưa
// title.en: One directive in several articles
// help.vi: Mỗi dòng là một chỉ đạo mà nhiều bài thuật lại, với số bài và các câu.
// help.en: One row a directive that several articles report, with the articles and the sentences.
// theme: coverage
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: whom | name | optional | nơi nhận · addressee
// column: who | joined
// column: whom | list
// column: articles | int
// column: quotes | list
// column: first | text
// column: last | text
// column: same | text
// order: articles desc, first, same
// example: kg query reported-twice

MATCH (d:Directive)-[:STATED_IN]->(a:ArticleNode)
WHERE d.same_as IS NOT NULL
  AND ($who = '' OR EXISTS { MATCH (w)-[:ISSUED]->(d) WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []) })
  AND ($whom = '' OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t) WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) })
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d.same_as AS same, collect(DISTINCT issuer.name) AS who, collect(DISTINCT addressee.name) AS whom, count(DISTINCT a) AS articles,
  collect(DISTINCT d.quote) AS quotes, min(d.date) AS first, max(d.date) AS last
WHERE articles > 1
RETURN who, whom, articles, quotes, first, last, same
ORDER BY articles DESC, first, same
