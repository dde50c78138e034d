-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" mood DEFAULT 'sad'::mood NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id) VALUES (1);
-- downgrade
DROP TABLE "feeling";
DROP TYPE "mood";
