-- mysql spellings
--
-- Revision ID: ca5e00000377
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD INDEX file_note (note), ADD KEY file_size_key (size, note);
ALTER TABLE file RENAME INDEX file_note TO file_note_new;
ALTER TABLE file DROP KEY file_note_new;
ALTER TABLE file DROP INDEX file_size_key;
RENAME TABLE person TO people, {prefix}book TO {prefix}books;
RENAME TABLE people TO person, {prefix}books TO {prefix}book;
ALTER TABLE file CHANGE COLUMN size bytes BIGINT NULL, CHANGE note remark VARCHAR(200);
ALTER TABLE file COMMENT = 'files';

-- migrate: downgrade

ALTER TABLE file COMMENT '';
ALTER TABLE file CHANGE COLUMN bytes size INTEGER NULL, CHANGE remark note VARCHAR(200);
