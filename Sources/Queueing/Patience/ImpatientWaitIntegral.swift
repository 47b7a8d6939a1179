import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// M/M/n+G by integrals over the offered wait, the wait that a contact of endless patience would meet.
///
/// While all agents are busy its density is proportional to e^φ, φ(x) = λ E[min(τ, x)] − nμ x = −(nμ − λ) x − λ E[(x−τ)⁺],
/// which is concave with its peak where λ P(τ > x) falls to nμ. Each smooth part between the kinks of the patience,
/// the acceptable wait and the peak is integrated outward from the peak, in panels that double, until φ has fallen by 60.
struct ImpatientWaitIntegral {
    private let law: PatienceLaw
    private let arrival: Double
    private let service: Double
    /// nμ − λ, formed from agents and load.
    private let slope: Double
    private let within: Double
    private let scale: Double
    private var peak = 0.0
    private var atPeak = 0.0
    /// What the rounding of φ leaves to be had.
    private var tolerance = 1e-13

    init(_ queue: ImpatientQueue, agents: Double, within: Double) {
        law = queue.law
        arrival = queue.contacts.arrivalRate
        scale = queue.contacts.handlingTime
        service = agents / scale
        slope = (agents - queue.contacts.offeredLoad) / scale
        self.within = within
        let enough = agents / queue.contacts.offeredLoad
        if law.at(0).longer > enough {
            var low = 0.0
            var high = scale
            while law.at(high).longer > enough, high < 1e300 {
                low = high
                high *= 2
            }
            while high - low > 4e-16 * high {
                let middle = low + (high - low) / 2
                if middle <= low || middle >= high { break }
                if law.at(middle).longer > enough { low = middle } else { high = middle }
            }
            peak = high
        }
        let split = law.at(peak)
        atPeak = exponent(peak, split)
        tolerance = 1e-13 + 4e-16 * (abs(slope) * peak + arrival * shortfall(peak, split))
    }

    /// Sums over the offered wait, in this order in the bundle's first seven places.
    private enum Place {
        static let all = 0
        static let stays = 1
        static let left = 2
        static let waitOfStays = 3
        static let waitOfLeft = 4
        static let wait = 5
    }

    func answer(below: Double) -> (flows: ContactFlows, offeredWait: Double) {
        // Rounding of φ would show; so many contacts are at stake that the wait hardly strays from the peak.
        guard abs(atPeak) < 1e11, arrival * shortfall(peak, law.at(peak)) < 1e11 else { return settled }
        var inTime = Bundle16(repeating: 0)
        var late = Bundle16(repeating: 0)
        var edges = law.kinks.filter { $0 > 0 && $0 < .infinity && $0 != peak && $0 != within } + [0, peak]
        if within > 0, within != peak { edges.append(within) }
        edges.sort()
        // Outward from the peak, so that tolerances are relative to what matters.
        let first = edges.lastIndex { $0 <= peak } ?? 0
        for i in first..<edges.count {
            let end = i + 1 < edges.count ? edges[i + 1] : Double.infinity
            if end <= within { addBetween(edges[i], end, &inTime) } else { addBetween(edges[i], end, &late) }
        }
        for i in stride(from: first, to: 0, by: -1) {
            if edges[i] <= within {
                addBetween(edges[i], edges[i - 1], &inTime)
            } else {
                addBetween(edges[i], edges[i - 1], &late)
            }
        }
        let total = inTime + late
        // below/(nμ) beside ∫e^φ, both in units of e^φ(peak).
        let odds = below * exp(-atPeak) / (service * total[Place.all])
        let waited = 1 / (1 + odds)
        let atOnce = odds / (1 + odds)
        let perWait = waited / total[Place.all]
        let flows = ContactFlows(
            answeredAtOnce: atOnce, answered: atOnce + total[Place.stays] * perWait,
            answeredInTime: atOnce + inTime[Place.stays] * perWait, waited: waited,
            abandoned: total[Place.left] * perWait, blocked: 0,
            stillWaiting: late[Place.all] * perWait * law.at(within).longer,
            waitOfAnswered: total[Place.waitOfStays] * perWait, waitOfAbandoned: total[Place.waitOfLeft] * perWait)
        return (flows, total[Place.wait] * perWait)
    }

    /// The fluid limit: everybody who is patient enough waits until the peak.
    private var settled: (flows: ContactFlows, offeredWait: Double) {
        let split = law.at(peak)
        let answered = min(1, service / arrival)
        let left = max(0, 1 - answered)
        let waitOfLeft =
            split.shorter > 0 ? min(split.meanOfShorter * (left / split.shorter), left * peak) : left * peak
        return (
            ContactFlows(
                answeredAtOnce: 0, answered: answered, answeredInTime: peak <= within ? answered : 0, waited: 1,
                abandoned: left, blocked: 0, stillWaiting: peak > within ? law.at(within).longer : 0,
                waitOfAnswered: answered * peak, waitOfAbandoned: waitOfLeft), peak
        )
    }

    /// E[(x − τ)⁺].
    private func shortfall(_ x: Double, _ split: DurationSplit) -> Double {
        max(0, x * split.shorter - split.meanOfShorter)
    }

    private func exponent(_ x: Double, _ split: DurationSplit) -> Double {
        -slope * x - arrival * shortfall(x, split)
    }

    /// From `near` towards `far` (which may be ∞, or on the left), by as much as matters.
    private func addBetween(_ near: Double, _ far: Double, _ total: inout Bundle16) {
        let start = exponent(near, law.at(near))
        guard start - atPeak > -745 else { return }
        let sign = far > near ? 1.0 : -1.0
        let length = abs(far - near)
        func drop(_ distance: Double) -> Double {
            let x = near + sign * distance
            return start - exponent(x, law.at(x))
        }
        var width = min(length, max(near, scale))
        while drop(width) > 1, width > 1e-14 * near, width > 1e-300 { width /= 2 }
        while drop(width) < 0.5, width < length, width < 1e300 { width *= 2 }
        var done = 0.0
        while done < length {
            let next = min(max(width, 2 * done), length)
            let a = near + sign * done
            let b = near + sign * next
            AdaptiveQuadrature.add(from: min(a, b), to: max(a, b), to: &total, tolerance: tolerance, density)
            done = next
            if drop(done) > 60 || next > 1e300 { return }
        }
    }

    private func density(_ x: Double) -> Bundle16 {
        let split = law.at(x)
        let mass = exp(min(0, exponent(x, split) - atPeak))
        var values = Bundle16(repeating: 0)
        values[Place.all] = mass
        values[Place.stays] = mass * split.longer
        values[Place.left] = mass * split.shorter
        values[Place.waitOfStays] = mass * split.longer * x
        values[Place.waitOfLeft] = mass * split.meanOfShorter
        values[Place.wait] = mass * x
        return values
    }
}
