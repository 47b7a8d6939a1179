import Foundation
import Queueing

/// A staffing question: 80 % within 20 seconds.
struct Question {
    /// Erlangs.
    var load: Double
    /// Seconds.
    var handling: Double

    static let goal = StaffingGoal.serviceLevel(atLeast: 0.8, within: 20)

    func agents(patience: Double = .infinity) -> Int {
        SingleQueue(arrivalRate: load / handling, handlingTime: handling, patience: patience)
            .agentsNeeded(for: [Self.goal]) ?? -1
    }

    /// W4: loads e^(u ln 5000) erlangs, handling times 60 + 840 u seconds, u by SplitMix64 from seed 42.
    static func random(_ count: Int) -> [Question] {
        var state: UInt64 = 42
        func next() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
        }
        return (0..<count).map { _ in Question(load: exp(next() * log(5000)), handling: 60 + 840 * next()) }
    }

    /// A week of quarter hours of ten contact types with 0 to 60 erlangs: a double hump by day, nobody at night.
    static let week: [Question] = (0..<10).flatMap { type in
        (0..<672).map { quarter in
            let hour = Double(quarter % 96) / 4
            let shape = max(0, sin((hour - 7) / 14 * .pi)) * (1 + 0.3 * cos((hour - 7) / 14 * 4 * .pi))
            return Question(load: Double(type + 1) * 4.6 * shape, handling: 180 + 40 * Double(type))
        }
    }
}

/// 96 quarter hours of two peaks, 300 s of handling, two minutes' patience; `peak` erlangs at the most.
func twoPeaks(_ peak: Double, _ end: VaryingDay.ShiftEnd) -> VaryingDay {
    let intervals = (0..<96).map { i -> VaryingDay.Interval in
        let load = peak * (0.55 + 0.45 * sin(Double(i) / 96 * 4 * .pi - 1))
        return .init(
            arrivalRate: load / 300, agents: Int((load + 0.3 * load.squareRoot()).rounded(.up)), duration: 900)
    }
    return VaryingDay(intervals: intervals, handlingTime: 300, patience: 120, shiftEnd: end)
}
