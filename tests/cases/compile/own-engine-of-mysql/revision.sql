-- own engine of mysql
--
-- Revision ID: ca5e00000359
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ENGINE=InnoDB;

-- migrate: downgrade


