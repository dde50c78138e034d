//! What is rendered reads as what it was rendered from.

use proptest::prelude::*;

use super::{read, settings, written};
use crate::operation::tests::any;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn an_operation_reads_as_itself(operation in any::any_operation()) {
        for options in settings() {
            let text = written(std::slice::from_ref(&operation), &options);
            let again = read(&text, &options);
            prop_assert_eq!(again.as_slice(), std::slice::from_ref(&operation), "{:?}\n{}", options, text);
        }
    }

    #[test]
    fn a_section_reads_as_its_operations(
        operations in prop::collection::vec(any::any_operation(), 0..6)
    ) {
        let options = &settings()[4];
        let text = written(&operations, options);
        prop_assert_eq!(read(&text, options), operations, "{}", text);
    }
}
