//! Both components: their models and their revisions lead to the same.

use migration_core::dialect::Dialect;
use migration_tests::command::root;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history;
use migration_tests::project::Project;

use super::expect;
use crate::bench::Bench;

fn agrees(component: &str, database: &TestDatabase) {
    let project = Project::new();
    let text = format!("{}tables_prefix = irma\n", database.ini());
    project.write("c.ini", &text);
    let types = |command: &str| {
        let line = format!("{component}-migrate -q -c c.ini {command}");
        project.types(0, &line)
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

/// Every state that a history goes through is understood as well as its last one.
fn is_dumped(component: &str, database: TestDatabase) {
    let dialect = database.dialect();
    let graph = history::read(&root().join(component).join("extras/migration/versions"));
    let walked = Bench::new(database, "irma_").walk(&graph);
    walked.unwrap_or_else(|it| panic!("{component} on {dialect}: {it}"));
}

#[test]
fn models_made_of_any_state_of_frontend_ask_for_nothing() {
    let databases = Dialect::ALL.into_iter().filter_map(databases::fresh);
    databases.for_each(|it| is_dumped("frontend", it));
}

#[test]
fn models_made_of_any_state_of_brain_ask_for_nothing() {
    let databases = Dialect::ALL.into_iter().filter_map(databases::fresh);
    databases.for_each(|it| is_dumped("brain", it));
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
            project.types(code, &line)
        };
        let copy = format!(
            "mkdir tree && cp -r {0}/extras/migration/versions tree/ && sed 's/^    probelist \
             VARCHAR,/&\\n    priority INTEGER DEFAULT 0 NOT NULL,/' \
             {0}/models/sqlobjects.sql > models.sql",
            component.display()
        );
        project.types(0, &copy);
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

/// The ini that comes with a component, its revisions and its models, in a directory of their own.
fn shipped(component: &str, directory: &str) -> Project {
    let project = Project::new();
    let copy = format!(
        "mkdir {component} && cp -r {0}/{directory} {0}/models {0}/extras {component}/ && rm -f \
         {component}/{directory}/*.db",
        root().join(component).display()
    );
    project.types(0, &copy);
    project
}

#[test]
fn the_shipped_ini_compares_with_the_models_beside_it() {
    for (component, directory) in [("frontend", "config"), ("brain", "conf")] {
        let project = shipped(component, directory);
        let types = |command: &str, code| {
            let line =
                format!("{component}-migrate -c {component}/{directory}/{component}.ini {command}");
            project.types(code, &line)
        };
        types("-q upgrade head", 0);
        assert_eq!(types("-q check", 0), "", "{component}");
        let models = format!("{component}/models/sqlobjects.sql");
        let more = format!("echo 'CREATE TABLE \"{{prefix}}more\" (id INTEGER);' >> {models}");
        project.types(0, &more);
        assert_eq!(
            types("check", 3),
            "create table `irma_more`\nerror: the models differ from the database: 1 new upgrade \
             operation detected\nhint: `revision --autogenerate -m TEXT` writes the revision\n",
            "{component}"
        );
    }
}

#[test]
fn models_inside_the_binary_beside_revisions_in_a_directory_are_told_of() {
    let project = shipped("brain", "conf");
    let types = |command: &str| {
        let line = format!("brain-migrate -c brain/conf/brain.ini {command}");
        project.types(0, &line)
    };
    let warning = "warning: the models inside the binary are compared, though the revisions are \
                   read from a directory: `models = FILE` in the section [migration] of the ini \
                   names the file to edit\n";
    types("upgrade head");
    let comparing = ["check", "diff", "revision --autogenerate -m none"];
    for command in comparing {
        assert!(!types(command).contains("warning"), "{command}");
    }
    let forget = "sed -i '/^models =/d' brain/conf/brain.ini";
    project.types(0, forget);
    for command in comparing {
        assert!(types(command).starts_with(warning), "{command}");
    }
    assert_eq!(types("-q drift"), "");
    let embedded = "sed -i '/^script_location =/d' brain/conf/brain.ini";
    project.types(0, embedded);
    for command in ["check", "diff"] {
        assert!(!types(command).contains("warning"), "{command}");
    }
}
