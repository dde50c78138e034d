-- migrate: upgrade

ALTER TABLE item RENAME CONSTRAINT one TO two;

-- migrate: downgrade

ALTER TABLE item RENAME CONSTRAINT two TO one;
