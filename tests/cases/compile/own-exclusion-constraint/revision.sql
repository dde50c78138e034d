-- own exclusion constraint
--
-- Revision ID: ca5e00000357
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE booked (id INTEGER PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));

-- migrate: downgrade

DROP TABLE booked;
