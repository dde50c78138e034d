-- upgrade
CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL,
    "place" INTEGER NOT NULL
);
ALTER TABLE "tag" ADD PRIMARY KEY ("name");
ALTER TABLE "tag" DROP CONSTRAINT "tag_pkey";
ALTER TABLE "tag" ADD CONSTRAINT "tag_key" PRIMARY KEY ("name", "place");
ALTER TABLE "tag" RENAME TO "label";
-- downgrade
ALTER TABLE "label" RENAME TO "tag";
ALTER TABLE "tag" DROP CONSTRAINT "tag_key";
DROP TABLE "tag";
