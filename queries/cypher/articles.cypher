// title.vi: Bài báo có nhiều chỉ đạo nhất
// title.en: Articles with the most directives
// help.vi: Mỗi dòng là một bài, với nguồn, ngày đăng, số chỉ đạo và số nơi nhận.
// help.en: One row an article, with its outlet, date, directives and addressees.
// theme: coverage
// param: title | name | optional | tên bài có chữ này · title that holds these words
// param: outlet | name | optional | nguồn · outlet
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: title | text
// column: outlet | text
// column: published | text
// column: directives | int
// column: addressees | int
// column: url | text
// column: id | id
// order: directives desc, published desc, id
// example: kg query articles -p since 2024

MATCH (a:ArticleNode)
WHERE ($title = '' OR toLower(a.title) CONTAINS toLower($title))
  AND ($outlet = '' OR toLower(a.outlet) CONTAINS toLower($outlet)
    OR any(o IN coalesce(a.outlets, []) WHERE toLower(o) CONTAINS toLower($outlet)))
  AND ($since = '' OR substring(a.published, 0, size($since)) >= $since)
  AND ($until = '' OR substring(a.published, 0, size($until)) <= $until)
OPTIONAL MATCH (a)<-[:STATED_IN]-(d:Directive)
WITH a, count(DISTINCT d) AS directives
OPTIONAL MATCH (a)<-[:STATED_IN]-(:Directive)-[:ADDRESSED_TO|LED_BY]->(addressee)
RETURN a.title AS title, a.outlet AS outlet, a.published AS published, directives, count(DISTINCT addressee) AS addressees,
  a.url AS url, a.id AS id
ORDER BY directives DESC, coalesce(published, '') DESC, id
