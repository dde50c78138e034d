-- upgrade
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL DEFAULT '0';
UPDATE file SET note = '4' WHERE id = 1;
INSERT INTO file (id, name, size) VALUES (4, 'four', 40);
SELECT count(*), NULL FROM "file" WHERE "note" IS NULL;
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NOT NULL DEFAULT '0';
-- downgrade
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL DEFAULT '0';
DELETE FROM file WHERE id = 4;
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL;
UPDATE file SET note = '1' WHERE id = 1;
