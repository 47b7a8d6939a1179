import Center

/// How long contacts waited by the clock of their type's target, as the tables count it: where that stands still while
/// closed, so does the wait.
package struct WaitClocks: Sendable {
    private let clocks: [OpenClock?]
    private let length: Double

    package init(_ scenario: Scenario) {
        let plan = Blueprint(scenario)
        clocks = plan.types.map(\.clock)
        length = plan.length
    }

    /// By type: whether its contacts are called by us, perhaps several times.
    package static func isCalled(_ scenario: Scenario) -> [Bool] {
        Blueprint(scenario).types.map { $0.given.tries != nil && $0.isDeferred }
    }

    /// Seconds, to the end of the horizon for those who still wait.
    package func wait(_ entry: Diary.Entry) -> Double {
        let end = entry.outcome == .waiting ? length : entry.time
        let setUp = entry.handling?.setUp ?? 0
        guard let clock = clocks[entry.type] else { return end - entry.offeredAt + setUp }
        return clock.elapsed(from: entry.offeredAt, to: end) + setUp
    }
}
