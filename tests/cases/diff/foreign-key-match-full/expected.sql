-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_a_b_fkey;
ALTER TABLE book ADD FOREIGN KEY (a, b) REFERENCES place (a, b) MATCH FULL;

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_a_b_fkey;
ALTER TABLE book ADD FOREIGN KEY (a, b) REFERENCES place (a, b);
