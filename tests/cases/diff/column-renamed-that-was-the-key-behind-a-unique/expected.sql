-- migrate: upgrade

ALTER TABLE seat RENAME COLUMN number TO place;
ALTER TABLE seat DROP PRIMARY KEY;

-- migrate: downgrade

ALTER TABLE seat ADD PRIMARY KEY (place);
ALTER TABLE seat RENAME COLUMN place TO number;
