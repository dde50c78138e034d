-- own policy and owner
--
-- Revision ID: ca5e00000353
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON file USING (true);
ALTER TABLE file OWNER TO CURRENT_USER;

-- migrate: downgrade

DROP POLICY everybody ON file;
ALTER TABLE file DISABLE ROW LEVEL SECURITY;
