//! The table of rooms as documents write it.

/// The rooms of a table with `room` in the head of its first column, each with what its last column names. A row can be
/// about several rooms.
pub fn rooms(document: &str) -> Vec<(String, Vec<String>)> {
    let lines = document.lines().map(|line| line.trim_start_matches("//! "));
    let rows = lines
        .skip_while(|line| !line.starts_with("| room |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.flat_map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let allowed = quoted(cells.last().unwrap_or(&""));
        let names = quoted(cells.first().unwrap_or(&""));
        names.into_iter().map(move |name| (name, allowed.clone()))
    })
    .collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<String> {
    let parts = cell.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}
