-- n numbers the nodes; 0 stands for "not known" in flow
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, data TEXT NOT NULL,
  hint TEXT NOT NULL DEFAULT '', shared INTEGER NOT NULL DEFAULT 0, degree INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE alias (name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (name, n)) WITHOUT ROWID;
CREATE TABLE edge (a INTEGER NOT NULL, type TEXT NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, type, b)) WITHOUT ROWID;
-- what the list of directives filters by; about is the topic, else the content cut short
CREATE TABLE directive (
  n INTEGER PRIMARY KEY, date TEXT, strength INTEGER NOT NULL, act TEXT NOT NULL, verb TEXT NOT NULL, about TEXT NOT NULL,
  topic INTEGER, article INTEGER, record TEXT, start INTEGER NOT NULL, search TEXT NOT NULL
);
CREATE TABLE flow (directive INTEGER NOT NULL, who INTEGER NOT NULL, whom INTEGER NOT NULL, PRIMARY KEY (directive, who, whom)) WITHOUT ROWID;
CREATE TABLE facet (kind TEXT NOT NULL, target INTEGER NOT NULL, directive INTEGER NOT NULL, PRIMARY KEY (kind, target, directive)) WITHOUT ROWID;
-- which articles name what, how often, and where first
CREATE TABLE naming (
  entity INTEGER NOT NULL, published TEXT NOT NULL, article INTEGER NOT NULL, times INTEGER NOT NULL, start INTEGER NOT NULL,
  PRIMARY KEY (entity, published DESC, article)
) WITHOUT ROWID;
-- what is linked with what, both ways: for paths
CREATE TABLE tie (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE VIRTUAL TABLE names USING fts5(exact, folded, content='', tokenize="unicode61 remove_diacritics 0", prefix='1 2 3');
CREATE VIRTUAL TABLE quotes USING fts5(exact, folded, content='', tokenize="unicode61 remove_diacritics 0", prefix='1 2');
CREATE TABLE word (term TEXT NOT NULL);
