-- cart
--
-- Revision ID: cccc3
-- Revises: aaaa1
-- Branch Labels: shop
-- Create Date: 2026-01-02 03:04:05.000000+00:00

-- migrate: upgrade

CREATE TABLE cccc3 (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE cccc3;
