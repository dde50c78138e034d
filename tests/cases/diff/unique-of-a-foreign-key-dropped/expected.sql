-- migrate: upgrade

ALTER TABLE file DROP CONSTRAINT one_each;

-- migrate: downgrade

ALTER TABLE file ADD CONSTRAINT one_each UNIQUE (owner);
