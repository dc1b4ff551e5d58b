//! Files with a little damage, the same on every run.

/// A generator of numbers that is the same everywhere (`SplitMix64`).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((it ^ (it >> 31)) >> 33).unwrap() % sides.max(1)
    }
}

/// A file with some bits turned, bytes overwritten, its end cut off, or two stretches swapped.
pub(crate) fn mutant(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = original.to_vec();
    match dice.roll(6) {
        0 | 1 => {
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
        }
        2 => {
            let at = dice.roll(bytes.len());
            let end = (at + 1 + dice.roll(64)).min(bytes.len());
            let value = [0, 0xFF, 0x7F, 0x80][dice.roll(4)];
            bytes[at..end].fill(value);
        }
        3 => bytes.truncate(dice.roll(bytes.len())),
        4 => {
            let size = 1 + dice.roll(bytes.len() / 4);
            let (a, b) = (dice.roll(bytes.len() - size), dice.roll(bytes.len() - size));
            for nth in 0..size {
                bytes.swap(a + nth, b + nth);
            }
        }
        _ => {
            let at = dice.roll(bytes.len());
            let end = (at + dice.roll(512)).min(bytes.len());
            bytes.drain(at..end);
        }
    }
    bytes
}
