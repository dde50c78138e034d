-- migrate: upgrade

ALTER TABLE tag ADD UNIQUE (book);
DROP INDEX tag_place ON tag;
CREATE INDEX tag_place ON tag (place);
ALTER TABLE tag DROP CONSTRAINT tag_book_word_key;
ALTER TABLE tag DROP CONSTRAINT tag_check;
ALTER TABLE tag DROP COLUMN word;

-- migrate: downgrade

ALTER TABLE tag ADD COLUMN word VARCHAR(20);
ALTER TABLE tag ADD CHECK (book > place);
ALTER TABLE tag ADD UNIQUE (book, word);
DROP INDEX tag_place ON tag;
CREATE INDEX tag_place ON tag (place, word);
ALTER TABLE tag DROP CONSTRAINT tag_book_key;
