// title.vi: Nguồn báo và chỉ đạo
// title.en: Outlets and their directives
// help.vi: Mỗi dòng là một nguồn, với số bài, số chỉ đạo, ngày đầu và ngày cuối.
// help.en: One row an outlet, with the articles, the directives, the first and last date.
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
WHERE a.outlet IS NOT NULL
  AND ($outlet = '' OR toLower(a.outlet) CONTAINS toLower($outlet))
OPTIONAL MATCH (a)<-[:STATED_IN]-(d:Directive)
RETURN a.outlet AS outlet, count(DISTINCT a) AS articles, count(DISTINCT d) AS directives, min(a.published) AS first, max(a.published) AS last
ORDER BY directives DESC, outlet
