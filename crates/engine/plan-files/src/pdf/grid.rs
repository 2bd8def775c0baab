//! Ruled lines to tables: where lines meet are corners, and two fields without a line between them are one cell.

use super::marks::Ruled;

/// Lines this close are one.
const NEAR: f64 = 2.5;
/// A line may end this far from the one it meets.
const REACH: f64 = 4.0;

/// A table: its lines across and down, and which fields are one cell.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) columns: Vec<f64>,
    pub(crate) rows: Vec<f64>,
    /// The field each field belongs to: the one at the top left of its cell.
    owner: Vec<(usize, usize)>,
}

impl Grid {
    /// Top and bottom edge.
    pub(crate) fn span(&self) -> (f64, f64) {
        (self.rows.first().copied().unwrap_or(0.0), self.rows.last().copied().unwrap_or(0.0))
    }

    /// Whether a place lies in the table.
    pub(crate) fn holds(&self, x: f64, y: f64) -> bool {
        let (top, bottom) = self.span();
        let left = self.columns.first().copied().unwrap_or(0.0);
        let right = self.columns.last().copied().unwrap_or(0.0);
        (left - NEAR..=right + NEAR).contains(&x) && (top - NEAR..=bottom + NEAR).contains(&y)
    }

    /// How many rows and columns of fields.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.rows.len().saturating_sub(1), self.columns.len().saturating_sub(1))
    }

    /// The cell a field belongs to.
    pub(crate) fn owner(&self, row: usize, column: usize) -> (usize, usize) {
        self.owner.get(row * self.size().1 + column).copied().unwrap_or((row, column))
    }

    /// The cell a place lies in.
    pub(crate) fn cell_at(&self, x: f64, y: f64) -> (usize, usize) {
        let (rows, columns) = self.size();
        let field = |lines: &[f64], at: f64, count: usize| {
            lines
                .iter()
                .take_while(|line| **line <= at)
                .count()
                .saturating_sub(1)
                .min(count.saturating_sub(1))
        };
        self.owner(field(&self.rows, y, rows), field(&self.columns, x, columns))
    }

    /// How wide a cell is that begins in a field.
    pub(crate) fn width(&self, row: usize, column: usize) -> f64 {
        let (_, columns) = self.size();
        let last = (column..columns).take_while(|c| self.owner(row, *c) == (row, column)).last();
        let left = self.columns.get(column).copied().unwrap_or(0.0);
        let right = self.columns.get(last.unwrap_or(column) + 1).copied().unwrap_or(left);
        right - left
    }
}

/// The tables of a page, from top to bottom.
pub(crate) fn tables(ruled: &[Ruled]) -> Vec<Grid> {
    let joined = join(ruled);
    let mut tables: Vec<Grid> = groups(&joined).iter().filter_map(|group| grid(group)).collect();
    tables.sort_by(|a, b| a.span().0.total_cmp(&b.span().0));
    // A frame around a table, or a table inside a cell: the outer one has them all.
    let mut kept: Vec<Grid> = Vec::new();
    for table in tables {
        let (top, _) = table.span();
        let inside = kept.iter().any(|other| other.holds(table.columns[0] + NEAR * 2.0, top + NEAR * 2.0));
        if !inside {
            kept.push(table);
        }
    }
    kept
}

/// Puts pieces of one line together: tables draw each cell's border by itself.
fn join(ruled: &[Ruled]) -> Vec<Ruled> {
    let mut sorted: Vec<Ruled> = ruled.to_vec();
    sorted.sort_by(|a, b| {
        a.upright.cmp(&b.upright).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from))
    });
    // Bring the places of nearly equal lines together, so that pieces of one line follow each other.
    let mut place: Option<(bool, f64)> = None;
    for line in &mut sorted {
        match place {
            Some((upright, at)) if upright == line.upright && line.at - at <= NEAR => line.at = at,
            _ => place = Some((line.upright, line.at)),
        }
    }
    sorted.sort_by(|a, b| {
        a.upright.cmp(&b.upright).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from))
    });
    let mut joined: Vec<Ruled> = Vec::new();
    for line in sorted {
        match joined.last_mut() {
            Some(last)
                if last.upright == line.upright
                    && (last.at - line.at).abs() < f64::EPSILON
                    && line.from <= last.to + REACH =>
            {
                last.to = last.to.max(line.to);
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// Lines that meet, directly or through others.
fn groups(lines: &[Ruled]) -> Vec<Vec<Ruled>> {
    // A page with more lines than this is a drawing.
    const MOST: usize = 4_000;
    if lines.len() > MOST {
        return Vec::new();
    }
    let mut group: Vec<usize> = (0..lines.len()).collect();
    fn root(group: &mut [usize], mut at: usize) -> usize {
        while group[at] != at {
            group[at] = group[group[at]];
            at = group[at];
        }
        at
    }
    let (level, upright): (Vec<usize>, Vec<usize>) = (0..lines.len()).partition(|i| !lines[*i].upright);
    for &a in &level {
        for &b in &upright {
            if meet(&lines[a], &lines[b]) {
                let (a, b) = (root(&mut group, a), root(&mut group, b));
                group[a] = b;
            }
        }
    }
    let mut found: std::collections::BTreeMap<usize, Vec<Ruled>> = std::collections::BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let root = root(&mut group, at);
        found.entry(root).or_default().push(*line);
    }
    found.into_values().collect()
}

fn meet(level: &Ruled, upright: &Ruled) -> bool {
    (level.from - REACH..=level.to + REACH).contains(&upright.at)
        && (upright.from - REACH..=upright.to + REACH).contains(&level.at)
}

fn grid(lines: &[Ruled]) -> Option<Grid> {
    let places = |upright: bool| {
        let mut places: Vec<f64> = lines.iter().filter(|l| l.upright == upright).map(|l| l.at).collect();
        // A table may have no line down its sides.
        for line in lines.iter().filter(|l| l.upright != upright) {
            places.push(line.from);
            places.push(line.to);
        }
        places.sort_by(f64::total_cmp);
        places.dedup_by(|b, a| *b - *a <= REACH);
        places
    };
    let (columns, rows) = (places(true), places(false));
    if columns.len() < 3 || rows.len() < 2 {
        return None;
    }
    let mut grid = Grid { columns, rows, owner: Vec::new() };
    let (row_count, column_count) = grid.size();
    for row in 0..row_count {
        for column in 0..column_count {
            let middle_y = f64::midpoint(grid.rows[row], grid.rows[row + 1]);
            let middle_x = f64::midpoint(grid.columns[column], grid.columns[column + 1]);
            let left = column > 0 && !wall(lines, true, grid.columns[column], middle_y);
            let above = row > 0 && !wall(lines, false, grid.rows[row], middle_x);
            let owner = if left {
                grid.owner(row, column - 1)
            } else if above {
                grid.owner(row - 1, column)
            } else {
                (row, column)
            };
            grid.owner.push(owner);
        }
    }
    Some(grid)
}

/// Whether a line parts two fields: it runs at `at` and passes `through`.
fn wall(lines: &[Ruled], upright: bool, at: f64, through: f64) -> bool {
    lines.iter().any(|line| {
        line.upright == upright && (line.at - at).abs() <= REACH && line.from <= through && through <= line.to
    })
}
