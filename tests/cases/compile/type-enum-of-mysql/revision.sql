-- type enum of mysql
--
-- Revision ID: ca5e00000373
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE sized (id INTEGER PRIMARY KEY, size ENUM('s', 'm', 'l') DEFAULT 'm');

-- migrate: downgrade

DROP TABLE sized;
