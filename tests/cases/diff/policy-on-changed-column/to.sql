-- engines: postgresql: only it has policies
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
ALTER TABLE author ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON author USING (name = current_user);
