-- how the source's bytes became text (kg.model.article.Decoding as JSON): encoding, confidence, repairs, marks back to the source
ALTER TABLE sources ADD COLUMN decoding TEXT;
