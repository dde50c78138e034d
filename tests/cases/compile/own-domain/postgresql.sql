-- upgrade
CREATE DOMAIN positive AS INTEGER CHECK (VALUE > 0);
-- downgrade
DROP DOMAIN positive;
