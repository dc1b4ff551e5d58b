//! Exact numbers: quotients of whole numbers.
//!
//! A ruleset and a report hold decimals. Between them stand divisions (a weighted part over its full marks, the mean of
//! three quarters) that decimals cannot hold: two thirds of a point, three times, must be two points and not
//! 1.9999. A score is rounded once, at the end, so the numbers until then are quotients of 128-bit whole numbers. Every
//! operation is checked: what does not fit is an [`Overflow`], never a wrong digit.

use std::{cmp::Ordering, fmt};

use serde::{Serialize, Serializer};

use crate::{
    number::Decimal,
    ruleset::{Rounding, RoundingMode},
};

/// A number passed 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number is too large to be computed exactly")]
pub struct Overflow;

/// An exact number.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    above: i128,
    /// Always positive.
    below: i128,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { above: 0, below: 1 };
    /// One.
    pub const ONE: Self = Self { above: 1, below: 1 };

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i128) -> Self {
        Self { above: number, below: 1 }
    }

    /// The quotient of two whole numbers; none where the second is not positive.
    #[must_use]
    pub const fn quotient(above: i128, below: i128) -> Option<Self> {
        if below > 0 { Some(Self { above, below }) } else { None }
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.above == 0
    }

    /// Whether it is under nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.above < 0
    }

    /// The number with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { above: self.above.saturating_neg(), below: self.below }
    }

    /// The sum.
    ///
    /// # Errors
    ///
    /// The sum does not fit.
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        if self.below == other.below {
            let above = self.above.checked_add(other.above).ok_or(Overflow)?;
            return Ok(Self { above, below: self.below });
        }
        self.plus_unlike(other).or_else(|_| self.reduced().plus_unlike(other.reduced()))
    }

    fn plus_unlike(self, other: Self) -> Result<Self, Overflow> {
        let common = greatest_common(self.below, other.below);
        let (left, right) = (other.below / common, self.below / common);
        let above = self
            .above
            .checked_mul(left)
            .and_then(|it| it.checked_add(other.above.checked_mul(right)?));
        let below = self.below.checked_mul(left);
        Ok(Self { above: above.ok_or(Overflow)?, below: below.ok_or(Overflow)? })
    }

    /// The difference.
    ///
    /// # Errors
    ///
    /// The difference does not fit.
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.plus(other.negated())
    }

    /// The product.
    ///
    /// # Errors
    ///
    /// The product does not fit.
    pub fn times(self, other: Self) -> Result<Self, Overflow> {
        self.times_plain(other).or_else(|_| self.reduced().times_crossed(other.reduced()))
    }

    fn times_plain(self, other: Self) -> Result<Self, Overflow> {
        let above = self.above.checked_mul(other.above).ok_or(Overflow)?;
        let below = self.below.checked_mul(other.below).ok_or(Overflow)?;
        Ok(Self { above, below })
    }

    /// The product of two reduced numbers, each numerator first shortened with the other's denominator.
    fn times_crossed(self, other: Self) -> Result<Self, Overflow> {
        let one = Self { above: self.above, below: other.below }.reduced();
        let two = Self { above: other.above, below: self.below }.reduced();
        one.times_plain(two)
    }

    /// The quotient; none where the other is nothing.
    ///
    /// # Errors
    ///
    /// The quotient does not fit.
    pub fn over(self, other: Self) -> Result<Option<Self>, Overflow> {
        match other.above.cmp(&0) {
            Ordering::Equal => Ok(None),
            Ordering::Greater => self
                .times(Self { above: other.below, below: other.above })
                .map(|it| Some(it.reduced())),
            Ordering::Less => self.negated().over(other.negated()),
        }
    }

    /// The lesser of two numbers.
    ///
    /// # Errors
    ///
    /// The comparison does not fit.
    pub fn least(self, other: Self) -> Result<Self, Overflow> {
        Ok(if self.compare(other)? == Ordering::Greater { other } else { self })
    }

    /// Which of the two is greater.
    ///
    /// # Errors
    ///
    /// The comparison does not fit.
    pub fn compare(self, other: Self) -> Result<Ordering, Overflow> {
        Ok(self.minus(other)?.above.cmp(&0))
    }

    /// Whether it is over the other.
    ///
    /// # Errors
    ///
    /// The comparison does not fit.
    pub fn exceeds(self, other: Self) -> Result<bool, Overflow> {
        Ok(self.compare(other)? == Ordering::Greater)
    }

    /// The same number with the least denominator.
    #[must_use]
    pub fn reduced(self) -> Self {
        let common = greatest_common(self.below, self.above.checked_abs().unwrap_or(1));
        if common <= 1 {
            return self;
        }
        Self { above: self.above / common, below: self.below / common }
    }

    /// The number as a ruleset rounds it.
    ///
    /// # Errors
    ///
    /// The rounded number does not fit a decimal.
    pub fn rounded(self, rounding: Rounding) -> Result<Decimal, Overflow> {
        let unit = 10_i128.checked_pow(rounding.places).ok_or(Overflow)?;
        let all = self.reduced();
        let above = all.above.checked_mul(unit).ok_or(Overflow)?;
        let size = above.checked_abs().ok_or(Overflow)?;
        let (whole, rest) = (size / all.below, size % all.below);
        let up = match rounding.mode {
            RoundingMode::Down => false,
            RoundingMode::Up => rest > 0,
            RoundingMode::HalfUp => rest >= all.below - rest,
        };
        let size = whole + i128::from(up);
        let signed = if above < 0 { -size } else { size };
        Decimal::try_from_i128_with_scale(signed, rounding.places).map_err(|_| Overflow)
    }

    /// The number as a decimal; none where decimals cannot hold it (a third).
    #[must_use]
    pub fn to_decimal(self) -> Option<Decimal> {
        let all = self.reduced();
        let mut below = all.below;
        let (mut twos, mut fives) = (0_u32, 0_u32);
        while below % 2 == 0 {
            below /= 2;
            twos += 1;
        }
        while below % 5 == 0 {
            below /= 5;
            fives += 1;
        }
        if below != 1 {
            return None;
        }
        let places = twos.max(fives);
        let unit = 10_i128.checked_pow(places)?;
        let above = all.above.checked_mul(unit / all.below)?;
        Decimal::try_from_i128_with_scale(above, places).ok().map(|it| it.normalize())
    }

    /// The number for people: at most so many places, with `…` where more would follow.
    #[must_use]
    pub fn short(self, places: u32) -> String {
        let exact = self.to_decimal().filter(|it| it.scale() <= places);
        if let Some(it) = exact {
            return it.to_string();
        }
        match self.rounded(Rounding { places, mode: RoundingMode::Down }) {
            Ok(it) => format!("{it}…"),
            Err(Overflow) => self.to_string(),
        }
    }
}

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Self {
        let number = number.normalize();
        // A decimal has at most 28 places, and 10^28 fits.
        let below = 10_i128.checked_pow(number.scale()).unwrap_or(1);
        Self { above: number.mantissa(), below }
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.reduced(), other.reduced());
        a.above == b.above && a.below == b.below
    }
}

impl Eq for Exact {}

impl fmt::Display for Exact {
    /// A decimal where decimals can hold it (`3.25`), otherwise a fraction (`10/3`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(it) => write!(f, "{it}"),
            None => {
                let all = self.reduced();
                write!(f, "{}/{}", all.above, all.below)
            }
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The greatest number that divides both; both are positive, or the second is nothing.
fn greatest_common(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return i128::from(greatest_common_small(x, y));
        }
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1)
}

fn greatest_common_small(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from(text.parse::<Decimal>().unwrap())
    }

    fn two_places(mode: RoundingMode) -> Rounding {
        Rounding { places: 2, mode }
    }

    #[test]
    fn thirds_add_up() {
        let third = Exact::quotient(1, 3).unwrap();
        let sum = third.plus(third).unwrap().plus(third).unwrap();
        assert_eq!(sum, Exact::ONE);
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(third.short(4), "0.3333…");
        assert_eq!(sum.to_string(), "1");
    }

    #[test]
    fn a_half_rounds_up_even_where_it_came_from_thirds() {
        // 89.995 made of three equal parts: decimals would give 89.9949999… and round it down.
        let part = exact("89.995").over(Exact::whole(3)).unwrap().unwrap();
        let sum = part.plus(part).unwrap().plus(part).unwrap();
        for (mode, expected) in [
            (RoundingMode::HalfUp, "90.00"),
            (RoundingMode::Down, "89.99"),
            (RoundingMode::Up, "90.00"),
        ] {
            assert_eq!(sum.rounded(two_places(mode)).unwrap().to_string(), expected);
        }
        let negative = exact("-1.005").rounded(two_places(RoundingMode::HalfUp)).unwrap();
        assert_eq!(negative.to_string(), "-1.01");
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let huge = Exact::whole(i128::MAX);
        assert_eq!(huge.plus(Exact::ONE), Err(Overflow));
        assert_eq!(huge.times(huge), Err(Overflow));
        // 10^30/10^30 fits once it is reduced.
        let big = Exact::quotient(10_i128.pow(30), 10_i128.pow(30)).unwrap();
        assert_eq!(big.times(big), Ok(Exact::ONE));
    }

    proptest! {
        #[test]
        fn sums_and_products_agree_with_decimals(a in -999_999_i64..999_999, b in -999_999_i64..999_999, s in 0_u32..6, t in 0_u32..6) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, t));
            prop_assert_eq!(Exact::from(x).plus(y.into()).unwrap(), Exact::from(x + y));
            prop_assert_eq!(Exact::from(x).minus(y.into()).unwrap(), Exact::from(x - y));
            prop_assert_eq!(Exact::from(x).times(y.into()).unwrap(), Exact::from(x * y));
            prop_assert_eq!(Exact::from(x).compare(y.into()).unwrap(), x.cmp(&y));
            prop_assert_eq!(Exact::from(x).to_decimal().unwrap(), x);
        }

        #[test]
        fn dividing_and_multiplying_gives_the_number_back(a in -9_999_i64..9_999, b in 1_i64..9_999) {
            let (x, y) = (Exact::from(Decimal::new(a, 2)), Exact::from(Decimal::new(b, 3)));
            let quotient = x.over(y).unwrap().unwrap();
            prop_assert_eq!(quotient.times(y).unwrap(), x);
        }
    }
}
