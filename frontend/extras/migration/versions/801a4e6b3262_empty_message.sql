-- empty message
--
-- Revision ID: 801a4e6b3262
-- Revises: 1ea7100d95d0
-- Create Date: 2018-04-24 16:10:41.783246

-- migrate: upgrade

ALTER TABLE "{prefix}fileExt" ADD COLUMN depth INTEGER;

-- migrate: downgrade

ALTER TABLE "{prefix}fileExt" DROP COLUMN depth;
