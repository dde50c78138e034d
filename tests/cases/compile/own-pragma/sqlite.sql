-- upgrade
PRAGMA user_version = 7;
-- downgrade
PRAGMA user_version = 0;
