-- every form in which a source gave an article: `json` without origin, `digest` its SHA-256, `facts` how many fields are known
CREATE TABLE articles (
  id TEXT NOT NULL,
  digest TEXT NOT NULL,
  facts INTEGER NOT NULL,
  record_id TEXT,
  json BLOB NOT NULL,
  PRIMARY KEY (id, digest)
);
CREATE INDEX articles_record ON articles (record_id) WHERE record_id IS NOT NULL;

-- the form that counts: most known fields, then smallest digest, whatever came first
CREATE VIEW canonical AS
  SELECT id, digest, json FROM articles AS a
  WHERE NOT EXISTS (
    SELECT 1 FROM articles AS b
    WHERE b.id = a.id AND (b.facts > a.facts OR (b.facts = a.facts AND b.digest < a.digest))
  );

CREATE TABLE readings (
  article TEXT PRIMARY KEY,
  variant TEXT NOT NULL,
  reader TEXT NOT NULL,
  digest TEXT NOT NULL,
  json BLOB NOT NULL
);
-- lets `stamp` and the check for what is unchanged pass over the readings themselves
CREATE INDEX readings_state ON readings (article, variant, reader, digest);

-- articles whose form that counts is still to be read: a better form came in, or the one that was read is gone
CREATE TABLE pending (article TEXT PRIMARY KEY) WITHOUT ROWID;

-- where each article stands, and each input that could not be read (`article` is then empty)
CREATE TABLE sources (
  source TEXT NOT NULL,
  locator TEXT NOT NULL,
  article TEXT NOT NULL,
  loader TEXT NOT NULL,
  digest TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'duplicate', 'failed')),
  reason TEXT,
  PRIMARY KEY (source, locator, article)
) WITHOUT ROWID;
CREATE INDEX sources_article ON sources (article, digest);

CREATE TABLE retractions (
  article TEXT PRIMARY KEY,
  record_id TEXT
) WITHOUT ROWID;
