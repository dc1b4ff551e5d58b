//! One-to-one pairs of the items of two lists.

/// A possible pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The item of the earlier list.
    pub(super) old: usize,
    /// The item of the later list.
    pub(super) new: usize,
    /// How likely it is: the higher, the likelier.
    pub(super) score: u32,
    /// How far apart the two stand: of equally likely pairs the nearest wins.
    pub(super) distance: usize,
}

/// Pairs so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairing {
    /// The partner of each item of the earlier list.
    pub(super) of_old: Vec<Option<usize>>,
    /// The partner of each item of the later list.
    pub(super) of_new: Vec<Option<usize>>,
}

impl Pairing {
    /// No pairs of so many items.
    pub(super) fn none(old: usize, new: usize) -> Self {
        Self { of_old: vec![None; old], of_new: vec![None; new] }
    }

    /// The partner of an item of the earlier list.
    pub(super) fn new_of(&self, old: usize) -> Option<usize> {
        self.of_old.get(old).copied().flatten()
    }

    /// The partner of an item of the later list.
    pub(super) fn old_of(&self, new: usize) -> Option<usize> {
        self.of_new.get(new).copied().flatten()
    }

    /// Makes two items a pair, if both are free.
    pub(super) fn join(&mut self, old: usize, new: usize) {
        let slots = (self.of_old.get_mut(old), self.of_new.get_mut(new));
        if let (Some(one @ None), Some(two @ None)) = slots {
            (*one, *two) = (Some(new), Some(old));
        }
    }

    /// Takes candidates, the likeliest first.
    pub(super) fn take(&mut self, mut candidates: Vec<Candidate>) {
        candidates.sort_by(|a, b| {
            let key = |it: &Candidate| (std::cmp::Reverse(it.score), it.distance, it.old, it.new);
            key(a).cmp(&key(b))
        });
        for it in candidates {
            self.join(it.old, it.new);
        }
    }

    /// The pairs, in the order of the later list.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.of_new.iter().enumerate().filter_map(|(new, old)| old.map(|old| (old, new)))
    }

    /// The items of the earlier list without a partner.
    pub(super) fn lone_old(&self) -> impl Iterator<Item = usize> {
        self.of_old.iter().enumerate().filter(|it| it.1.is_none()).map(|it| it.0)
    }

    /// The items of the later list without a partner.
    pub(super) fn lone_new(&self) -> impl Iterator<Item = usize> {
        self.of_new.iter().enumerate().filter(|it| it.1.is_none()).map(|it| it.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_pairs_win_and_nobody_has_two() {
        let one = |old, new, score, distance| Candidate { old, new, score, distance };
        let mut pairing = Pairing::none(3, 3);
        pairing.take(vec![
            one(0, 1, 500, 1),
            one(1, 1, 900, 0),
            one(0, 2, 400, 5),
            one(2, 2, 400, 0),
        ]);
        assert_eq!(pairing.pairs().collect::<Vec<_>>(), [(1, 1), (2, 2)]);
        assert_eq!(pairing.lone_old().collect::<Vec<_>>(), [0]);
        assert_eq!(pairing.lone_new().collect::<Vec<_>>(), [0]);
        assert_eq!(
            (pairing.new_of(1), pairing.old_of(2), pairing.new_of(9)),
            (Some(1), Some(2), None)
        );
    }
}
