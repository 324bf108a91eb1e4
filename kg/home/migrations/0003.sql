-- which readings were written or taken out, the last time of each: what follows from the truth looks at what is new here
CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL UNIQUE);
INSERT INTO changes (article) SELECT article FROM readings ORDER BY article;
CREATE TRIGGER reading_written AFTER INSERT ON readings BEGIN
  INSERT OR REPLACE INTO changes (article) VALUES (NEW.article);
END;
CREATE TRIGGER reading_altered AFTER UPDATE ON readings BEGIN
  INSERT OR REPLACE INTO changes (article) VALUES (OLD.article);
  INSERT OR REPLACE INTO changes (article) VALUES (NEW.article);
END;
CREATE TRIGGER reading_removed AFTER DELETE ON readings BEGIN
  INSERT OR REPLACE INTO changes (article) VALUES (OLD.article);
END;
