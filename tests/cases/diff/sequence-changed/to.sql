-- engines: postgresql: SQLite and MySQL have no sequences
CREATE SEQUENCE numbers INCREMENT BY 2 START WITH 100 MAXVALUE 1000 CYCLE;
