//! The rules of a style sheet, as far as they say what can be seen.

/// One rule: its selectors and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule<'s> {
    pub(super) selectors: Vec<&'s str>,
    pub(super) effect: Effect,
    pub(super) condition: Condition,
}

/// What declarations do to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Hides,
    Shows,
    Strikes,
}

/// Whether a rule always holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Always,
    /// It stands in `@media`, `@supports` or the like.
    Sometimes,
}

/// The rules of a style sheet without comments. Nested rules and rules in key frames are passed over.
pub(super) fn rules(sheet: &str) -> Vec<Rule<'_>> {
    let (mut found, mut rest, mut conditions) = (Vec::new(), sheet, 0_usize);
    while let Some(place) = rest.find(['{', '}']) {
        let (prelude, after) = rest.split_at_checked(place).unwrap_or((rest, ""));
        let prelude = prelude.rsplit(';').next().unwrap_or_default().trim();
        rest = after.get(1..).unwrap_or_default();
        if after.starts_with('}') {
            conditions = conditions.saturating_sub(1);
        } else if is_condition(prelude) {
            conditions = conditions.saturating_add(1);
        } else {
            let (declarations, after) = block(rest);
            rest = after;
            let condition = if conditions == 0 {
                Condition::Always
            } else {
                Condition::Sometimes
            };
            if let Some(effect) = effect(declarations).filter(|_| !prelude.starts_with('@')) {
                found.push(Rule {
                    selectors: selectors(prelude),
                    effect,
                    condition,
                });
            }
        }
    }
    found
}

/// What a list of declarations does; hiding outweighs.
pub(super) fn effect(declarations: &str) -> Option<Effect> {
    let mut effect = None;
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let (property, value) = (
            property.trim().to_ascii_lowercase(),
            value.trim().to_ascii_lowercase(),
        );
        let value = value.trim_end_matches("!important").trim_end();
        match (property.as_str(), value) {
            ("display", "none") | ("visibility", "hidden" | "collapse") => {
                return Some(Effect::Hides);
            }
            ("display", _) | ("visibility", "visible") => effect = Some(Effect::Shows),
            ("text-decoration" | "text-decoration-line", decoration)
                if decoration.contains("line-through") =>
            {
                effect = effect.or(Some(Effect::Strikes));
            }
            _ => {}
        }
    }
    effect
}

/// The sheet without its comments.
pub(super) fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

fn is_condition(prelude: &str) -> bool {
    ["@media", "@supports", "@layer", "@container"]
        .iter()
        .any(|name| prelude.starts_with(name))
}

/// What stands up to the brace that closes a block, and what follows it.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 1_usize;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth = depth.saturating_add(1),
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let (inside, after) = text.split_at_checked(place).unwrap_or((text, ""));
            return (inside, after.get(1..).unwrap_or_default());
        }
    }
    (text, "")
}

/// The selectors of a list; a comma in parentheses does not part them.
fn selectors(list: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    list.split(|character| {
        match character {
            '(' | '[' => depth = depth.saturating_add(1),
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && depth == 0
    })
    .map(str::trim)
    .filter(|selector| !selector.is_empty())
    .collect()
}
