-- migrate: upgrade

CREATE SEQUENCE numbers;
ALTER TABLE item ADD COLUMN number BIGINT DEFAULT nextval('numbers');
ALTER SEQUENCE numbers OWNED BY item.number;

-- migrate: downgrade

ALTER SEQUENCE numbers OWNED BY NONE;
ALTER TABLE item DROP COLUMN number;
DROP SEQUENCE numbers;
