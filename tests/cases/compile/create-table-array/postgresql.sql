-- upgrade
CREATE TABLE "lists" (
    "numbers" INTEGER[]
);
-- downgrade
DROP TABLE "lists";
