-- upgrade
CREATE TABLE "a_table_whose_name_is_so_long_that_others_must_be_cut" (
    "a_column_whose_name_is_long_too" INTEGER,
    CONSTRAINT "a_table_whose_name_is_so_long_a_column_whose_name_is_long_t_key" UNIQUE ("a_column_whose_name_is_long_too"),
    CONSTRAINT "a_table_whose_name_is_so_long_a_column_whose_name_is_long__fkey" FOREIGN KEY ("a_column_whose_name_is_long_too") REFERENCES "person" ("id")
);
-- downgrade
DROP TABLE "a_table_whose_name_is_so_long_that_others_must_be_cut";
