-- migrate: upgrade

ALTER TABLE booking ADD CONSTRAINT once EXCLUDE USING gist (room WITH &&);

-- migrate: downgrade

ALTER TABLE "booking" DROP CONSTRAINT "once";
