//! Single properties (sprm): a code of two bytes, and an operand whose size the code tells.

/// A property and its operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sprm<'b> {
    /// The code.
    pub(super) code: u16,
    /// The operand, without the count of its bytes.
    pub(super) operand: &'b [u8],
}

impl<'b> Sprm<'b> {
    /// The operand as a byte.
    pub(super) fn byte(self) -> u8 {
        self.operand.first().copied().unwrap_or_default()
    }

    /// Whether the operand switches something on.
    pub(super) fn on(self) -> bool {
        self.byte() != 0
    }

    /// The operand as a number of two bytes.
    pub(super) fn word(self) -> u16 {
        self.operand.first_chunk().map(|it| u16::from_le_bytes(*it)).unwrap_or_default()
    }

    /// The operand as a number of four bytes.
    pub(super) fn long(self) -> u32 {
        self.operand.first_chunk().map(|it| u32::from_le_bytes(*it)).unwrap_or_default()
    }

    /// The properties of a list, which ends where the bytes do not make another one: lists are padded.
    pub(super) fn all(list: &'b [u8]) -> impl Iterator<Item = Self> {
        let mut rest = list;
        std::iter::from_fn(move || {
            let (code, after) = rest.split_first_chunk()?;
            let code = u16::from_le_bytes(*code);
            let (count, after) = operand_size(code, after)?;
            let (operand, after) = after.split_at_checked(count)?;
            rest = after;
            Some(Self { code, operand })
        })
    }
}

/// The size of an operand, and the bytes that follow the count where there is one.
fn operand_size(code: u16, after: &[u8]) -> Option<(usize, &[u8])> {
    match code >> 13 {
        0 | 1 => Some((1, after)),
        2 | 4 | 5 => Some((2, after)),
        3 => Some((4, after)),
        7 => Some((3, after)),
        _ if code == TABLE_DEFINITION => {
            let (count, rest) = after.split_first_chunk()?;
            Some((usize::from(u16::from_le_bytes(*count)).checked_sub(1)?, rest))
        }
        _ => {
            let (count, rest) = after.split_first()?;
            if code == CHANGE_TABS && *count == u8::MAX {
                return Some((long_tabs(rest)?, rest));
            }
            Some((usize::from(*count), rest))
        }
    }
}

/// The size of a list of tabs that is too long for its count: tabs to delete, each with a tolerance, then tabs to add, each
/// with its kind.
fn long_tabs(operand: &[u8]) -> Option<usize> {
    let deleted = usize::from(*operand.first()?) * 4;
    let added = usize::from(*operand.get(1 + deleted)?) * 3;
    Some(2 + deleted + added)
}

/// The cells of a row.
pub(super) const TABLE_DEFINITION: u16 = 0xD608;
const CHANGE_TABS: u16 = 0xC615;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_operands() {
        let tabs = {
            let mut it = vec![0x15, 0xC6, 255, 1, 0, 0, 0, 0, 1, 0, 0, 0];
            it.extend([0x03, 0x24, 1]);
            it
        };
        type Sizes<'a> = &'a [(u16, usize)];
        let table: &[(&[u8], Sizes<'_>)] = &[
            (&[0x03, 0x24, 1], &[(0x2403, 1)]),
            (&[0x0B, 0x46, 1, 0, 0x0A, 0x26, 2], &[(0x460B, 2), (0x260A, 1)]),
            (&[0x46, 0x66, 1, 2, 3, 4], &[(0x6646, 4)]),
            (&[0x2B, 0xD6, 2, 0, 1], &[(0xD62B, 2)]),
            (&[0x21, 0xF6, 1, 2, 3], &[(0xF621, 3)]),
            (&[0x08, 0xD6, 3, 0, 0, 9, 0x03, 0x24, 1], &[(0xD608, 2), (0x2403, 1)]),
            (&tabs, &[(0xC615, 9), (0x2403, 1)]),
            // Padding, and an operand that is cut off, end the list.
            (&[0x03, 0x24, 1, 0], &[(0x2403, 1)]),
            (&[0x46, 0x66, 1], &[]),
            (&[0x08, 0xD6, 0, 0], &[]),
        ];
        for (bytes, expected) in table {
            let found: Vec<_> = Sprm::all(bytes).map(|it| (it.code, it.operand.len())).collect();
            assert_eq!(found, *expected, "{bytes:x?}");
        }
    }
}
