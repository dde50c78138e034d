-- upgrade
CREATE TABLE "p_shelf" (
    "id" INTEGER NOT NULL,
    "p_mark" VARCHAR(10) NOT NULL DEFAULT 'p_',
    PRIMARY KEY ("id")
);
INSERT INTO p_shelf (id, "p_mark") VALUES (1, '{prefix}');
ALTER TABLE "p_shelf" ADD CONSTRAINT "p_shelf_mark" CHECK ("p_mark" <> 'p_x');
CREATE INDEX "ix_p_shelf" ON "p_shelf" ("p_mark");
-- downgrade
DROP TABLE "p_shelf";
