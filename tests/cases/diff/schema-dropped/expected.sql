-- migrate: upgrade

DROP TABLE shop.sale;
DROP SCHEMA shop;

-- migrate: downgrade

CREATE SCHEMA shop;

CREATE TABLE shop.sale (
    id INTEGER PRIMARY KEY,
    item_id INTEGER REFERENCES item (id)
);
