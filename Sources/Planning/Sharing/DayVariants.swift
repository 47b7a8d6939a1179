import Center
import Probability
import Queueing
import Simulator

/// A few ways in which days turn out, each as likely as the others: how busy they are, and who is there.
///
/// Every day's factor and every group's draw take equally spaced quantiles in an order of their own (Latin hypercube:
/// McKay, Beckman, Conover 1979), so that few variants have the right means.
struct DayVariants: Sendable {
    let count: Int
    private let factors: [[Double]]
    private let dayCount: Int
    private let absences: Absences

    /// One variant where nothing strays.
    init(_ scenario: Scenario, most: Int) {
        let types = scenario.contactTypes
        absences = scenario.absences
        dayCount = scenario.horizon.days.count
        let strays =
            types.contains { $0.dayToDay > 0 } || absences.evenedOut > 0 || absences.unplanned > 0
            || absences.inShift > 0
        count = strays ? max(1, most) : 1
        let count = count
        factors = types.map { type in
            guard type.dayToDay > 0, count > 1 else { return [Double](repeating: 1, count: count) }
            let law = Gamma(mean: 1, spread: type.dayToDay)
            let values = (0..<count).map { law.quantile((Double($0) + 0.5) / Double(count)) }
            let mean = values.reduce(0, +) / Double(count)
            return values.map { $0 / mean }
        }
    }

    func factor(_ variant: Int, type t: Int, day d: Int) -> Double {
        guard count > 1 else { return 1 }
        return factors[t][place(variant, 2 * t, d)]
    }

    /// People of a group who are there of so many on duty, fractions where somebody is there for part of the time.
    func present(_ onDuty: Double, variant: Int, group g: Int, day d: Int, isCurve: Bool) -> Double {
        guard onDuty > 0 else { return 0 }
        let share = 1 - absences.evenedOut
        let inShift = 1 - absences.inShift
        guard count > 1 else { return onDuty * share * inShift * (1 - absences.unplanned) }
        let draw = (Double(place(variant, 2 * g + 1, d)) + 0.5) / Double(count)
        // Head-counts are rounded up or down by the day's draw; places under a curve with what is lost in shifts.
        let here: Double
        if isCurve {
            here = (onDuty * share * inShift + draw + 1e-9).rounded(.down)
        } else {
            let below = onDuty.rounded(.down)
            let part = onDuty - below
            let few = (below * share + draw + 1e-9).rounded(.down)
            here = (few + (part > 0 ? part * (((below + 1) * share + draw + 1e-9).rounded(.down) - few) : 0)) * inShift
        }
        guard absences.unplanned > 0 else { return here }
        // Each stays away for oneself: a binomial number, by the quantile of a draw of its own.
        let own = (Double(place(variant, 2 * g + 1, d + dayCount)) + 0.5) / Double(count)
        let whole = here.rounded(.down)
        func binomial(_ n: Int) -> Double {
            let p = 1 - absences.unplanned
            guard n > 0 else { return 0 }
            guard n < 60 else { return Double(n) * p }
            var term = 1.0
            for _ in 0..<n { term *= absences.unplanned }
            var sum = term
            var k = 0
            while sum < own, k < n {
                term *= Double(n - k) / Double(k + 1) * p / absences.unplanned
                sum += term
                k += 1
            }
            return Double(k)
        }
        let few = binomial(Int(whole))
        return here > whole ? few + (here - whole) * (binomial(Int(whole) + 1) - few) : few
    }

    /// Which of the equally spaced quantiles a variant has of a quantity on a day: a permutation for each.
    private func place(_ variant: Int, _ subject: Int, _ day: Int) -> Int {
        // Steps prime to the count visit each place once; the start differs from subject to subject.
        var state = UInt64(truncatingIfNeeded: subject) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(truncatingIfNeeded: day)
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        state ^= state >> 31
        let steps = (1..<max(2, count)).filter { Self.divisor($0, count) == 1 }
        let step = steps[Int(state % UInt64(steps.count))]
        let start = Int((state >> 32) % UInt64(count))
        return (start + variant * step) % count
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}
