// title.vi: Đường ngắn nhất giữa hai người hoặc cơ quan
// title.en: The shortest paths between two officials or bodies
// help.vi: Qua chỉ đạo và cuộc họp, nhiều nhất 6 bước; steps là các mắt xích theo thứ tự. Mọi đường ngắn nhất đều được liệt kê; giữa hai bên có từ 256 đường trở lên thì steps để trống.
// help.en: Through directives and meetings, 6 steps at most; steps are the links in their order. Every shortest path is listed; where two ends have 256 or more, steps is empty.
// theme: network
// param: from | name | required | từ ai · from whom
// param: to | name | required | tới ai · to whom
// column: start | text
// column: finish | text
// column: length | int
// column: steps | path
// column: start_id | id
// column: finish_id | id
// order: length, start, finish, steps, start_id, finish_id
// not.sparql: SPARQL 1.1 không trả về đường đi · SPARQL 1.1 property paths return no paths
// example: kg query path -p from "Trịnh Hữu Thạc" -p to "Đỗ Thị Nhã Uyên"

MATCH (a:Person|Agency)
WHERE a.folded CONTAINS $from_folded OR $from IN coalesce(a.aliases, [])
MATCH (b:Person|Agency)
WHERE (b.folded CONTAINS $to_folded OR $to IN coalesce(b.aliases, [])) AND a.id <> b.id
MATCH p = allShortestPaths((a)-[:ISSUED|ADDRESSED_TO|LED_BY|COORDINATED_WITH|CHAIRED|ATTENDED|HOSTED|GIVEN_AT*..6]-(b))
// kglite ends at 256 paths between two nodes: which ones would differ, so none of so many is listed
WITH a, b, length(p) AS length, collect([n IN nodes(p) | coalesce(n.name, n.quote)]) AS found
UNWIND CASE WHEN size(found) < 256 THEN found ELSE [[]] END AS steps
WITH DISTINCT a, b, length, steps
RETURN a.name AS start, b.name AS finish, length, steps, a.id AS start_id, b.id AS finish_id
ORDER BY length, start, finish, start_id, finish_id
