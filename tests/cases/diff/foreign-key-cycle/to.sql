CREATE TABLE planet (id INTEGER PRIMARY KEY);
CREATE TABLE employee (id INTEGER PRIMARY KEY, department_id INTEGER, boss_id INTEGER REFERENCES employee (id));
CREATE TABLE department (id INTEGER PRIMARY KEY, head_id INTEGER REFERENCES employee (id));
ALTER TABLE employee ADD FOREIGN KEY (department_id) REFERENCES department (id);
