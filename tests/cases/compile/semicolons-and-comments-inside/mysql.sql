-- upgrade
INSERT INTO person (id, name) VALUES /* ; */ (9, 'a;b''c--d');
ALTER TABLE "person" ADD COLUMN "nick" VARCHAR(10) NULL DEFAULT '--;';
-- downgrade
ALTER TABLE "person" DROP COLUMN "nick";
DELETE FROM person WHERE id = 9;
