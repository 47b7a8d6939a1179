import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

@Suite struct LongRunTests {
    /// Two hours that repeat, ten agents' worth of work for twelve or fewer.
    static func scenario(agents: Double, patience: Double? = 120, cycles: Double = 60) -> Scenario {
        let horizon = Horizon.plain(step: 1800, count: 4)
        let type = ContactType(
            id: "calls", open: [TimeSpan(0, 7200)], arrivals: [ArrivalTimeSpan(TimeSpan(0, 7200), contacts: 60)],
            talk: .exponential(Exponential(mean: 240)),
            patience: patience.map { .exponential(Exponential(mean: $0)) },
            target: ServiceTarget(share: 0.8, within: 30))
        let group = AgentGroup(
            id: "agents", skills: [Skill(0)], staffing: .curve([StaffingTimeSpan(TimeSpan(0, 7200), agents: agents)]))
        return Scenario(
            id: "long", name: "Long", horizon: horizon, contactTypes: [type], agentGroups: [group],
            experiment: ExperimentSettings(
                goals: [], seed: 5, longRun: ExperimentSettings.LongRun(length: cycles * 7200)))
    }

    @Test("the period repeats end to end: days, periods, arrivals and staffing move on, opening hours join")
    func layout() throws {
        let scenario = Self.scenario(agents: 3, cycles: 40)
        let layout = LongRunLayout(scenario, try #require(scenario.experiment.longRun))
        #expect(layout.cycleCount == 40 && layout.playedCycles == 41 && layout.cyclesPerGroup == 1)
        let long = layout.repeated(scenario)
        #expect(long.horizon.length == 41 * 7200)
        #expect(long.horizon.periods.count == 164 && long.horizon.periods[163].start == 163 * 1800)
        #expect(long.contactTypes[0].open == [TimeSpan(0, 41 * 7200)])
        #expect(long.contactTypes[0].arrivals[40].timeSpan == TimeSpan(40 * 7200, 41 * 7200))
    }

    @Test("calls that we make are made in the hours of every cycle")
    func hoursOfCalling() throws {
        var scenario = Self.scenario(agents: 6, cycles: 40)
        scenario.contactTypes[0].channel = .outbound
        scenario.contactTypes[0].patience = nil
        scenario.contactTypes[0].callable = [TimeSpan(1800, 5400)]
        let layout = LongRunLayout(scenario, try #require(scenario.experiment.longRun))
        let hours = try #require(layout.repeated(scenario).contactTypes[0].callable)
        #expect(hours.count == 41 && hours[40] == TimeSpan(40 * 7200 + 1800, 40 * 7200 + 5400))
        let results = try Experiment(scenario).run()
        #expect(results.types[0].sum.answered > 0.95 * results.types[0].sum.offered)
    }

    @Test("long lengths are looked at in stretches of several cycles; a told warm-up comes before them")
    func cycleGroups() {
        let scenario = Self.scenario(agents: 3)
        let layout = LongRunLayout(
            scenario, ExperimentSettings.LongRun(length: 1010 * 7200, warmUp: 10.5 * 7200))
        #expect(layout.warmUpCycles == 11 && layout.cyclesPerGroup == 5 && layout.cycleCount == 1000)
        #expect(layout.cycles(cycleGroup: 0) == 11..<16)
    }

    @Test("batches use as many stretches as they can, and grow")
    func batchCounts() {
        #expect(LongRunLayout.batchCounts(of: 59) == [29, 25, 22])
        #expect(LongRunLayout.batchCounts(of: 200) == [28, 25, 20])
        for cycleGroups in 20...200 {
            let counts = LongRunLayout.batchCounts(of: cycleGroups)
            #expect(counts.last.map { (20...22).contains($0) } == true)
            #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 > $1 })
        }
        #expect(LongRunLayout.batchCounts(of: 19).isEmpty)
    }

    @Test("a shift that began the night before the period is not worked twice in its repeats")
    func nightShift() throws {
        var scenario = Self.scenario(agents: 3, cycles: 40)
        let night = [
            ShiftBlock(shift: "night", day: 0, timeSpan: TimeSpan(-3600, 1800), people: 2),
            ShiftBlock(shift: "night", day: 0, timeSpan: TimeSpan(3600, 9000), people: 2),
        ]
        scenario.agentGroups[0].staffing = .shifts(night)
        let layout = LongRunLayout(scenario, try #require(scenario.experiment.longRun))
        guard case .shifts(let blocks) = layout.repeated(scenario).agentGroups[0].staffing else {
            Issue.record("no shifts")
            return
        }
        #expect(blocks.count == 42)
        #expect(blocks[2].timeSpan == TimeSpan(10800, 16200) && blocks[2].day == 1)
    }

    @Test("a settled queue: batches, cycles as runs, every contact of the counted cycles accounted for")
    func settled() throws {
        let results = try Experiment(Self.scenario(agents: 3)).run()
        let run = try #require(results.longRun)
        #expect(results.stopReason == .length && run.failure == nil)
        #expect(run.leftOut + run.counted == 60)
        #expect(run.batchCount * run.cyclesPerBatch == run.counted && results.replications == run.counted)
        let sum = results.types[0].sum
        #expect(abs(sum.offered - sum.answered - sum.abandoned - sum.turnedAway - sum.backlog) < 1e-6)
        #expect(results.types[0].serviceLevel.count == run.batchCount)
        #expect(results.types[0].judged == run.counted)
        #expect(abs(sum.offered / Double(run.counted) - 60) < 6)
        #expect(abs(run.work - 2) < 1e-12 && abs(run.staffed - 3) < 1e-12)
        let median = try #require(results.waitPercentile(0.95, type: 0))
        #expect(median.low <= median.value && median.value <= median.high && median.high < 600)
    }

    @Test("a queue that grows without end is said to, with its load")
    func growing() throws {
        let results = try Experiment(Self.scenario(agents: 1, patience: nil, cycles: 60)).run()
        let run = try #require(results.longRun)
        #expect(results.stopReason == .unsettled && run.failure == .unsettled && run.isGrowing)
        #expect(run.work == 2 && run.staffed == 1)
    }

    @Test("queue and people carry over: from the second cycle on the center does not start empty")
    func carriesOver() throws {
        var scenario = Self.scenario(agents: 2.0, patience: nil, cycles: 20)
        scenario.experiment.longRun?.warmUp = 0
        let long = try Experiment(scenario).run()
        scenario.experiment.longRun = nil
        scenario.experiment.replications = 20
        let fresh = try Experiment(scenario).run()
        let wait = { (results: Results) in results.types[0].tally(.asa).value ?? 0 }
        #expect(long.longRun?.leftOut == 0)
        #expect(wait(long) > 2 * wait(fresh))
    }
}
