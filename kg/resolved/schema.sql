-- The resolved graph of a home: what identity found, article by article and block by block, so that a change costs what it touches.
-- All of it follows from the truth; the file can be deleted at any time.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- work that is still to be done, by phase; a killed run goes on from here
CREATE TABLE todo (phase TEXT NOT NULL, key TEXT NOT NULL, old BLOB, PRIMARY KEY (phase, key)) WITHOUT ROWID;

-- what changed since the stores were filled last
CREATE TABLE touched (kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;

-- what each reading of the truth added to the sum of all (kg.home.readings_sum) when the graph was finished last
CREATE TABLE seen (article TEXT PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID;

-- each article by itself
CREATE TABLE article (id TEXT PRIMARY KEY, checksum TEXT NOT NULL, day TEXT NOT NULL, sketch BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE official (
  name TEXT NOT NULL, article TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (name, article, number)
) WITHOUT ROWID;
CREATE INDEX official_article ON official (article);
CREATE TABLE redirect (source TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, PRIMARY KEY (source, old)) WITHOUT ROWID;
CREATE INDEX redirect_old ON redirect (old);
CREATE INDEX redirect_new ON redirect (new);

-- near-duplicates
CREATE TABLE sketch (value INTEGER NOT NULL, article TEXT NOT NULL, PRIMARY KEY (value, article)) WITHOUT ROWID;
CREATE TABLE twin_pair (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX twin_pair_other ON twin_pair (other);
CREATE TABLE twin (article TEXT PRIMARY KEY, cluster TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX twin_cluster ON twin (cluster);

-- what is kept of near-duplicates: `kept` says all that the article says (itself where none does), rank 0 is told first
CREATE TABLE form (
  article TEXT PRIMARY KEY, cluster TEXT NOT NULL, rank INTEGER NOT NULL, kept TEXT NOT NULL, variant TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX form_cluster ON form (cluster);
CREATE INDEX form_kept ON form (kept);

-- persons
CREATE TABLE person (
  article TEXT NOT NULL, number INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY (article, number)
) WITHOUT ROWID;

-- what articles add
CREATE TABLE own_meeting (article TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE own_articlenode (article TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE own_directive (article TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE own_statement (article TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE own_mention (article TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE notes (article TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE tally (
  entity TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (entity, attribute, value)
) WITHOUT ROWID;

-- what several articles may report: by what reports must share to be compared, and by day, since only those of a day and of the next are
-- (`pair` and `todo` have day and ground of directives in one word: kg.resolved.grounds)
CREATE TABLE report (
  kind TEXT NOT NULL, ground TEXT NOT NULL, day TEXT NOT NULL, id TEXT NOT NULL, article TEXT NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (kind, ground, day, id)
) WITHOUT ROWID;
CREATE INDEX report_article ON report (article);
CREATE TABLE given (directive TEXT PRIMARY KEY, meeting TEXT NOT NULL, article TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX given_meeting ON given (meeting);
CREATE INDEX given_article ON given (article);
CREATE TABLE pair (
  kind TEXT NOT NULL, ground TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (kind, ground, one, other)
) WITHOUT ROWID;
CREATE INDEX pair_one ON pair (one);
CREATE INDEX pair_other ON pair (other);
-- directives and meetings that only repeat one of a near-duplicate, which is kept
CREATE TABLE repeat (id TEXT PRIMARY KEY, kept TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX repeat_kept ON repeat (kept);
CREATE TABLE same_as (kind TEXT NOT NULL, id TEXT NOT NULL, cluster TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX same_as_id ON same_as (id, cluster);
CREATE INDEX same_as_cluster ON same_as (cluster, id);

-- entities that articles share, and on whose presence each depends
CREATE TABLE shared (class TEXT NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (class, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX shared_id ON shared (id);
CREATE TABLE needs (target TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (target, entity)) WITHOUT ROWID;
CREATE INDEX needs_entity ON needs (entity);
