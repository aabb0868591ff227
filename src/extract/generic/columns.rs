//! What the heading of a column says of the cells below it.

use crate::cart::LineField;

use super::scene::Scene;

/// What the heading of the column says that an element stands in, or the label that its cell carries.
pub(super) fn column(scene: &Scene<'_>, place: usize) -> Option<LineField> {
    let around = || {
        std::iter::once(place)
            .chain(scene.outline.ancestors(place))
            .take(6)
    };
    let labelled = around().find_map(|place| {
        let node = scene.node(place)?;
        let label = ["data-title", "data-label", "data-th", "data-column"]
            .iter()
            .find_map(|name| node.attr(name));
        let columns = &scene.words.columns;
        // A label for assistive technology is a heading only as a whole: controls have longer ones.
        label
            .and_then(|label| columns.meaning(label))
            .or_else(|| columns.exactly(node.attr("aria-label")?))
    });
    labelled.or_else(|| {
        let cell = around().find(|place| is_cell(scene, *place))?;
        let heading = heading_above(scene, cell)?;
        scene.words.columns.meaning(&heading)
    })
}

/// The heading of the column that a cell stands in.
pub(super) fn heading(scene: &Scene<'_>, cell: usize) -> Option<String> {
    heading_above(scene, cell).filter(|_| is_cell(scene, cell))
}

fn is_cell(scene: &Scene<'_>, place: usize) -> bool {
    scene.node(place).is_some_and(|node| {
        matches!(node.name(), "td" | "th") || matches!(node.attr("role"), Some("cell" | "gridcell"))
    })
}

/// The text of the cell in the first row of headings that stands in the same column.
fn heading_above(scene: &Scene<'_>, cell: usize) -> Option<String> {
    let row = scene.outline.parent(cell)?;
    let column = columns_before(scene, row, cell);
    let table = scene.outline.ancestors(row).find(|place| {
        scene.node(*place).is_some_and(|node| {
            node.name() == "table" || matches!(node.attr("role"), Some("table" | "grid"))
        })
    })?;
    let is_heading = |place: usize| {
        scene
            .node(place)
            .is_some_and(|node| node.name() == "th" || node.attr("role") == Some("columnheader"))
    };
    let first = scene
        .outline
        .within(table)
        .map(|(place, _)| place)
        .find(|place| is_heading(*place) || (is_cell(scene, *place) && *place < row))?;
    let headings = scene.outline.parent(first)?;
    if headings == row {
        return None;
    }
    let at = scene.outline.children(headings).find(|heading| {
        let start = columns_before(scene, headings, *heading);
        (start..start.saturating_add(span(scene, *heading))).contains(&column)
    })?;
    scene.short_text(at, 80)
}

fn columns_before(scene: &Scene<'_>, row: usize, cell: usize) -> usize {
    let before = scene
        .outline
        .children(row)
        .take_while(|child| *child < cell);
    before.map(|cell| span(scene, cell)).sum()
}

fn span(scene: &Scene<'_>, cell: usize) -> usize {
    let span = scene
        .node(cell)
        .and_then(|node| node.attr("colspan")?.parse().ok());
    span.filter(|span| (1..100).contains(span)).unwrap_or(1)
}
