-- migrate: upgrade

CREATE TABLE "{prefix}book" (
    id INTEGER PRIMARY KEY,
    author_id INTEGER REFERENCES "{prefix}author" (id)
);

CREATE INDEX "{prefix}book_author" ON "{prefix}book" (author_id);

-- migrate: downgrade

DROP TABLE "{prefix}book";
