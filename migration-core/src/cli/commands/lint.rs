//! `lint`.

use clap::Args;
use serde::Serialize;

use super::upgrade;
use crate::cli::act;
use crate::cli::context::Context;
use crate::cli::describe::texts;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::lint_error::{LintError, counted};
use crate::cli::opened::Database;
use crate::cli::range;
use crate::cli::source_tree;
use crate::diagnostic::{Diagnostic, Severity, render};
use crate::lint::{self, Finding};
use crate::plan::{self, Plan, PlanError};
use crate::program::{self, Keep, Program};

/// Find statements that make programs wait or fail while they use the database
///
/// Looks at what `upgrade` would run: work that others wait for on the engine at hand, and changes
/// that the release before does not survive. Tables that these revisions make themselves are left
/// alone. Nothing is changed, and with --from no database is asked. Ends with exit code 3 when
/// something was found; `-- migrate: allow RULE reason` above a statement accepts it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Where to go, as with `upgrade`; `from:to` says where to begin, too
    #[arg(value_name = "TARGET", allow_negative_numbers = true)]
    targets: Vec<String>,

    /// Begin at these revisions in place of what the database has, such as those of the last release;
    /// `base` for none
    #[arg(long, value_name = "REV", value_delimiter = ',')]
    from: Vec<String>,

    /// Leave these rules out (comma-separated, may be repeated)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rules())]
    except: Vec<String>,
}

/// The names of the rules, with what each finds.
fn rules() -> impl clap::builder::TypedValueParser<Value = String> {
    use clap::builder::{PossibleValue, PossibleValuesParser};
    let rules = lint::RULES.iter();
    PossibleValuesParser::new(rules.map(|rule| PossibleValue::new(rule.name).help(rule.about)))
}

#[derive(Serialize)]
struct Answer {
    from: Vec<String>,
    to: Vec<String>,
    findings: Vec<Object>,
}

#[derive(Serialize)]
struct Object {
    rule: &'static str,
    revision: Option<String>,
    /// `file:line:column`.
    place: String,
    message: String,
    hint: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &Arguments) -> Result<(), Failure> {
    source_tree::warn_of_unbuilt(context)?;
    let plan = plan_of(context, arguments)?;
    let before = program::built(&context.linker()?, &plan.from)?.schema;
    let program = act::link(context, plan, Vec::new(), Keep::Operations)?;
    let mut found = lint::lint(&program, before, context.settings()?.transaction);
    found.retain(|it| !arguments.except.iter().any(|rule| rule == it.rule));
    show(context, &program, &found)?;
    match found.len() {
        0 => Ok(()),
        findings => Err(Failure::with_exit(
            LintError::Found { findings },
            Exit::Found,
        )),
    }
}

fn plan_of(context: &Context<'_>, arguments: &Arguments) -> Result<Plan, Failure> {
    let has_range = arguments.targets.iter().any(|it| it.contains(':'));
    if has_range && arguments.from.is_empty() {
        let graph = context.graph()?;
        let typed = range::upward(graph, &arguments.targets)?;
        return Ok(plan::upgrade(graph, &typed.rows, &typed.targets)?);
    }
    let targets = match arguments.targets.is_empty() {
        true => vec![upgrade::DEFAULT],
        false => range::targets(&arguments.targets)?,
    };
    if arguments.from.is_empty() {
        let database = Database::open_warning_of_edits(context)?;
        return Ok(plan::upgrade(context.graph()?, &database.rows, &targets)?);
    }
    let graph = context.graph()?;
    let rows = range::starts(graph, arguments.from.iter().map(String::as_str))?;
    Ok(plan::upgrade(graph, &rows, &targets).map_err(PlanError::about_typed_rows)?)
}

fn show(context: &Context<'_>, program: &Program, found: &[Finding]) -> Result<(), Failure> {
    let ui = context.ui;
    if ui.is_json() {
        return ui.document(&Answer {
            from: texts(&program.from),
            to: texts(&program.to),
            findings: found.iter().map(object).collect(),
        });
    }
    for finding in found {
        let drawn = render(&diagnostic(finding), ui.colours_data());
        ui.data(format_args!("{drawn}\n"))?;
    }
    ui.flush()?;
    let looked = counted(program.steps.len(), "revision", "revisions");
    let engine = program.dialect;
    ui.status(match found {
        [] => format!("Nothing found in {looked}, on {engine}."),
        _ => format!("Looked at {looked}, on {engine}."),
    });
    Ok(())
}

fn diagnostic(finding: &Finding) -> Diagnostic {
    let Finding {
        rule,
        place,
        message,
        hint,
        ..
    } = finding;
    Diagnostic {
        severity: Severity::Warning,
        code: rule,
        message: format!("{message} ({rule})"),
        place: place.clone(),
        hint: Some(hint.clone()),
    }
}

fn object(finding: &Finding) -> Object {
    Object {
        rule: finding.rule,
        revision: finding.revision.as_ref().map(ToString::to_string),
        place: finding.place.to_string(),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
    }
}
