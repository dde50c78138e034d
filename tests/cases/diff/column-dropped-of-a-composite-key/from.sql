CREATE TABLE tag (book INTEGER, word TEXT, place INTEGER, UNIQUE (book, word), CHECK (book > place));
CREATE INDEX tag_place ON tag (place, word);
