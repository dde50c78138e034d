-- migrate: upgrade

ALTER TABLE item ALTER COLUMN one DROP DEFAULT;
ALTER TABLE item ALTER COLUMN one TYPE TEXT;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'good');
DROP TYPE mood_old;
ALTER TABLE item ALTER COLUMN two TYPE TEXT;
ALTER TYPE size RENAME TO size_old;
CREATE TYPE size AS ENUM ('good', 'big');
DROP TYPE size_old;
ALTER TABLE item ALTER COLUMN one TYPE size USING "one"::size;
ALTER TABLE item ALTER COLUMN one SET DEFAULT 'good';
ALTER TABLE item ALTER COLUMN two TYPE mood USING "two"::mood;

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN two TYPE TEXT;
ALTER TABLE item ALTER COLUMN one DROP DEFAULT;
ALTER TABLE item ALTER COLUMN one TYPE TEXT;
ALTER TYPE size RENAME TO size_old;
CREATE TYPE size AS ENUM ('good', 'odd', 'big');
DROP TYPE size_old;
ALTER TABLE item ALTER COLUMN two TYPE size USING "two"::size;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'good', 'odd');
DROP TYPE mood_old;
ALTER TABLE item ALTER COLUMN one TYPE mood USING "one"::mood;
ALTER TABLE item ALTER COLUMN one SET DEFAULT 'odd';
