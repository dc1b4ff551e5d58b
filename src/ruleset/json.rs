//! Writes a ruleset as JSON: the keys and values of `NAME.rules.yaml`, for programs that read no YAML.

use super::{Ruleset, yaml_writer};

/// Writes a ruleset as JSON with two blanks of indent and a line feed at the end.
///
/// The way leads over the YAML, so that both always say the same. Its numbers have at most 15 digits, which survive.
///
/// # Errors
///
/// None for a ruleset that was compiled or read; the libraries do not say so in their signatures.
pub fn write(ruleset: &Ruleset) -> Result<String, serde_yaml::Error> {
    use serde::ser::Error as _;

    let value: serde_json::Value = serde_yaml::from_str(&yaml_writer::write(ruleset))?;
    let json = serde_json::to_string_pretty(&value).map_err(serde_yaml::Error::custom)?;
    Ok(json + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        number::Decimal,
        ruleset::{Indicator, Rounding, Total},
    };

    #[test]
    fn json_says_what_the_yaml_says() {
        let ruleset = Ruleset {
            name: "2025".to_owned(),
            total: Some(Total { points: Decimal::new(1005, 1), ..Total::default() }),
            rounding: Rounding::default(),
            indicators: vec![Indicator {
                id: "1.10".to_owned(),
                name: "no".to_owned(),
                points: Some(Decimal::new(123_456_789_012_345, 13)),
                ..Indicator::default()
            }],
            ..Ruleset::default()
        };
        let json = write(&ruleset).unwrap();
        for part in [
            "\"name\": \"2025\"",
            "\"points\": 100.5",
            "\"id\": \"1.10\"",
            "\"name\": \"no\"",
            "12.3456789012345",
        ] {
            assert!(json.contains(part), "{part} is not in {json}");
        }
        let keys = ["chidu", "name", "total", "rounding", "indicators"];
        let places: Vec<_> = keys.iter().map(|it| json.find(&format!("\"{it}\":"))).collect();
        assert!(places.is_sorted(), "{places:?} in {json}");
    }
}
