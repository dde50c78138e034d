-- create table long names
--
-- Revision ID: ca5e00000115
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE a_table_whose_name_is_so_long_that_others_must_be_cut (
    a_column_whose_name_is_long_too INTEGER UNIQUE REFERENCES person (id)
);

-- migrate: downgrade

DROP TABLE a_table_whose_name_is_so_long_that_others_must_be_cut;
