-- migrate: upgrade

CREATE TABLE node (
    id INTEGER PRIMARY KEY,
    code VARCHAR(20),
    parent VARCHAR(20)
);

CREATE UNIQUE INDEX node_code ON node (code);
ALTER TABLE node ADD FOREIGN KEY (parent) REFERENCES node (code);

-- migrate: downgrade

ALTER TABLE node DROP CONSTRAINT node_parent_fkey;
DROP TABLE node;
