-- `item` differs in what stands behind its columns, such as STRICT, which no statement changes
-- `tag` differs in what stands behind its columns, such as STRICT, which no statement changes

-- migrate: upgrade


-- migrate: downgrade

