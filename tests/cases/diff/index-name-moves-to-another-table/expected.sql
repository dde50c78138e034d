-- migrate: upgrade

DROP INDEX wandering ON omega;
CREATE INDEX wandering ON alpha (a);

-- migrate: downgrade

DROP INDEX wandering ON alpha;
CREATE INDEX wandering ON omega (a);
