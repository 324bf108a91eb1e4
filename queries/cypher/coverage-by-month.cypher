// title.vi: Số bài và số chỉ đạo mỗi tháng
// title.en: Articles and directives by month
// help.vi: Mỗi dòng là một tháng đăng bài (hoặc một năm, nếu chỉ biết năm), với số bài, số bài có chỉ đạo và số chỉ đạo.
// help.en: One row a month of publication (or a year, where no more is known), with the articles, those with directives, and the directives.
// theme: coverage
// param: outlet | name | optional | nguồn · outlet
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: month | text
// column: articles | int
// column: with_directives | int
// column: directives | int
// order: month
// example: kg query coverage-by-month -p since 2024

MATCH (a:ArticleNode)
WHERE a.published IS NOT NULL
  AND ($outlet = '' OR toLower(a.outlet) CONTAINS toLower($outlet)
    OR any(o IN coalesce(a.outlets, []) WHERE toLower(o) CONTAINS toLower($outlet)))
  AND ($since = '' OR substring(a.published, 0, size($since)) >= $since)
  AND ($until = '' OR substring(a.published, 0, size($until)) <= $until)
OPTIONAL MATCH (a)<-[:STATED_IN]-(d:Directive)
RETURN substring(a.published, 0, 7) AS month, count(DISTINCT a) AS articles, count(DISTINCT CASE WHEN d.id IS NOT NULL THEN a.id END) AS with_directives,
  count(DISTINCT d) AS directives
ORDER BY month
