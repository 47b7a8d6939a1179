import Testing

@testable import Center
@testable import Experiments

/// When to stop, from what is known alone.
@Suite struct StoppingRuleTests {
    static func settings(replications: Int? = nil, maximum: Int = 2000) -> ExperimentSettings {
        var settings = ExperimentSettings(precision: 0.01)
        settings.replications = replications
        settings.maximum = maximum
        return settings
    }

    static func known(
        _ done: Int, times: Int = 0, precise: Bool = false, needed: Double? = nil, counted: Bool = true
    ) -> StoppingRule.Known {
        .init(done: done, timesReached: times, isPrecise: precise, needed: needed, isAllCounted: counted)
    }

    @Test("a number asked for is played in one batch")
    func fixed() {
        let rule = StoppingRule(Self.settings(replications: 7), block: 1)
        #expect(rule.isFixed && rule.firstBatch == 7)
        #expect(rule.decide(Self.known(7)) == .stop(.fixed))
    }

    @Test("precision must be reached twice in a row, and not before the fewest replications")
    func twice() {
        let rule = StoppingRule(Self.settings(), block: 1)
        #expect(rule.firstBatch == 20)
        #expect(rule.decide(Self.known(19, precise: true)) == .play(until: 23, timesReached: 0))
        #expect(rule.decide(Self.known(20, precise: true)) == .play(until: 24, timesReached: 1))
        #expect(rule.decide(Self.known(24, times: 1, precise: true)) == .stop(.precision))
        #expect(rule.decide(Self.known(24, times: 1, precise: true, counted: false)) == .stop(.uncounted))
        #expect(rule.decide(Self.known(24, times: 1)) == .play(until: 28, timesReached: 0))
    }

    @Test("the next batch follows what is needed: a tenth more at least, three times as many at most")
    func sizes() {
        let rule = StoppingRule(Self.settings(), block: 1)
        #expect(rule.decide(Self.known(100, needed: 150.2)) == .play(until: 151, timesReached: 0))
        #expect(rule.decide(Self.known(100, needed: 101)) == .play(until: 110, timesReached: 0))
        #expect(rule.decide(Self.known(100, needed: 1e9)) == .play(until: 300, timesReached: 0))
        #expect(rule.decide(Self.known(1999, needed: 5000)) == .play(until: 2000, timesReached: 0))
        #expect(rule.decide(Self.known(2000, needed: 5000)) == .stop(.maximum))
        #expect(StoppingRule(Self.settings(maximum: 5), block: 1).firstBatch == 5)
    }

    @Test("batches are whole blocks where replications depend on each other")
    func blocks() {
        let rule = StoppingRule(Self.settings(), block: 8)
        #expect(rule.firstBatch == 160)
        #expect(rule.decide(Self.known(160, needed: 161)) == .play(until: 176, timesReached: 0))
        #expect(rule.decide(Self.known(159, precise: true, needed: 0)) == .play(until: 176, timesReached: 0))
    }
}
