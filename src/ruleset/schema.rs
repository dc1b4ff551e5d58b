//! The JSON Schema of the format, generated from the types that read it ([`super::raw`]).

use schemars::{
    Schema, SchemaGenerator,
    generate::SchemaSettings,
    transform::{Transform, transform_subschemas},
};
use serde_json::Value;

use super::raw::RawRuleset;

/// The schema as JSON text with a line feed at its end.
///
/// # Errors
///
/// None for these types; the JSON library does not say so in its signature.
pub fn schema() -> Result<String, serde_json::Error> {
    let generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    let mut schema = generator.into_root_schema_for::<RawRuleset>();
    NoNull.transform(&mut schema);
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}

/// Takes out null: a key without a value is left out of a ruleset, and refused where it stands.
struct NoNull;

impl Transform for NoNull {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else { return };
        if let Some(Value::Array(types)) = object.get_mut("type") {
            types.retain(|it| it != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                object.insert("type".to_owned(), only);
            }
        }
        if object.get("default") == Some(&Value::Null) {
            object.remove("default");
        }
        let Some(Value::Array(choices)) = object.get_mut("anyOf") else { return };
        choices.retain(|it| it.get("type") != Some(&Value::from("null")));
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            object.remove("anyOf");
            object.extend(only);
        }
    }
}
