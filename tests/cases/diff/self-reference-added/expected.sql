-- migrate: upgrade

ALTER TABLE node ADD COLUMN parent_id INTEGER;
ALTER TABLE node ADD FOREIGN KEY (parent_id) REFERENCES node (id);

-- migrate: downgrade

ALTER TABLE node DROP CONSTRAINT node_parent_id_fkey;
ALTER TABLE node DROP COLUMN parent_id;
