//! Regular expressions that are compiled once, at their first use.

/// Declares a function that gives a regular expression, compiled at its first use.
macro_rules! pattern {
    ($(#[$doc:meta])* $name:ident, $pattern:expr) => {
        $(#[$doc])*
        fn $name() -> &'static regex::Regex {
            static PATTERN: std::sync::OnceLock<regex::Regex> = std::sync::OnceLock::new();
            PATTERN.get_or_init(|| {
                // A constant pattern: the tests compile each.
                regex::Regex::new(&$pattern).unwrap()
            })
        }
    };
}
pub(crate) use pattern;
