// title.vi: Nguồn báo và chỉ đạo
// title.en: Outlets and their directives
// help.vi: Mỗi dòng là một nguồn, với số bài, số chỉ đạo, ngày đầu và ngày cuối; bài đăng nhiều nơi tính cho mỗi nơi.
// help.en: One row an outlet, with the articles, the directives, the first and last date; an article of several outlets counts for each.
// theme: coverage
// param: outlet | name | optional | nguồn · outlet
// column: outlet | text
// column: articles | int
// column: directives | int
// column: first | text
// column: last | text
// order: directives desc, outlet
// example: kg query outlets

MATCH (a:ArticleNode)
UNWIND [a.outlet] + coalesce(a.outlets, []) AS outlet
WITH a, outlet
WHERE outlet IS NOT NULL
  AND ($outlet = '' OR toLower(outlet) CONTAINS toLower($outlet))
OPTIONAL MATCH (a)<-[:STATED_IN]-(d:Directive)
RETURN outlet, count(DISTINCT a) AS articles, count(DISTINCT d) AS directives, min(a.published) AS first, max(a.published) AS last
ORDER BY directives DESC, outlet
