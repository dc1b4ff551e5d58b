//! The strict part of YAML that rulesets and review logs are written in.
//!
//! Reading goes from the text to a tree of nodes with their places ([`node`]) and from there to types ([`decode`]);
//! writing goes from a tree to the text ([`layout`]). Both follow the same rules: no anchors, no tags, no nulls, texts that
//! another YAML reader would take for something else in quotes ([`scalar`]).

pub(crate) mod decode;
pub(crate) mod layout;
pub(crate) mod node;
pub(crate) mod number;
pub(crate) mod scalar;
