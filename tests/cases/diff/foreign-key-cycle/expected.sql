-- migrate: upgrade

CREATE TABLE department (
    id INTEGER PRIMARY KEY,
    head_id INTEGER
);

CREATE TABLE employee (
    id INTEGER PRIMARY KEY,
    department_id INTEGER REFERENCES department (id),
    boss_id INTEGER REFERENCES employee (id)
);

ALTER TABLE department ADD FOREIGN KEY (head_id) REFERENCES employee (id);

-- migrate: downgrade

ALTER TABLE department DROP CONSTRAINT department_head_id_fkey;
DROP TABLE employee;
DROP TABLE department;
