-- no statement changes what is said of `item` as a whole
-- no statement changes what is said of `tag` as a whole

-- migrate: upgrade


-- migrate: downgrade

