-- index extras
--
-- Revision ID: ca5e00000130
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE INDEX ix_file_covering ON file (size) INCLUDE (note);
CREATE INDEX ix_file_sorted ON file (note DESC NULLS LAST);
CREATE INDEX ix_file_hashed ON file USING btree (note);
CREATE INDEX ix_file_start ON file (note (10));

-- migrate: downgrade

DROP INDEX ix_file_start;
DROP INDEX ix_file_hashed;
DROP INDEX ix_file_sorted;
DROP INDEX ix_file_covering;
