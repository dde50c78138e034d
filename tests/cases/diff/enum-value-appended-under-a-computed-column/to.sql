CREATE TYPE mood AS ENUM ('sad', 'glad', 'wild');
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    mood mood NOT NULL,
    smiles INTEGER GENERATED ALWAYS AS (CASE WHEN mood = 'glad' THEN 1 ELSE 0 END) STORED,
    CHECK (smiles < 2),
    UNIQUE (id, smiles)
);
CREATE INDEX person_smiles ON person (smiles);
