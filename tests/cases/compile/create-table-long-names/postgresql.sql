-- upgrade
CREATE TABLE "a_table_whose_name_is_so_long_that_others_must_be_cut" (
    "a_column_whose_name_is_long_too" INTEGER,
    UNIQUE ("a_column_whose_name_is_long_too"),
    FOREIGN KEY ("a_column_whose_name_is_long_too") REFERENCES "person" ("id")
);
-- downgrade
DROP TABLE "a_table_whose_name_is_so_long_that_others_must_be_cut";
