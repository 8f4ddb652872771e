//! Times written by clocks that may be wrong, brought back into the order in which things were made.

/// Moves times that contradict causality into the span of the trusted ones around them.
///
/// `times` are in the order of causality (each made knowing the ones before it). The longest part of them that
/// already runs forward is trusted; of two equally long, the one made of earlier entries. A time outside it
/// becomes the trusted time before it where it lies too early, and the trusted time after it where it lies too
/// late. A time after `now` is never trusted; with no trusted time after it, it becomes `now`.
///
/// The result never runs backward. Work is n log n.
pub fn settle<T: Ord + Copy>(times: &[T], now: T) -> Vec<T> {
    let trusted = trusted(times, now);
    let mut after = vec![now; times.len()];
    let mut next = now;
    for (index, time) in times.iter().enumerate().rev() {
        if let Some(slot) = after.get_mut(index) {
            *slot = next;
        }
        if trusted.get(index) == Some(&true) {
            next = *time;
        }
    }
    let mut settled = Vec::with_capacity(times.len());
    let mut before: Option<T> = None;
    for (time, upper) in times.iter().zip(after) {
        let moved = (*time).min(upper);
        let moved = before.map_or(moved, |lower| moved.max(lower));
        before = Some(moved);
        settled.push(moved);
    }
    settled
}

/// Marks the longest run of times that never goes backward and never passes `now`.
fn trusted<T: Ord + Copy>(times: &[T], now: T) -> Vec<bool> {
    // From the end: best[k] is the latest time that starts a forward run of k + 1 times.
    let mut best: Vec<T> = Vec::new();
    let mut lengths = vec![0_usize; times.len()];
    for (time, length) in times.iter().zip(lengths.iter_mut()).rev() {
        if *time > now {
            continue;
        }
        let longer = best.partition_point(|start| *start >= *time);
        match best.get_mut(longer) {
            Some(slot) => *slot = *time,
            None => best.push(*time),
        }
        *length = longer + 1;
    }
    let mut wanted = best.len();
    let mut last: Option<T> = None;
    let mut marks = Vec::with_capacity(times.len());
    for (time, length) in times.iter().zip(lengths) {
        let take = wanted > 0 && length == wanted && last.is_none_or(|last| *time >= last);
        if take {
            wanted -= 1;
            last = Some(*time);
        }
        marks.push(take);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_in_order_stay_as_they_are() {
        assert_eq!(settle(&[1, 2, 2, 5], 9), [1, 2, 2, 5]);
        assert_eq!(settle::<i32>(&[], 9), Vec::<i32>::new());
    }

    #[test]
    fn a_clock_far_ahead_is_moved_back_between_its_neighbours() {
        assert_eq!(settle(&[1, 3650, 12], 20), [1, 12, 12]);
        assert_eq!(settle(&[1, 3650], 20), [1, 20]);
        assert_eq!(settle(&[3650, 12], 20), [12, 12]);
    }

    #[test]
    fn a_clock_far_behind_is_moved_up_to_the_one_before() {
        assert_eq!(settle(&[10, -3650, 12], 20), [10, 10, 12]);
        assert_eq!(settle(&[10, -3650], 20), [10, 10]);
    }

    #[test]
    fn one_wrong_clock_moves_no_right_one() {
        assert_eq!(settle(&[1, 2, 19, 4, 5, 6], 20), [1, 2, 4, 4, 5, 6]);
    }

    proptest! {
        #[test]
        fn settled_times_run_forward_and_not_past_now(times in prop::collection::vec(-40_i32..40, 0..30)) {
            let settled = settle(&times, 20);
            prop_assert_eq!(settled.len(), times.len());
            prop_assert!(settled.is_sorted());
            prop_assert!(settled.iter().all(|time| *time <= 20));
            prop_assert_eq!(settle(&settled, 20), settled);
        }
    }
}
