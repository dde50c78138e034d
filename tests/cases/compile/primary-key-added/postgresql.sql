-- upgrade
CREATE TABLE "loose" (
    "a" INTEGER NOT NULL,
    "b" VARCHAR(10)
);
INSERT INTO loose VALUES (5, 'x'), (3, 'y');
ALTER TABLE "loose" ADD PRIMARY KEY ("a");
-- downgrade
DROP TABLE "loose";
