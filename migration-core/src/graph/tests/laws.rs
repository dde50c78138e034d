//! Laws of names and labels over generated graphs.

use proptest::prelude::*;

use crate::graph::drawing::{any_drawing, draw, words};

#[test]
fn a_label_spreads_down_to_the_fork_below_and_up_over_all_that_follows() {
    let graph = draw("aaaa1; bbbb1 <aaaa1; bbbb2 <bbbb1 #left; bbbb3 <bbbb2; cccc1 <aaaa1");
    let labelled: Vec<&str> = graph
        .iter()
        .map(|revision| revision.id().as_str())
        .filter(|id| !graph.labels(id).is_empty())
        .collect();
    assert_eq!(labelled, ["bbbb1", "bbbb2", "bbbb3"]);
    assert_eq!(words(&graph.branch_points()), "aaaa1");
}

proptest! {
    #[test]
    fn four_characters_that_begin_one_id_mean_that_id(drawing in any_drawing()) {
        let graph = draw(&drawing);
        for revision in graph.iter() {
            for length in 4..=revision.id().as_str().len() {
                let found = graph.resolve(&revision.id().as_str()[..length]).unwrap();
                prop_assert_eq!(found, vec![revision.id().clone()]);
            }
        }
    }

    #[test]
    fn no_target_and_no_range_makes_the_reader_panic(
        drawing in any_drawing(),
        target in "(r00[0-9]|label[0-9]|head|heads|base|current|@|[-+:]|[0-9]{1,2}|x){0,5}"
    ) {
        let graph = draw(&drawing);
        let _ = graph.resolve(&target);
        let _ = graph.history(Some(&target), &graph.heads());
    }
}
