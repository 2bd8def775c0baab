//! Quantiles of the beta distribution.
//!
//! A share that is known with some error is described by the beta distribution of its mean and variance:
//! unlike a normal one it stays between 0 and 1, which matters exactly where linkage lives, at 0.99.

/// Steps of the continued fraction and of the bisection; both converge long before.
const STEPS: u32 = 200;

/// The interval that holds a share with the probability `level` (0.95), given mean and variance.
pub(super) fn interval(mean: f64, variance: f64, level: f64) -> (f64, f64) {
    let mean = if mean.is_finite() { mean.clamp(0.0, 1.0) } else { 0.0 };
    let largest = mean * (1.0 - mean);
    if variance.is_nan() || variance <= 1e-15 || largest <= 0.0 {
        return (mean, mean);
    }
    // A share has at most the variance of a coin that shows it.
    let size = largest / variance.min(largest * 0.999) - 1.0;
    let (a, b) = (mean * size, (1.0 - mean) * size);
    let tail = (1.0 - level) / 2.0;
    (quantile(a, b, tail), quantile(a, b, 1.0 - tail))
}

/// The point below which a Beta(a, b) variable lies with this probability.
fn quantile(a: f64, b: f64, probability: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if distribution(a, b, middle) < probability {
            low = middle;
        } else {
            high = middle;
        }
        if high - low < 1e-12 {
            break;
        }
    }
    f64::midpoint(low, high)
}

/// The regularised incomplete beta function, by Lentz's continued fraction (DLMF 8.17.22).
fn distribution(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - x) / b
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let away_from_0 = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_0(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..STEPS {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_0(1.0 + term * d);
            c = away_from_0(1.0 + term / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-14 {
            break;
        }
    }
    value
}

/// The logarithm of the gamma function for positive numbers: Stirling's series (DLMF 5.11.1) after moving the
/// argument up to where four terms of it are exact to 12 digits.
fn ln_gamma(x: f64) -> f64 {
    let (mut shifted, mut shift) = (x.max(1e-300), 0.0);
    while shifted < 12.0 {
        shift += shifted.ln();
        shifted += 1.0;
    }
    let inverse = 1.0 / shifted;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    (shifted - 0.5) * shifted.ln() - shifted + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - shift
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-11);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-11);
        // Beta(2, 3): I(0.4) = 0.5248 by its polynomial 6x² − 8x³ + 3x⁴.
        let x: f64 = 0.4;
        assert!(
            (distribution(2.0, 3.0, x) - (6.0 * x * x - 8.0 * x.powi(3) + 3.0 * x.powi(4))).abs() < 1e-12
        );
        assert!((quantile(1.0, 1.0, 0.3) - 0.3).abs() < 1e-9);
        assert!((quantile(5.0, 5.0, 0.5) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn an_interval_of_a_sure_share_is_a_point() {
        assert_eq!(interval(1.0, 0.1, 0.95), (1.0, 1.0));
        assert_eq!(interval(0.5, 0.0, 0.95), (0.5, 0.5));
        assert_eq!(interval(f64::NAN, f64::NAN, 0.95), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_mean_and_stays_a_share(mean in 0.01..0.99_f64, part in 1e-6..0.2_f64) {
            let (low, high) = interval(mean, mean * (1.0 - mean) * part, 0.95);
            prop_assert!(0.0 <= low && low <= mean && mean <= high && high <= 1.0, "{low} {mean} {high}");
        }

        #[test]
        fn wider_variance_is_a_wider_interval(mean in 0.05..0.95_f64, part in 0.001..0.1_f64) {
            let width = |part: f64| {
                let (low, high) = interval(mean, mean * (1.0 - mean) * part, 0.95);
                high - low
            };
            prop_assert!(width(part) < width(part * 1.5));
        }
    }
}
