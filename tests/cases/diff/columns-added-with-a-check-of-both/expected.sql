-- migrate: upgrade

ALTER TABLE span ADD COLUMN low INTEGER;
ALTER TABLE span ADD COLUMN high INTEGER;
ALTER TABLE span ADD CHECK (low < high);

-- migrate: downgrade

ALTER TABLE span DROP CONSTRAINT span_check;
ALTER TABLE span DROP COLUMN high;
ALTER TABLE span DROP COLUMN low;
