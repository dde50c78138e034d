-- upgrade
ALTER TABLE person CONVERT TO CHARACTER SET utf8mb4;
-- downgrade
