/// What a figure is, as far as its interval depends on it.
public enum FigureKind: Sendable, Hashable {
    /// A mean, or a ratio of two.
    case mean
    /// A share of contacts, 0…1. `together`, ≥ 1: how many are likely to share one fate; asked for where all share one.
    case share(together: Double)
    /// A share of time, 0…1, `together` seconds of which are of one replication. Between 0 and 1, equal shares of time in
    /// all replications are no coincidence, as equal counts of contacts may be.
    case shareOfTime(together: Double)

    /// How many callers who follow each other within minutes share one fate, where all of many did.
    public static let callersTogether = 4.0
    /// A share of callers.
    public static let callers = FigureKind.share(together: callersTogether)
}

/// The interval around a mean of independent observations, of a ratio of means by its linear part.
///
/// Student's interval supposes that errors to both sides are alike. Where observations are skewed, as days are of which a
/// few are very bad, it misses the truth too often on one side; Hall's transformation (Hall 1992, On the removal of
/// skewness by transformation) takes off what the third moment does. A sample's own skewness comes out too small, so it is
/// taken 1 + 8/n times as large. A share of which few contacts, or none, are on one side has Wilson's interval besides, on
/// as many independent contacts as its variance is worth (Wilson 1927; Korn, Graubard 1998), and the wider of both bounds:
/// it never is of no width, and never leaves 0…1.
public enum MeanInterval {
    /// What observations said: all in the figure's own unit.
    public struct Spread: Sendable, Hashable {
        /// How many observations there were, ≥ 1.
        public var count: Int
        /// How many replications the observations are made of.
        public var replications: Double
        /// The variance of the estimate, not of an observation.
        public var variance: Double
        /// Of an observation, by the sample.
        public var skewness: Double
        /// The largest part of the sum of squares that is of one observation, 0…1.
        public var largest: Double

        /// Moments that are known already; `variance` is that of the estimate.
        public init(count: Int, replications: Double, variance: Double, skewness: Double, largest: Double) {
            self.count = count
            self.replications = replications
            self.variance = variance
            self.skewness = skewness
            self.largest = largest
        }

        /// Of contributions to an error, one an observation, whose sum of squares about their mean is n/(n − 1) times the
        /// variance of the estimate (jackknife: Miller 1974; with controls HC3: MacKinnon, White 1985).
        public init(contributions: [Double], replications: Double) {
            let n = Double(contributions.count)
            let mean = contributions.reduce(0, +) / max(n, 1)
            var squares = 0.0
            var cubes = 0.0
            var most = 0.0
            for value in contributions {
                let d = value - mean
                squares += d * d
                cubes += d * d * d
                most = max(most, d * d)
            }
            self.init(
                count: contributions.count, replications: replications, variance: n > 1 ? squares * (n - 1) / n : 0,
                skewness: Self.skewness(squares: squares, cubes: cubes, count: n),
                largest: squares > 0 ? most / squares : 0)
        }

        /// A sample's skewness from sums of squares and cubes about the mean (Joanes, Gill 1998: G₁); 0 for fewer than three.
        static func skewness(squares: Double, cubes: Double, count n: Double) -> Double {
            guard n > 2, squares > 0 else { return 0 }
            let root = (squares / n).squareRoot()
            return cubes / n / (root * root * root) * (n * (n - 1)).squareRoot() / (n - 2)
        }
    }

    /// Below how many contacts on the rarer side, counted as independent ones, a share has Wilson's interval besides.
    static let few = 8.0
    /// Of fewer observations the interval holds Student's too.
    static let handful = 16
    /// How many times as long as Student's an arm may be: beyond, the transformation says that nothing is known, and covers
    /// no more often for it.
    static let longest = 2.5
    /// From which part of all squares on one observation is said to carry the spread.
    static let mostOfOne = 0.4

    /// The interval of `value`; `center` is where it lies, freed of bias, `degrees` those of Student's quantile. `contacts`
    /// is how many a share is of, over all replications. Unbounded with fewer than two observations.
    public static func estimate(
        _ value: Double, center: Double, spread: Spread, degrees: Int, kind: FigureKind, contacts: Double,
        confidence: Double
    ) -> Estimate {
        let deviation = (spread.variance * spread.replications).squareRoot()
        guard spread.count > 1, degrees > 0 else {
            return Estimate(value: value, low: -.infinity, high: .infinity, standardDeviation: deviation)
        }
        let student = Student.quantile(confidence: confidence, degreesOfFreedom: degrees)
        let n = Double(spread.count)
        let error = spread.variance.squareRoot()
        var low = center
        var high = center
        if error > 0 {
            let skewness = spread.skewness * (1 + 8 / n) / n.squareRoot()
            let most = longest * student
            var (left, right) = (
                min(most, straightened(student, skewness)), max(-most, straightened(-student, skewness))
            )
            // The skewness of a handful is chance itself: it may widen, and not shift.
            if spread.count < handful { (left, right) = (max(left, student), min(right, -student)) }
            low -= error * left
            high -= error * right
        }
        if kind != .mean {
            (low, high) = (min(max(low, 0), 1), min(max(high, 0), 1))
            let independent = self.independent(value, spread, student, confidence, contacts, kind)
            if independent * min(value, 1 - value) < few {
                let wilson = Wilson.estimate(share: value, trials: independent, confidence: confidence)
                (low, high) = (min(low, wilson.low), max(high, wilson.high))
            }
        }
        return Estimate(
            value: value, low: min(low, value), high: max(high, value), standardDeviation: deviation,
            restsOnOne: spread.count > 5 && spread.largest > mostOfOne)
    }

    /// How many independent contacts would give a share this variance, at most all of them; with Student's quantile taken
    /// for the normal one.
    private static func independent(
        _ p: Double, _ spread: Spread, _ student: Double, _ confidence: Double, _ contacts: Double,
        _ kind: FigureKind
    ) -> Double {
        // What rounding leaves of equal observations is no variance.
        guard spread.variance > 1e-18, p > 0, p < 1 else {
            switch kind {
            case .mean: return .infinity
            case .share(let together): return contacts / max(1, together)
            case .shareOfTime(let together): return p > 0 && p < 1 ? .infinity : contacts / max(1, together)
            }
        }
        return min(contacts, trials(p, variance: spread.variance, student: student, confidence: confidence))
    }

    /// How many independent trials give a share p, 0 < p < 1, this variance > 0, with Student's quantile taken for the normal
    /// one.
    static func trials(_ p: Double, variance: Double, student: Double, confidence: Double) -> Double {
        let ratio = student > 0 ? PortableMath.normalQuantile(0.5 + confidence / 2) / student : 1
        return p * (1 - p) / variance * ratio * ratio
    }

    /// Hall's inverse: how many standard errors from the mean a skewed sum's quantile lies, where a symmetric one's lies at
    /// `t`; `a` is the skewness over √n.
    static func straightened(_ t: Double, _ a: Double) -> Double {
        let y = t - a / 6
        // (3 / a) ((1 + a y)^⅓ − 1), near a = 0 by its series.
        guard abs(a) > 1e-5 else { return y - a * y * y / 3 }
        return 3 / a * (PortableMath.cubeRoot(1 + a * y) - 1)
    }
}
