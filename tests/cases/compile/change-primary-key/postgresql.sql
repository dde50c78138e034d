-- upgrade
CREATE TABLE "code" (
    "old_code" VARCHAR(10) NOT NULL,
    "new_code" VARCHAR(10) NOT NULL,
    CONSTRAINT "code_pk" PRIMARY KEY ("old_code")
);
INSERT INTO code VALUES ('a', 'x'), ('b', 'y');
ALTER TABLE "code" DROP CONSTRAINT "code_pk";
ALTER TABLE "code" ADD CONSTRAINT "code_new_pk" PRIMARY KEY ("new_code");
-- downgrade
DROP TABLE "code";
