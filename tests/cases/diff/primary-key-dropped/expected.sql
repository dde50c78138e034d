-- migrate: upgrade

ALTER TABLE item DROP PRIMARY KEY;

-- migrate: downgrade

ALTER TABLE item ADD PRIMARY KEY (id);
