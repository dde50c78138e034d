-- upgrade
-- error: revision `ca5e00000116` cannot create table `user_of_pair`
-- caused by: mysql cannot demand that all columns of a reference are NULL or none (MATCH FULL)
-- hint: leave MATCH FULL out and add a CHECK that says so
-- downgrade
DROP TABLE "user_of_pair";
DROP TABLE "user_of_one";
DROP TABLE "pair";
