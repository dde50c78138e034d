-- migrate: upgrade

ALTER TABLE item ALTER COLUMN number DROP DEFAULT;
DROP SEQUENCE numbers;

-- migrate: downgrade

CREATE SEQUENCE numbers INCREMENT BY 5 START WITH 100;
ALTER TABLE item ALTER COLUMN number SET DEFAULT nextval('numbers');
