-- migrate: upgrade

ALTER TABLE item ALTER COLUMN code TYPE UUID USING "code"::UUID;

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN code TYPE TEXT;
