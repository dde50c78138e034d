-- migrate: upgrade

ALTER TABLE book VALIDATE CONSTRAINT wrote;

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT wrote;
ALTER TABLE book ADD CONSTRAINT wrote FOREIGN KEY (author_id) REFERENCES author (id) NOT VALID;
