// title.vi: Tìm mã của một mục theo tên
// title.en: Find the id of something by its name
// help.vi: Người, cơ quan, chức vụ, nhóm, địa phương, văn bản, chủ đề, cuộc họp có tên này, với mã và số chỗ bài báo nêu.
// help.en: Persons, bodies, posts, groups, places, documents, topics and meetings of this name, with their ids and how often articles mention them.
// theme: evidence
// param: name | name | required | tên · name
// column: kind | text
// column: name | text
// column: mentions | int
// column: id | id
// column: exact | int
// order: exact desc, mentions desc, kind, name, id
// example: kg query find -p name "Sở Lao động"

MATCH (x:Person|Place|Agency|Group|Post|Document|Topic|Meeting)
WHERE x.folded CONTAINS $name_folded OR $name IN coalesce(x.aliases, [])
OPTIONAL MATCH (m:Mention)-[:EVIDENCE_OF]->(x)
RETURN labels(x)[0] AS kind, x.name AS name, count(DISTINCT m) AS mentions, x.id AS id, CASE WHEN $name = '' THEN 0 WHEN $name IN [x.name] THEN 2 WHEN any(n IN [x.name] WHERE n CONTAINS $name) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, mentions DESC, kind, name, id
