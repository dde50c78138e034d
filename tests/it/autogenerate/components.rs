//! Both components: their models and their revisions lead to the same.

use migration_tests::command::root;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

use super::expect;

fn agrees(component: &str, database: &TestDatabase) {
    let project = Project::new();
    let text = format!("{}tables_prefix = irma\n", database.ini());
    project.write("c.ini", &text);
    let types = |command: &str| {
        let line = format!("{component}-migrate -q -c c.ini {command}");
        expect(&project.shell(&line), &line, 0)
    };
    types("upgrade head");
    for command in ["check", "drift", "diff"] {
        assert_eq!(types(command), "", "{component} on {}", database.dialect());
    }
}

#[test]
fn at_head_the_models_of_frontend_ask_for_nothing() {
    databases::each(|database| agrees("frontend", database));
}

#[test]
fn at_head_the_models_of_brain_ask_for_nothing() {
    databases::each(|database| agrees("brain", database));
}

/// The history of a component with models that differ a little.
#[test]
fn a_change_of_the_models_becomes_a_revision_that_leads_there_and_back() {
    databases::each(|database| {
        let project = Project::new();
        let component = root().join("frontend");
        let migration = "tables_prefix = irma\n[migration]\nscript_location = tree\n\
                         models = models.sql\n";
        project.write("c.ini", &format!("{}{migration}", database.ini()));
        let types = |command: &str, code| {
            let line = format!("frontend-migrate -c c.ini {command}");
            expect(&project.shell(&line), &line, code)
        };
        let copy = format!(
            "mkdir tree && cp -r {0}/extras/migration/versions tree/ && sed 's/^    probelist \
             VARCHAR,/&\\n    priority INTEGER DEFAULT 0 NOT NULL,/' \
             {0}/models/sqlobjects.sql > models.sql",
            component.display()
        );
        expect(&project.shell(&copy), &copy, 0);
        types("upgrade head", 0);
        let check = types("check", 3);
        assert!(
            check.starts_with("add column `irma_scan.priority`\n"),
            "{check}"
        );
        let diff = types("diff", 0);
        assert!(diff.contains("ADD COLUMN \"priority\" INTEGER"), "{diff}");
        types("revision --autogenerate -m priority --rev-id cafe01", 0);
        let file = project.shell("sed '1,/^-- migrate: upgrade/d' tree/versions/cafe01*");
        let expected = "\nALTER TABLE \"{prefix}scan\" ADD COLUMN priority INTEGER DEFAULT 0 NOT \
                        NULL;\n\n-- migrate: downgrade\n\n-- drops the values of `priority`\n\
                        ALTER TABLE \"{prefix}scan\" DROP COLUMN priority;\n";
        assert_eq!(expect(&file, "sed", 0), expected);
        types("upgrade head", 0);
        types("check", 0);
        types("drift", 0);
        types("downgrade -- -1", 0);
        types("drift", 0);
    });
}
