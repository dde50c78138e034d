-- migrate: upgrade

ALTER TYPE mood ADD VALUE 'wild';

-- migrate: downgrade

ALTER TABLE person DROP CONSTRAINT person_smiles_check;
ALTER TABLE person DROP CONSTRAINT person_id_smiles_key;
DROP INDEX person_smiles ON person;
ALTER TABLE person DROP COLUMN smiles;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'glad');
ALTER TABLE person ALTER COLUMN mood TYPE mood USING "mood"::text::mood;
DROP TYPE mood_old;

ALTER TABLE person
    ADD COLUMN smiles INTEGER GENERATED ALWAYS AS (CASE WHEN mood = 'glad' THEN 1 ELSE 0 END) STORED;

ALTER TABLE person ADD CHECK (smiles < 2);
ALTER TABLE person ADD UNIQUE (id, smiles);
CREATE INDEX person_smiles ON person (smiles);
