-- engines: postgresql: only there a database holds schemas
CREATE SCHEMA shop;
CREATE TABLE item (id INTEGER PRIMARY KEY);
CREATE TABLE shop.sale (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item (id));
