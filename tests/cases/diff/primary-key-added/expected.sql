-- migrate: upgrade

ALTER TABLE item ADD PRIMARY KEY (id);

-- migrate: downgrade

ALTER TABLE item DROP PRIMARY KEY;
ALTER TABLE item ALTER COLUMN id DROP NOT NULL;
