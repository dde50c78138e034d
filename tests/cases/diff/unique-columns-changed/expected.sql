-- migrate: upgrade

ALTER TABLE item DROP CONSTRAINT one;
ALTER TABLE item ADD CONSTRAINT one UNIQUE (b);

-- migrate: downgrade

ALTER TABLE item DROP CONSTRAINT one;
ALTER TABLE item ADD CONSTRAINT one UNIQUE (a);
