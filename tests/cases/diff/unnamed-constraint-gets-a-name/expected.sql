-- migrate: upgrade

ALTER TABLE book RENAME CONSTRAINT book_a_check TO positive;

-- migrate: downgrade

ALTER TABLE book RENAME CONSTRAINT positive TO book_a_check;
