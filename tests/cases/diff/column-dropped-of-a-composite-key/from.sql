CREATE TABLE tag (book INTEGER, word VARCHAR(20), place INTEGER, UNIQUE (book, word), CHECK (book > place));
CREATE INDEX tag_place ON tag (place, word);
