-- upgrade
CREATE EXTENSION IF NOT EXISTS plpgsql;
-- downgrade
