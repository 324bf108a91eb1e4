CREATE UNIQUE INDEX node_id ON node (id);
CREATE INDEX node_label ON node (label, name);
CREATE INDEX edge_back ON edge (b, type, a);

UPDATE directive SET
  topic = (SELECT b FROM edge WHERE a = directive.n AND type = 'ABOUT'),
  article = (SELECT b FROM edge WHERE a = directive.n AND type = 'STATED_IN');
UPDATE directive SET about = (SELECT name FROM node WHERE node.n = topic) WHERE topic IS NOT NULL;
UPDATE directive SET record = (SELECT coalesce(json_extract(data, '$.record_id'), id) FROM node WHERE node.n = article);
CREATE INDEX directive_order ON directive (date DESC, record, start);
CREATE INDEX directive_article ON directive (article, start);

INSERT INTO flow
  SELECT DISTINCT d.n, coalesce(w.a, 0), coalesce(t.b, 0) FROM directive d
  LEFT JOIN edge w ON w.b = d.n AND w.type = 'ISSUED'
  LEFT JOIN edge t ON t.a = d.n AND t.type IN ('ADDRESSED_TO', 'LED_BY');

-- the same meaning as in queries/cypher/directives.cypher
INSERT OR IGNORE INTO facet SELECT 'who', e.a, d.n FROM directive d JOIN edge e ON e.b = d.n AND e.type = 'ISSUED';
INSERT OR IGNORE INTO facet SELECT 'who', p.b, d.n FROM directive d
  JOIN edge c ON c.a = d.n AND c.type = 'IN_CAPACITY' JOIN edge p ON p.a = c.b AND p.type = 'OF_POST';
INSERT OR IGNORE INTO facet SELECT 'whom', e.b, d.n FROM directive d JOIN edge e ON e.a = d.n AND e.type IN ('ADDRESSED_TO', 'LED_BY');
INSERT OR IGNORE INTO facet SELECT 'cites', e.b, d.n FROM directive d JOIN edge e ON e.a = d.n AND e.type = 'CITES';
INSERT OR IGNORE INTO facet SELECT 'topic', topic, n FROM directive WHERE topic IS NOT NULL;
INSERT OR IGNORE INTO facet SELECT 'meeting', e.b, d.n FROM directive d JOIN edge e ON e.a = d.n AND e.type = 'GIVEN_AT';
INSERT OR IGNORE INTO facet SELECT 'article', article, n FROM directive WHERE article IS NOT NULL;
-- former addressees, by the body that came after them
INSERT OR IGNORE INTO facet
  WITH RECURSIVE later (old, new) AS (
    SELECT a, b FROM edge WHERE type = 'SUCCEEDED_BY'
    UNION SELECT later.old, e.b FROM later JOIN edge e ON e.a = later.new AND e.type = 'SUCCEEDED_BY'
  )
  SELECT 'successor', later.new, f.directive FROM facet f JOIN later ON later.old = f.target WHERE f.kind = 'whom';
-- whatever takes part, whichever role it has
INSERT OR IGNORE INTO facet SELECT 'party', target, directive FROM facet WHERE kind IN ('who', 'whom');
INSERT OR IGNORE INTO facet SELECT 'party', e.b, d.n FROM directive d
  JOIN edge e ON e.a = d.n AND e.type IN ('COORDINATED_WITH', 'RELAYED_BY', 'ON_BEHALF_OF');
INSERT OR IGNORE INTO facet SELECT 'body', target, directive FROM facet JOIN node ON node.n = target WHERE kind = 'party' AND label = 'Agency';
INSERT OR IGNORE INTO facet SELECT 'body', e.b, f.directive FROM facet f JOIN edge e ON e.a = f.target AND e.type = 'POST_IN' WHERE f.kind = 'party';
INSERT OR IGNORE INTO facet SELECT 'body', e.b, d.n FROM directive d
  JOIN edge c ON c.a = d.n AND c.type = 'IN_CAPACITY' JOIN edge e ON e.a = c.b AND e.type = 'IN_AGENCY';
INSERT OR IGNORE INTO facet SELECT 'place', e.b, f.directive FROM facet f
  JOIN edge e ON e.a = f.target AND e.type = 'LOCATED_IN'
  WHERE f.kind = 'whom' OR (f.kind = 'who' AND EXISTS (SELECT 1 FROM edge i WHERE i.a = f.target AND i.type = 'ISSUED' AND i.b = f.directive));
INSERT OR IGNORE INTO facet SELECT 'place', l.b, f.directive FROM facet f
  JOIN edge p ON p.a = f.target AND p.type = 'POST_IN' JOIN edge l ON l.a = p.b AND l.type = 'LOCATED_IN'
  WHERE f.kind = 'whom' OR (f.kind = 'who' AND EXISTS (SELECT 1 FROM edge i WHERE i.a = f.target AND i.type = 'ISSUED' AND i.b = f.directive));
INSERT OR IGNORE INTO facet SELECT 'place', l.b, d.n FROM directive d
  JOIN edge c ON c.a = d.n AND c.type = 'IN_CAPACITY' JOIN edge a ON a.a = c.b AND a.type = 'IN_AGENCY'
  JOIN edge l ON l.a = a.b AND l.type = 'LOCATED_IN';
CREATE INDEX facet_directive ON facet (directive, kind, target);

INSERT OR IGNORE INTO tie SELECT who, whom FROM flow WHERE who > 0 AND whom > 0;
INSERT OR IGNORE INTO tie SELECT a, b FROM edge WHERE type IN ('PART_OF', 'LOCATED_IN', 'SUCCEEDED_BY', 'POST_IN', 'CHAIRED', 'HOSTED', 'ATTENDED',
  'REPLACES', 'AMENDS', 'CONTINUES', 'IMPLEMENTS', 'REVIEWS', 'BASED_ON');
INSERT OR IGNORE INTO tie SELECT p.a, i.b FROM edge p JOIN edge i ON i.a = p.b AND i.type = 'IN_AGENCY' WHERE p.type = 'HAS_MEMBERSHIP';
INSERT OR IGNORE INTO tie SELECT f.who, m.target FROM facet m JOIN flow f ON f.directive = m.directive WHERE m.kind IN ('topic', 'cites') AND f.who > 0;
INSERT OR IGNORE INTO tie SELECT b, a FROM tie;

UPDATE node SET degree = (SELECT count(*) FROM edge WHERE b = node.n) + (SELECT count(*) FROM edge WHERE a = node.n) WHERE name <> '';
UPDATE node SET shared = 1 WHERE name <> '' AND (label, name) IN (SELECT label, name FROM node WHERE name <> '' GROUP BY label, name HAVING count(*) > 1);
-- what tells those of one name apart
UPDATE node SET hint = coalesce((
    SELECT p.name || coalesce(', ' || nullif(b.name, p.name), '') FROM edge m
    JOIN edge o ON o.a = m.b AND o.type = 'OF_POST' JOIN node p ON p.n = o.b
    LEFT JOIN edge i ON i.a = m.b AND i.type = 'IN_AGENCY' LEFT JOIN node b ON b.n = i.b
    JOIN node ms ON ms.n = m.b
    WHERE m.a = node.n AND m.type = 'HAS_MEMBERSHIP'
    ORDER BY coalesce(json_extract(ms.data, '$.observed_to'), '') DESC, ms.id LIMIT 1), '') WHERE label = 'Person';
UPDATE node SET hint = coalesce((SELECT p.name FROM edge e JOIN node p ON p.n = e.b WHERE e.a = node.n AND e.type = 'LOCATED_IN'), '') WHERE label = 'Agency';
UPDATE node SET hint = coalesce((SELECT p.name FROM edge e JOIN node p ON p.n = e.b WHERE e.a = node.n AND e.type = 'POST_IN'), '') WHERE label = 'Post';
UPDATE node SET hint = coalesce(json_extract(data, '$.date'), '') WHERE label = 'Meeting';
UPDATE node SET hint = coalesce(nullif(json_extract(data, '$.title'), name), json_extract(data, '$.date'), '') WHERE label = 'Document';
UPDATE node SET hint = substr(coalesce(json_extract(data, '$.published'), ''), 1, 10) WHERE label = 'ArticleNode';
UPDATE node SET hint = coalesce(substr(json_extract(data, '$.valid_from'), 1, 10), '') || '–' || coalesce(substr(json_extract(data, '$.valid_to'), 1, 10), '')
  WHERE label = 'Place' AND shared AND (json_extract(data, '$.valid_from') IS NOT NULL OR json_extract(data, '$.valid_to') IS NOT NULL);
-- what only one article knows of is told apart by that article
UPDATE node SET hint = coalesce((
    SELECT 'theo ' || coalesce(json_extract(s.data, '$.outlet') || ', ', '') || substr(coalesce(json_extract(s.data, '$.published'), s.id), 1, 10)
    FROM edge e JOIN edge m ON m.b = e.a AND m.type = 'MENTIONS' JOIN node s ON s.n = m.a
    WHERE e.b = node.n AND e.type = 'EVIDENCE_OF' ORDER BY s.id LIMIT 1), '')
  WHERE hint = '' AND shared AND label IN ('Person', 'Agency', 'Group', 'Post', 'Document', 'Meeting');
UPDATE node SET hint = substr(hint, 1, 160) || '…' WHERE length(hint) > 160;
INSERT INTO naming
  SELECT v.b, coalesce(json_extract(a.data, '$.published'), ''), a.n, count(*), min(json_extract(x.data, '$.start'))
  FROM edge v JOIN edge m ON m.b = v.a AND m.type = 'MENTIONS' JOIN node x ON x.n = v.a JOIN node a ON a.n = m.a
  WHERE v.type = 'EVIDENCE_OF' GROUP BY v.b, a.n;
CREATE INDEX node_degree ON node (label, degree);
CREATE INDEX node_folded ON node (folded) WHERE folded <> '';
-- the words of names without accents, the most frequent first: what a mistyped word may have meant
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'names', 'col');
INSERT INTO word SELECT term FROM temp.vocabulary WHERE col = 'folded' ORDER BY doc DESC, term;
DROP TABLE temp.vocabulary;
CREATE INDEX node_same ON node (label, json_extract(data, '$.same_as')) WHERE json_extract(data, '$.same_as') IS NOT NULL;
ANALYZE;
