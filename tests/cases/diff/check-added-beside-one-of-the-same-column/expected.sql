-- migrate: upgrade

ALTER TABLE place RENAME CONSTRAINT place_size_check TO place_size_check1;
ALTER TABLE place ADD CHECK (size < 9);

-- migrate: downgrade

ALTER TABLE place DROP CONSTRAINT place_size_check;
ALTER TABLE place RENAME CONSTRAINT place_size_check1 TO place_size_check;
