-- migrate: upgrade


-- migrate: downgrade

