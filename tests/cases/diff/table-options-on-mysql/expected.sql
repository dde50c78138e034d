-- migrate: upgrade

ALTER TABLE "item" ENGINE InnoDB;

-- migrate: downgrade

ALTER TABLE "item" ENGINE MyISAM;
