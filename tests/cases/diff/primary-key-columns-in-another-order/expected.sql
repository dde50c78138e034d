-- migrate: upgrade

ALTER TABLE item DROP PRIMARY KEY;
ALTER TABLE item ADD PRIMARY KEY (b, a);

-- migrate: downgrade

ALTER TABLE item DROP PRIMARY KEY;
ALTER TABLE item ADD PRIMARY KEY (a, b);
