-- migrate: upgrade

ALTER TYPE "{prefix}mood" RENAME TO "{prefix}mood_old";
CREATE TYPE "{prefix}mood" AS ENUM ('sad');
ALTER TABLE "{prefix}person" ALTER COLUMN now TYPE "{prefix}mood" USING "now"::text::"{prefix}mood";
DROP TYPE "{prefix}mood_old";

-- migrate: downgrade

ALTER TYPE "{prefix}mood" RENAME TO "{prefix}mood_old";
CREATE TYPE "{prefix}mood" AS ENUM ('sad', 'happy');
ALTER TABLE "{prefix}person" ALTER COLUMN now TYPE "{prefix}mood" USING "now"::text::"{prefix}mood";
DROP TYPE "{prefix}mood_old";
