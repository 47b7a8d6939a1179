import Probability

/// How long contacts are willing to wait.
///
/// Times are seconds. Parameters outside their range count as the nearest that lies inside: a negative mean as 0, a
/// lognormal without spread as a fixed time. Nothing here samples; `Distribution` does.
public enum Patience: Sendable, Hashable {
    /// A constant chance per second of giving up; a mean of ∞ waits for ever.
    case exponential(mean: Double)
    /// Everybody waits exactly so long.
    case deterministic(Double)
    /// Any time between two ends, each as likely.
    case uniform(from: Double, to: Double)
    /// Shape 0.001…10⁴; a whole shape is Erlang's distribution, below 1 the hazard falls with time.
    case gamma(shape: Double, mean: Double)
    /// Exponential, each contact with the mean of the branch it belongs to.
    case hyperexponential([Branch])
    /// Spread is standard deviation ÷ mean, 10⁻⁶…10⁴.
    case lognormal(mean: Double, spread: Double)
    /// P(patience > x) = e^(−(x/scale)^shape), shape 0.05…1000.
    case weibull(shape: Double, scale: Double)
    /// As a duration is distributed, whatever its shape.
    case law(Distribution)
    /// Measured: a survival curve in steps.
    case measured(PatienceCurve)
    /// The share (0…1) leaves at once when it would have to wait, the others are as patient as told.
    indirect case balking(share: Double, otherwise: Patience)

    /// One kind of contact in a hyperexponential mixture.
    public struct Branch: Sendable, Hashable {
        /// Its weight, ≥ 0; weights are divided by their sum.
        public var share: Double
        /// Seconds.
        public var mean: Double

        /// `share` is a weight, ≥ 0; `mean` in seconds.
        public init(share: Double, mean: Double) {
            self.share = share
            self.mean = mean
        }
    }

    /// A share `p0` leaves at once when it would have to wait, the others exponentially with this mean in seconds.
    public static func balking(share p0: Double, mean: Double) -> Patience {
        .balking(share: p0, otherwise: .exponential(mean: mean))
    }

    /// Seconds; ∞ where a share of contacts never gives up.
    public var mean: Double { PatienceLaw(self).mean }

    /// The share of contacts whose patience exceeds `wait` seconds; balking ones do not exceed 0.
    public func surviving(_ wait: Double) -> Double { PatienceLaw(self).at(max(0, wait)).longer }

    /// The probability density at `wait` seconds, per second; nil where all or part of the patience comes in lumps.
    public func density(_ wait: Double) -> Double? { PatienceLaw(self).density(max(0, wait)) }
}
