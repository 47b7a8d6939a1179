import Synchronization

/// Student's t distribution (Gosset 1908), for the half-width of an interval around a mean of few values.
public enum Student {
    /// How many standard errors on each side of the mean hold it with this confidence.
    ///
    /// `confidence` 0…1: 0 gives 0, 1 gives ∞; fewer than one degree of freedom says nothing, hence ∞.
    ///
    /// The value is rounded to ten significant digits. GSL calls the C library's `log`, `exp` and `pow`, whose last bits
    /// differ between processors; every half-width is a multiple of this number, and results must be the same bytes
    /// everywhere. Ten digits lie far above that noise and far below what an interval can mean.
    public static func quantile(confidence: Double, degreesOfFreedom: Int) -> Double {
        // All intervals of a result share one value: it is kept.
        if let value = latest.withLock({
            $0.confidence == confidence && $0.degrees == degreesOfFreedom ? $0.value : nil
        }) {
            return value
        }
        let value = computed(confidence: confidence, degreesOfFreedom: degreesOfFreedom)
        latest.withLock { $0 = (confidence, degreesOfFreedom, value) }
        return value
    }

    private static let latest = Mutex<(confidence: Double, degrees: Int, value: Double)>((-1, 0, 0))

    private static func computed(confidence: Double, degreesOfFreedom: Int) -> Double {
        guard confidence > 0 else { return 0 }
        guard confidence < 1, degreesOfFreedom >= 1 else { return .infinity }
        let found = GSL.studentQuantile(0.5 + confidence / 2, degrees: Double(degreesOfFreedom))
        guard let value = found, value > 0, value < 1e9 else { return found == nil ? .infinity : found! }
        // Powers of ten up to 10²² are exact, so only the last division rounds.
        var scale = 1e9
        while value * scale >= 1e10 { scale /= 10 }
        while value * scale < 1e9 { scale *= 10 }
        return (value * scale).rounded() / scale
    }
}
