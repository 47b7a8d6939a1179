/// The Poisson probabilities that carry weight, and the tail above each (Fox, Glynn 1988).
///
/// Recurrences from the mode outward and one division by the sum: no logarithm, no underflow, for means up to 10⁹.
struct PoissonWeights {
    /// The least count with weight.
    let first: Int
    /// P(N = first + i).
    let weights: [Double]
    /// P(N > first + i), summed from the small end.
    let tails: [Double]

    /// `mean` ≥ 0; what is left out on either side is below 1e-18 of the mode.
    init(mean: Double) {
        let mode = Int(mean)
        var below: [Double] = []
        var weight = 1.0
        var k = mode
        while k > 0 {
            weight *= Double(k) / mean
            if weight < 1e-18 { break }
            below.append(weight)
            k -= 1
        }
        var all = Array(below.reversed())
        all.append(1)
        weight = 1
        k = mode
        while true {
            k += 1
            weight *= mean / Double(k)
            if weight < 1e-18 { break }
            all.append(weight)
        }
        first = mode - below.count
        var tails = [Double](repeating: 0, count: all.count)
        var sum = 0.0
        for i in all.indices.reversed() {
            tails[i] = sum
            sum += all[i]
        }
        weights = all.map { $0 / sum }
        self.tails = tails.map { $0 / sum }
    }
}
