//! Revisions in a terminal: lines beside their texts, as `git log --graph` draws them.

use super::lanes::{Kind, Lanes, Row, rows};
use super::{Standing, Tree};

/// The signs that lines are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// Lines and circles.
    Unicode,
    /// What every terminal has.
    Ascii,
}

/// Draws revisions with a text for each, which may have several lines. `paint` colours what stands
/// in a column.
pub fn terminal(
    tree: &Tree,
    texts: &[String],
    signs: Signs,
    paint: &dyn Fn(usize, &str) -> String,
) -> Vec<String> {
    let (rows, _) = rows(tree);
    let drawer = Drawer { signs, paint };
    let mut lines = Vec::new();
    for ((row, node), text) in rows.iter().zip(&tree.revisions).zip(texts) {
        if !row.ends.is_empty() {
            lines.push(drawer.joint(row, Way::Ends));
        }
        let mut text = text.lines();
        let margin = drawer.revision(row, node.state);
        lines.push(format!("{margin} {}", text.next().unwrap_or_default()));
        if !row.begins.is_empty() {
            lines.push(drawer.joint(row, Way::Begins));
        }
        let width = row.above.len().max(row.below.len()).max(row.column + 1);
        let missing = "  ".repeat(width - row.below.len());
        let margin = drawer.lanes(&row.below) + &missing;
        for line in text {
            lines.push(format!("{margin} {line}"));
        }
        if row.is_cut {
            lines.push(drawer.cut(row));
        }
    }
    let trimmed = lines.into_iter().map(|line| line.trim_end().to_owned());
    trimmed.collect()
}

/// Which lines meet between two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Those that end at the revision below.
    Ends,
    /// Those that begin at the revision above.
    Begins,
}

/// What a place between rows is joined with.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    up: bool,
    down: bool,
    left: bool,
    right: bool,
    dashed: bool,
}

struct Drawer<'a> {
    signs: Signs,
    paint: &'a dyn Fn(usize, &str) -> String,
}

impl Drawer<'_> {
    fn lanes(&self, lanes: &Lanes) -> String {
        let cells = lanes.iter().enumerate();
        let drawn = cells.map(|(column, lane)| match lane {
            Some(lane) => (self.paint)(column, self.down(lane.kind)) + " ",
            None => "  ".to_owned(),
        });
        drawn.collect::<String>()
    }

    fn down(&self, kind: Kind) -> &'static str {
        match (self.signs, kind) {
            (Signs::Unicode, Kind::Revises) => "│",
            (Signs::Unicode, Kind::DependsOn) => "┊",
            (Signs::Ascii, Kind::Revises) => "|",
            (Signs::Ascii, Kind::DependsOn) => ":",
        }
    }

    /// The row of a revision: lines that pass it, and its own sign.
    fn revision(&self, row: &Row, state: Option<Standing>) -> String {
        let sign = match (self.signs, state) {
            (Signs::Unicode, Some(Standing::Current)) => "◉",
            (Signs::Unicode, Some(Standing::Applied) | None) => "●",
            (Signs::Unicode, Some(Standing::Pending)) => "○",
            (Signs::Ascii, Some(Standing::Current)) => "@",
            (Signs::Ascii, Some(Standing::Applied) | None) => "*",
            (Signs::Ascii, Some(Standing::Pending)) => "o",
        };
        let mut passing = row.above.clone();
        for ended in row.ends.iter().chain([&row.column]) {
            if let Some(lane) = passing.get_mut(*ended) {
                *lane = None;
            }
        }
        while passing.len() > row.column && passing.last() == Some(&None) {
            passing.pop();
        }
        let before = self.lanes(&passing[..row.column.min(passing.len())].to_vec());
        let missing = row.column.saturating_sub(passing.len());
        let mut line = before + &"  ".repeat(missing) + &(self.paint)(row.column, sign) + " ";
        for (column, lane) in passing.iter().enumerate().skip(row.column + 1) {
            line += &match lane {
                Some(lane) => (self.paint)(column, self.down(lane.kind)) + " ",
                None => "  ".to_owned(),
            };
        }
        line
    }

    /// The line between two rows where lines end or begin.
    fn joint(&self, row: &Row, way: Way) -> String {
        let (lanes, met) = match way {
            Way::Ends => (&row.above, &row.ends),
            Way::Begins => (&row.below, &row.begins),
        };
        let own = row.column;
        let count = lanes.len().max(own + 1);
        let mut cells = vec![Cell::default(); count];
        for (cell, lane) in cells.iter_mut().zip(lanes) {
            if let Some(lane) = lane {
                (cell.up, cell.down) = (true, true);
                cell.dashed = lane.kind == Kind::DependsOn;
            }
        }
        if way == Way::Begins {
            cells[own].up = true;
        }
        let known = |column: &usize| row.above.get(*column).is_some_and(Option::is_some);
        let mut level = vec![None; count];
        for column in met {
            let kind = lanes[*column].map_or(Kind::Revises, |lane| lane.kind);
            let cell = &mut cells[*column];
            match way {
                Way::Ends => cell.down = false,
                // A line that was there already goes on.
                Way::Begins => cell.up = known(column) && !row.ends.contains(column),
            }
            let (left, right) = (own.min(*column), own.max(*column));
            cells[left].right = true;
            cells[right].left = true;
            for between in &mut level[left..right] {
                let solid = *between == Some(Kind::Revises);
                *between = Some(if solid { Kind::Revises } else { kind });
            }
            for cell in &mut cells[left + 1..right] {
                (cell.left, cell.right) = (true, true);
            }
        }
        let mut line = String::new();
        for (column, cell) in cells.into_iter().enumerate() {
            line += &(self.paint)(column, self.sign(cell, level[column]));
            line += &match level[column] {
                Some(kind) => (self.paint)(own, self.across(kind)),
                None => " ".to_owned(),
            };
        }
        line
    }

    fn across(&self, kind: Kind) -> &'static str {
        match (self.signs, kind) {
            (Signs::Unicode, Kind::Revises) => "─",
            (Signs::Unicode, Kind::DependsOn) => "┄",
            (Signs::Ascii, Kind::Revises | Kind::DependsOn) => "-",
        }
    }

    fn sign(&self, cell: Cell, level: Option<Kind>) -> &'static str {
        let Cell {
            up,
            down,
            left,
            right,
            dashed,
        } = cell;
        let kind = if dashed {
            Kind::DependsOn
        } else {
            Kind::Revises
        };
        let unicode = match (up, down, left, right) {
            // A line that only passes is not joined.
            (true, true, false, false) | (true, true, true, true) => return self.down(kind),
            (false, false, false, false) => " ",
            (false, false, _, _) => return self.across(level.unwrap_or(Kind::Revises)),
            (true, true, false, true) => "├",
            (true, true, true, false) => "┤",
            (true, false, true, true) => "┴",
            (false, true, true, true) => "┬",
            (true, false, true, false) => "╯",
            (true, false, false, true) => "╰",
            (false, true, true, false) => "╮",
            (false, true, false, true) => "╭",
            (true, false, false, false) | (false, true, false, false) => return self.down(kind),
        };
        match (self.signs, unicode) {
            (Signs::Unicode, sign) => sign,
            (Signs::Ascii, " ") => " ",
            (Signs::Ascii, "├" | "┤") => "|",
            (Signs::Ascii, "╯" | "╰") => "'",
            (Signs::Ascii, "╮" | "╭") => ".",
            (Signs::Ascii, _) => "+",
        }
    }

    /// Says that there is more below than is drawn.
    fn cut(&self, row: &Row) -> String {
        let mut line = String::new();
        for column in 0..row.below.len().max(row.column + 1) {
            let lane = row.below.get(column).copied().flatten();
            line += &match lane {
                _ if column == row.column => (self.paint)(column, "~") + " ",
                Some(lane) => (self.paint)(column, self.down(lane.kind)) + " ",
                None => "  ".to_owned(),
            };
        }
        line
    }
}
