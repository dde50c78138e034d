-- upgrade
CREATE TABLE "p_shelf" (
    "id" INTEGER,
    "p_mark" VARCHAR(10) DEFAULT 'p_' NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO p_shelf (id, "p_mark") VALUES (1, '{prefix}');
ALTER TABLE "p_shelf" ADD CONSTRAINT "p_shelf_mark" CHECK ("p_mark" <> 'p_x');
CREATE INDEX "ix_p_shelf" ON "p_shelf" ("p_mark");
-- downgrade
DROP TABLE "p_shelf";
