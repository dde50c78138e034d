-- migrate: upgrade

CREATE SEQUENCE numbers INCREMENT BY 5 START WITH 100;
ALTER TABLE item ADD COLUMN number BIGINT DEFAULT nextval('numbers');

-- migrate: downgrade

ALTER TABLE item DROP COLUMN number;
DROP SEQUENCE numbers;
