/// Searches among whole numbers for the first that will do.
package enum WholeSearch {
    /// The smallest count in `atLeast…atMost` for which `holds`, which must stay true once it is; nil when none does.
    ///
    /// Steps that double lead from `guess` to both sides of the answer, halves to the answer itself.
    package static func smallest(atLeast: Int, atMost: Int, guess: Double, where holds: (Int) -> Bool) -> Int? {
        guard atLeast <= atMost else { return nil }
        let start = guess < Double(atMost) ? max(atLeast, Int(max(guess, 0))) : atMost
        // `holds` fails below `low` and there, and from `high` on it is true.
        var low = atLeast - 1
        var high = atMost + 1
        var step = max(1, Int(0.1 * Double(start).squareRoot()))
        var next = start
        while high - low > 1 {
            if holds(next) { high = next } else { low = next }
            if low >= atLeast, high <= atMost {
                next = low + (high - low) / 2
            } else {
                next = high <= atMost ? high - step : low + step
                step = step > atMost / 2 ? atMost : 2 * step
            }
            next = max(low + 1, min(high - 1, next))
        }
        return high <= atMost ? high : nil
    }
}
