-- Facts that nobody has reviewed: kind, number (of a post that of the mention which shows an official in it), id, rank.
-- The rank is how doubtful one is (what its confidence and what could not be found leave open; a hundredth ranks what is certain), times the
-- digits of the number of relations of those concerned, a logarithm that every SQLite has.
SELECT 'directive' AS kind, f.n AS n, f.id AS id,
  (1.01 - json_extract(f.data, '$.confidence') + (json_extract(f.data, '$.issuer_resolution') = 'unresolved') * 0.3
    + (json_extract(f.data, '$.addressee_resolution') = 'unresolved') * 0.2)
  * (1 + (SELECT max(length(p.degree)) FROM flow JOIN node p ON p.n IN (flow.who, flow.whom) WHERE flow.directive = f.n)) AS rank
FROM directive d JOIN node f ON f.n = d.n
WHERE json_extract(f.data, '$.rule') NOT LIKE '%+reviewed'
UNION ALL
SELECT 'statement', f.n, f.id,
  (1.01 - json_extract(f.data, '$.confidence') + (s.a IS NULL) * 0.3 + (c.b IS NULL) * 0.2)
  * (1 + max(length(coalesce(p.degree, 0)), length(coalesce(q.degree, 0))))
FROM node f
LEFT JOIN edge s ON s.b = f.n AND s.type = 'STATED' LEFT JOIN node p ON p.n = s.a
LEFT JOIN edge c ON c.a = f.n AND c.type = 'CONCERNS' LEFT JOIN node q ON q.n = c.b
WHERE f.label = 'Statement' AND json_extract(f.data, '$.rule') NOT LIKE '%+reviewed'
UNION ALL
-- a post without a body, or at a body that only its article knows, is more doubtful
SELECT 'post', f.n, f.id,
  (1.01 - json_extract(f.data, '$.confidence') + CASE WHEN b.id IS NULL THEN 0.3 WHEN b.id GLOB '*@a????????????????' THEN 0.1 ELSE 0 END)
  * (1 + length(p.degree))
FROM node h
JOIN edge v ON v.b = h.n AND v.type = 'EVIDENCE_OF' JOIN node f ON f.n = v.a
JOIN edge m ON m.b = h.n AND m.type = 'HAS_MEMBERSHIP' JOIN node p ON p.n = m.a
LEFT JOIN edge i ON i.a = h.n AND i.type = 'IN_AGENCY' LEFT JOIN node b ON b.n = i.b
WHERE h.label = 'Membership' AND json_extract(f.data, '$.rule') NOT LIKE '%+reviewed'
UNION ALL
SELECT 'meeting', h.n, h.id,
  (1.01 - json_extract(f.data, '$.confidence') + (json_extract(h.data, '$.date') IS NULL) * 0.2 + (c.a IS NULL) * 0.1)
  * (1 + max(length(h.degree), length(coalesce(p.degree, 0))))
FROM node h
JOIN edge v ON v.b = h.n AND v.type = 'EVIDENCE_OF' JOIN node f ON f.n = v.a
LEFT JOIN edge c ON c.b = h.n AND c.type IN ('CHAIRED', 'HOSTED') LEFT JOIN node p ON p.n = c.a
WHERE h.label = 'Meeting' AND json_extract(f.data, '$.rule') NOT LIKE '%+reviewed'
ORDER BY 4 DESC, 3, 1
