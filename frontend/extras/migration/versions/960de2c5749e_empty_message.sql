-- empty message
--
-- Revision ID: 960de2c5749e
-- Revises: 801a4e6b3262
-- Create Date: 2018-05-22 15:47:51.455514

-- migrate: upgrade

CREATE TABLE "{prefix}fileKiosk" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    path VARCHAR(255),
    submitter_id VARCHAR(255)
);

-- A file whose size nobody wrote down counts as empty, so that the column can be closed.
-- migrate: allow rows nobody has to tell again whether a size of 0 was NULL before
UPDATE "{prefix}file" SET size = 0 WHERE size IS NULL;
ALTER TABLE "{prefix}file" ALTER COLUMN size SET NOT NULL;

-- migrate: downgrade

ALTER TABLE "{prefix}file" ALTER COLUMN size DROP NOT NULL;

DROP TABLE "{prefix}fileKiosk";
