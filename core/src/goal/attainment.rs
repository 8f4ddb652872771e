//! Goal Attainment Scaling: one figure from several weighted goals (Kiresuk and Sherman 1968).
//!
//! The figures are for staff only; the person sees the five sentences and never a score.

/// The correlation assumed between the goals of one person; 0.3 by convention.
const CORRELATION: f64 = 0.3;

/// The T-score of goals given as (weight, score), each score -2 to +2:
/// `T = 50 + 10·Σwx / √((1−r)Σw² + r(Σw)²)` with r = 0.3.
///
/// 50 means "as expected on the whole". `None` when there is no goal, when every weight is zero, or when a
/// weight is not a number: no score is an answer, 0 would be a false one.
pub fn t_score(scores: &[(f64, i8)]) -> Option<f64> {
    if scores.iter().any(|(weight, _)| !weight.is_finite()) {
        return None;
    }
    let largest = scores
        .iter()
        .fold(0.0_f64, |most, (weight, _)| most.max(weight.abs()));
    if largest == 0.0 {
        return None;
    }
    // Only the weights' proportions matter. Dividing keeps very large and very small ones from overflowing
    // or vanishing when squared.
    let (mut weighted, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (weight, score) in scores {
        let share = weight / largest;
        weighted += share * f64::from(*score);
        sum += share;
        squares += share * share;
    }
    let spread = ((1.0 - CORRELATION) * squares + CORRELATION * sum * sum).sqrt();
    let t = 50.0 + 10.0 * weighted / spread;
    t.is_finite().then_some(t)
}

/// A figure rounded to 2 decimals, halves away from zero, as `goal t-score` shows it.
pub fn two_decimals(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(scores: &[(f64, i8)]) -> Option<f64> {
        t_score(scores).map(two_decimals)
    }

    #[test]
    fn the_published_vectors_come_out() {
        assert_eq!(shown(&[(1.0, 0)]), Some(50.0));
        assert_eq!(shown(&[(1.0, 1)]), Some(60.0));
        assert_eq!(shown(&[(1.0, -2)]), Some(30.0));
        assert_eq!(shown(&[(1.0, 1), (1.0, 1), (1.0, 1)]), Some(63.69));
        assert_eq!(shown(&[(1.0, -1), (1.0, -1)]), Some(37.6));
    }

    #[test]
    fn no_weight_is_no_score() {
        assert_eq!(shown(&[]), None);
        assert_eq!(shown(&[(0.0, 2), (0.0, 1)]), None);
        assert_eq!(shown(&[(-0.0, 2)]), None);
    }

    #[test]
    fn a_goal_of_weight_zero_changes_nothing() {
        assert_eq!(shown(&[(2.0, 1), (0.0, -2)]), shown(&[(2.0, 1)]));
    }

    #[test]
    fn only_the_proportion_of_the_weights_matters() {
        let small = shown(&[(1e-200, 1), (2e-200, -1)]);
        let large = shown(&[(1e200, 1), (2e200, -1)]);
        assert_eq!(small, shown(&[(1.0, 1), (2.0, -1)]));
        assert_eq!(large, small);
    }

    #[test]
    fn weights_that_are_no_numbers_give_no_score() {
        assert_eq!(shown(&[(f64::NAN, 1), (1.0, 1)]), None);
        assert_eq!(shown(&[(1.0, 1), (f64::NAN, 1)]), None);
        assert_eq!(shown(&[(f64::INFINITY, 1)]), None);
    }
}
