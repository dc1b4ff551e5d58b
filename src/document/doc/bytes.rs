//! Numbers at offsets of a stream: what lies outside is an error that names the stream and the offset.

use crate::document::ReadError;

/// A stretch of a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'b> {
    /// The stream's name.
    stream: &'static str,
    /// Where the stretch begins in the stream.
    base: usize,
    bytes: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// A whole stream.
    pub(super) const fn new(stream: &'static str, bytes: &'b [u8]) -> Self {
        Self { stream, base: 0, bytes }
    }

    /// The number of bytes.
    pub(super) const fn len(self) -> usize {
        self.bytes.len()
    }

    /// The bytes themselves.
    pub(super) const fn raw(self) -> &'b [u8] {
        self.bytes
    }

    /// The error that something at an offset is wrong.
    pub(super) fn damaged(self, at: usize, reason: &str) -> ReadError {
        ReadError::Damaged {
            part: format!("{}:{}", self.stream, self.base.saturating_add(at)),
            reason: reason.to_owned(),
        }
    }

    /// A stretch of this stretch.
    pub(super) fn slice(self, from: usize, count: usize) -> Result<Self, ReadError> {
        let bytes = from.checked_add(count).and_then(|to| self.bytes.get(from..to));
        let bytes = bytes.ok_or_else(|| self.damaged(from, "outside of the stream"))?;
        Ok(Self { stream: self.stream, base: self.base + from, bytes })
    }

    /// What follows an offset.
    pub(super) fn tail(self, from: usize) -> Result<Self, ReadError> {
        self.slice(from, self.len().saturating_sub(from))
    }

    fn array<const N: usize>(self, at: usize) -> Result<[u8; N], ReadError> {
        let bytes = self.slice(at, N)?.bytes;
        bytes.try_into().map_err(|_| self.damaged(at, "outside of the stream"))
    }

    /// The byte at an offset.
    pub(super) fn u8(self, at: usize) -> Result<u8, ReadError> {
        Ok(u8::from_le_bytes(self.array(at)?))
    }

    /// The number of two bytes at an offset.
    pub(super) fn u16(self, at: usize) -> Result<u16, ReadError> {
        Ok(u16::from_le_bytes(self.array(at)?))
    }

    /// The number of four bytes at an offset.
    pub(super) fn u32(self, at: usize) -> Result<u32, ReadError> {
        Ok(u32::from_le_bytes(self.array(at)?))
    }

    /// The number of four bytes at an offset, which may be negative.
    pub(super) fn i32(self, at: usize) -> Result<i32, ReadError> {
        Ok(i32::from_le_bytes(self.array(at)?))
    }

    /// The number of four bytes at an offset as a size or an offset.
    pub(super) fn size(self, at: usize) -> Result<usize, ReadError> {
        usize::try_from(self.u32(at)?).map_err(|_| self.damaged(at, "too large"))
    }
}

/// A table of positions (PLC): n + 1 ascending positions, then n items of equal size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plc<'b> {
    bytes: Bytes<'b>,
    item: usize,
    count: usize,
}

impl<'b> Plc<'b> {
    /// The table in some bytes; without any, it is empty.
    pub(super) fn new(bytes: Bytes<'b>, item: usize) -> Result<Self, ReadError> {
        let Some(rest) = bytes.len().checked_sub(4) else {
            return Ok(Self { bytes, item, count: 0 });
        };
        if rest % (item + 4) != 0 {
            return Err(bytes.damaged(0, "a table of positions of a wrong size"));
        }
        Ok(Self { bytes, item, count: rest / (item + 4) })
    }

    /// The number of items.
    pub(super) const fn len(self) -> usize {
        self.count
    }

    /// The nth position, of which there is one more than of items.
    pub(super) fn position(self, nth: usize) -> Result<usize, ReadError> {
        self.bytes.size(nth * 4)
    }

    /// The nth item.
    pub(super) fn item(self, nth: usize) -> Result<Bytes<'b>, ReadError> {
        self.bytes.slice((self.count + 1) * 4 + nth * self.item, self.item)
    }

    /// The error that the nth position is wrong.
    pub(super) fn damaged(self, nth: usize, reason: &str) -> ReadError {
        self.bytes.damaged(nth * 4, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_is_damaged() {
        let bytes = Bytes::new("s", &[1, 2, 3, 4, 5]);
        assert_eq!(bytes.u16(3).unwrap(), 0x0504);
        let inner = bytes.slice(2, 3).unwrap();
        let error = inner.u32(0).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { part, .. } if part == "s:2"));
        assert!(bytes.slice(usize::MAX, 2).is_err());
        assert!(bytes.tail(6).is_err());
    }

    #[test]
    fn table_of_positions() {
        let bytes = [0, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0, 0xAA, 0xBB];
        let plc = Plc::new(Bytes::new("s", &bytes), 1).unwrap();
        assert_eq!(plc.len(), 2);
        assert_eq!(plc.position(2).unwrap(), 9);
        assert_eq!(plc.item(1).unwrap().raw(), [0xBB]);
        assert!(Plc::new(Bytes::new("s", &bytes), 2).is_err());
        assert_eq!(Plc::new(Bytes::new("s", &[]), 2).unwrap().len(), 0);
    }
}
