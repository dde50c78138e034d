-- migrate: upgrade

ALTER TABLE book RENAME CONSTRAINT wrote TO written_by;

-- migrate: downgrade

ALTER TABLE book RENAME CONSTRAINT written_by TO wrote;
