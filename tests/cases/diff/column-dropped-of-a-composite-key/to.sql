CREATE TABLE tag (book INTEGER, place INTEGER, UNIQUE (book));
CREATE INDEX tag_place ON tag (place);
