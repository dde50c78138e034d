//! Programs that run over a new revision.

use migration_core::dialect::Dialect;
use migration_tests::databases;

use super::Scene;

fn scene(hooks: &str) -> Scene {
    let database = databases::fresh(Dialect::Sqlite).expect("SQLite is built in");
    let hooks = format!("\n[post_write_hooks]\n{hooks}");
    let scene = Scene::with(&database, "", &hooks);
    let text = scene.types("sed 's,^dbname.*,dbname = app.db,' migrate.ini", 0);
    scene.project.write("migrate.ini", &text);
    scene
}

#[test]
fn hooks_run_in_order_over_the_file() {
    let scene = scene(
        "hooks = first, second\nfirst.type = exec\nfirst.executable = sh\n\
         first.options = -c 'echo \"-- one\" >> \"$0\"' REVISION_SCRIPT_FILENAME\n\
         second.type = console_scripts\nsecond.entrypoint = sed\nsecond.options = \
         -i 's/one/two/' REVISION_SCRIPT_FILENAME\n",
    );
    let text = scene.types("migrate revision -m a --rev-id a1", 0);
    assert!(
        text.contains("Running post write hook 'second' ..."),
        "{text}"
    );
    let last = scene.types("tail -n 1 tree/versions/a1_a.sql", 0);
    assert_eq!(last, "-- two\n");
}

#[test]
fn a_hook_that_fails_is_an_error_and_the_file_stays() {
    let scene = scene(
        "hooks = lint\nlint.type = exec\nlint.executable = sh\n\
         lint.options = -c 'echo bad style; exit 4' REVISION_SCRIPT_FILENAME\n",
    );
    let text = scene.types("migrate revision -m a --rev-id a1", 1);
    assert!(
        text.contains("error: the hook `lint` failed: exit status: 4\nbad style\n"),
        "{text}"
    );
    assert!(text.contains("hint: the revision is written;"), "{text}");
    scene.types("test -f tree/versions/a1_a.sql", 0);
}

#[test]
fn a_hook_that_cannot_be_read_is_told_with_its_place() {
    let cases = [
        (
            "hooks = a\na.type = module\na.module = black\n",
            "error: hook `a` has no key `module`",
        ),
        (
            "hooks = a\na.type = python\n",
            "error: hook `a` has the type `python`, which is neither `exec` nor `console_scripts`",
        ),
        (
            "hooks = a\na.type = exec\n",
            "error: hook `a` names no program",
        ),
    ];
    for (hooks, expected) in cases {
        let database = databases::fresh(Dialect::Sqlite).expect("SQLite is built in");
        let scene = Scene::new(&database, "");
        let ini = scene.types("cat migrate.ini", 0);
        let ini = format!("{ini}[post_write_hooks]\n{hooks}");
        scene.project.write("migrate.ini", &ini);
        let text = scene.types("migrate revision -m a", 1);
        assert!(text.starts_with(expected), "{text}");
        assert!(text.contains("--> migrate.ini:"), "{text}");
    }
}
