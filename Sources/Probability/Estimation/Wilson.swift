/// The score interval for a chance that was seen in a number of independent trials (Wilson 1927).
///
/// It stays inside 0…1 and keeps its coverage near both ends, where the textbook interval p ± z √(p(1 − p)/n) shrinks
/// to nothing.
public enum Wilson {
    /// `hits` of `trials` with its interval at a confidence such as 0.95; without trials anything between 0 and 1.
    public static func estimate(hits: Int, trials: Int, confidence: Double) -> Estimate {
        guard trials > 0 else { return Estimate(value: 0.5, low: 0, high: 1, standardDeviation: 0.5) }
        return estimate(
            share: Double(min(max(0, hits), trials)) / Double(trials), trials: Double(trials), confidence: confidence)
    }

    /// A share p, 0…1, of so many independent trials, > 0, which need not be a whole number: what dependent ones are worth.
    public static func estimate(share p: Double, trials n: Double, confidence: Double) -> Estimate {
        guard n > 0 else { return Estimate(value: p, low: 0, high: 1, standardDeviation: 0.5) }
        let z = confidence > 0 ? PortableMath.normalQuantile(0.5 + min(confidence, 1) / 2) : 0
        let deviation = (p * (1 - p)).squareRoot()
        guard z < .infinity else { return Estimate(value: p, low: 0, high: 1, standardDeviation: deviation) }
        let shrink = 1 / (1 + z * z / n)
        let middle = (p + z * z / (2 * n)) * shrink
        let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() * shrink
        // The ends are exact where nothing or everything was a hit.
        return Estimate(
            value: p, low: p <= 0 ? 0 : max(0, middle - half), high: p >= 1 ? 1 : min(1, middle + half),
            standardDeviation: deviation)
    }

    /// How many trials keep the interval within ± `halfWidth` when the chance is `p`, at least 1.
    package static func trials(at p: Double, halfWidth: Double, confidence: Double) -> Int {
        guard halfWidth > 0 else { return .max }
        let z = confidence > 0 ? PortableMath.normalQuantile(0.5 + min(confidence, 1) / 2) : 0
        let needed = z * z * p * (1 - p) / (halfWidth * halfWidth)
        return needed < 1e15 ? max(1, Int(needed.rounded(.up))) : .max
    }
}
