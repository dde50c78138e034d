-- migrate: upgrade

ALTER TABLE item ALTER COLUMN numbers TYPE BIGINT[] USING "numbers"::text::BIGINT[];

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN numbers TYPE INTEGER[] USING "numbers"::text::INTEGER[];
