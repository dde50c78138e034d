-- upgrade
ALTER TABLE file ENGINE=InnoDB;
-- downgrade
