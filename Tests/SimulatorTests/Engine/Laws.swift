import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// What must hold on every path, whatever the numbers.
@Suite struct Laws {
    /// Two types, three groups, a falling curve, shifts with breaks, redials, a day factor, shrinkage.
    static func busyDay(seed: UInt64 = 7, replications: Int = 12) -> Scenario {
        let open = TimeSpan(0, 14400)
        let portions = { (rates: [Double]) in
            rates.enumerated().map { ArrivalTimeSpan(TimeSpan(Double($0) * 3600, Double($0 + 1) * 3600), contacts: $1) }
        }
        let sales = ContactType(
            id: "sales", languages: [LanguageShare("en", 0.8), LanguageShare("es", 0.2)], open: [open],
            arrivals: portions([40, 70, 60, 30]), dayToDay: 0.1, talk: .lognormal(Lognormal(mean: 240, spread: 0.9)),
            hold: .exponential(Exponential(mean: 20)), wrapUp: .gamma(Gamma(mean: 40, spread: 0.5)),
            patience: .weibull(Weibull(mean: 120, spread: 1.2)),
            redial: Redial(share: 0.5, delay: .exponential(Exponential(mean: 300))),
            target: ServiceTarget(share: 0.8, within: 30))
        let support = ContactType(
            id: "support", priority: 3, open: [open], arrivals: portions([20, 30, 30, 20]),
            talk: .exponential(Exponential(mean: 400)), patience: .exponential(Exponential(mean: 90)),
            target: ServiceTarget(share: 0.7, within: 60, rule: .withoutShortAbandons))
        let shifts = [
            ShiftBlock(
                shift: "early", day: 0, timeSpan: TimeSpan(0, 10800), people: 4,
                lunch: Lunch(length: 1800, window: TimeSpan(3600, 9000)), breaks: [600]),
            ShiftBlock(shift: "late", day: 0, timeSpan: TimeSpan(5400, 14400), people: 3, breaks: [600, 600]),
        ]
        return Scenario(
            id: "busy", name: "Busy", horizon: .plain(step: 1800, count: 8), contactTypes: [sales, support],
            agentGroups: [
                AgentGroup(
                    id: "english", wagePerHour: 20, languages: ["en"],
                    skills: [Skill(0), Skill(1, rank: 2, handlingFactor: 1.2)], staffing: .shifts(shifts)),
                AgentGroup(
                    id: "bilingual", languages: ["es", "en"], skills: [Skill(0)],
                    staffing: .curve([
                        StaffingTimeSpan(TimeSpan(0, 7200), agents: 3.5),
                        StaffingTimeSpan(TimeSpan(7200, 14400), agents: 2),
                    ])),
                AgentGroup(
                    id: "experts", languages: ["en"], skills: [Skill(1)],
                    staffing: .curve([StaffingTimeSpan(open, agents: 3)])),
            ], shrinkage: 0.1, experiment: ExperimentSettings(replications: replications, seed: seed))
    }

    @Test("Every offered contact is answered, hung up, turned away or still waiting, in every replication")
    func conservation() throws {
        _ = try Experiment(Self.busyDay(), threads: 2).run(onRun: { number, run in
            for c in run.types + [run.all] {
                #expect(c.offered == c.answered + c.abandoned + c.turnedAway + c.backlog, "replication \(number)")
                #expect(c.offered > 0)
            }
        })
    }

    @Test("Little's law on the path: seconds waited by contacts are the queue's seconds")
    func littlesLaw() throws {
        var scenario = Self.busyDay(replications: 5)
        // Everybody stays to the end, so that no wait reaches beyond the horizon.
        scenario.rules.waitingAtClose = .turnAway
        _ = try Experiment(scenario, threads: 1).run(onRun: { number, run in
            for c in run.types where c.turnedAway == 0 {
                #expect(abs(c.queueSeconds - c.waitOfAnswered - c.waitOfAbandoned) < 1e-6, "replication \(number)")
            }
        })
    }

    @Test("Busy seconds are the handle times of those answered, in every replication")
    func workIsConserved() throws {
        var scenario = Self.busyDay(replications: 5)
        // Longer than any contact lasts, so that no handling passes beyond the horizon.
        scenario.horizon.days[0].end = 100_000
        scenario.horizon.periods[7].end = 100_000
        _ = try Experiment(scenario, threads: 1).run(onRun: { number, run in
            let work = run.all.talk + run.all.hold + run.all.wrapUp
            let busy = run.groups.reduce(0) { $0 + $1.busy }
            #expect(abs(work - busy) < 1e-6 * work, "replication \(number)")
        })
    }

    @Test("The same results for 1, 2 and 8 threads, to the last bit")
    func threads() throws {
        let one = try Experiment(Self.busyDay(replications: 25), threads: 1).run()
        for threads in [2, 8] {
            let other = try Experiment(Self.busyDay(replications: 25), threads: threads).run()
            #expect(other.types.map(\.serviceLevel) == one.types.map(\.serviceLevel))
            #expect(Metric.catalogue.map { other.all.tally($0) } == Metric.catalogue.map { one.all.tally($0) })
            for p in one.scenario.horizon.periods.indices {
                for t in one.types.indices {
                    let (a, b) = (one.figures(period: p, type: t), other.figures(period: p, type: t))
                    #expect(a.mean == b.mean && a.serviceLevel == b.serviceLevel && a.abandonment == b.abandonment)
                }
            }
            #expect(other.periodOccupancy == one.periodOccupancy)
            #expect(
                other.types.indices.map { other.waitPercentile(0.95, type: $0) }
                    == one.types.indices.map { one.waitPercentile(0.95, type: $0) })
        }
    }

    @Test("A run to precision plays the same replications whatever the threads, and reaches it")
    func precision() throws {
        var scenario = Self.busyDay()
        scenario.experiment = ExperimentSettings(precision: 0.03, seed: 3)
        let one = try Experiment(scenario, threads: 1).run()
        let eight = try Experiment(scenario, threads: 8).run()
        #expect(one.replications == eight.replications)
        #expect(one.replications >= 20)
        #expect(one.stopReason == .precision)
        for type in one.types {
            let half = try #require(type.serviceLevel.estimate(confidence: 0.95)).halfWidth
            #expect(half <= 0.03)
        }
        scenario.experiment.goals = [PrecisionGoal(.serviceLevel, within: .absolute(0.0001))]
        scenario.experiment.maximum = 40
        let stopped = try Experiment(scenario, threads: 2).run()
        #expect(stopped.replications == 40 && stopped.stopReason == .maximum)
    }

    @Test("A type without contacts and agents without skill change nothing for the others")
    func bystanders() throws {
        let plain = try Experiment(Self.busyDay(), threads: 1).run()
        var scenario = Self.busyDay()
        scenario.contactTypes.insert(
            ContactType(
                id: "silent", open: [], arrivals: [], talk: .fixed(Fixed(1)),
                target: ServiceTarget(share: 1, within: 1)), at: 0)
        for g in scenario.agentGroups.indices {
            for s in scenario.agentGroups[g].skills.indices { scenario.agentGroups[g].skills[s].contactType += 1 }
        }
        scenario.agentGroups.append(
            AgentGroup(
                id: "idle", skills: [], staffing: .curve([StaffingTimeSpan(TimeSpan(0, 14400), agents: 5)])))
        let other = try Experiment(scenario, threads: 1).run()
        #expect(Array(other.types[1...]).map(\.sum) == plain.types.map(\.sum))
    }

    @Test("Other names, same numbers")
    func renaming() throws {
        let plain = try Experiment(Self.busyDay(), threads: 1).run()
        var scenario = Self.busyDay()
        for t in scenario.contactTypes.indices { scenario.contactTypes[t].id = "renamed_\(t)" }
        for g in scenario.agentGroups.indices { scenario.agentGroups[g].id = "people_\(g)" }
        let other = try Experiment(scenario, threads: 1).run()
        #expect(other.types.map(\.sum) == plain.types.map(\.sum))
    }

    @Test("Everything twice as slow: times double, shares stay")
    func changeOfUnit() throws {
        // A power of two keeps every product exact, so the paths are the same to the last bit.
        let scale = { (timeSpan: TimeSpan) in TimeSpan(timeSpan.start * 2, timeSpan.end * 2) }
        let plain = SmallDay(
            [
                ContactType(
                    id: "calls", open: [TimeSpan(0, 3600)],
                    arrivals: [ArrivalTimeSpan(TimeSpan(0, 3600), contacts: 60)],
                    talk: .exponential(Exponential(mean: 120)), patience: .exponential(Exponential(mean: 60)),
                    target: ServiceTarget(share: 0.8, within: 20))
            ], [SmallDay.agents(count: 2)]
        ).scenario
        var slow = plain
        slow.horizon = .plain(step: 1800, count: 4)
        slow.contactTypes[0].open = [scale(TimeSpan(0, 3600))]
        slow.contactTypes[0].arrivals = [ArrivalTimeSpan(scale(TimeSpan(0, 3600)), contacts: 60)]
        slow.contactTypes[0].talk = .exponential(Exponential(mean: 240))
        slow.contactTypes[0].patience = .exponential(Exponential(mean: 120))
        slow.contactTypes[0].target?.acceptableWait = 40
        slow.agentGroups = [SmallDay.agents(count: 2, to: 7200)]
        let a = try Experiment(plain, threads: 1).run().counts()
        let b = try Experiment(slow, threads: 1).run().counts()
        #expect(a.offered == b.offered && a.answered == b.answered && a.answeredInTime == b.answeredInTime)
        #expect(b.waitOfAnswered == 2 * a.waitOfAnswered)
    }

    @Test("More agents, same draws: nobody of a single queue waits longer")
    func moreAgents() throws {
        let day = { (agents: Double) in
            SmallDay(
                [
                    ContactType(
                        id: "calls", open: [TimeSpan(0, 3600)],
                        arrivals: [ArrivalTimeSpan(TimeSpan(0, 3600), contacts: 80)],
                        talk: .lognormal(Lognormal(mean: 150, spread: 1)), target: ServiceTarget(share: 0.8, within: 20)
                    )
                ], [SmallDay.agents(count: agents, to: 36000)], periods: 40)
        }
        let waits = try (3...6).map { try day(Double($0)).played().counts().waitOfAnswered }
        #expect(waits == waits.sorted(by: >))
        #expect(waits[0] > 0)
    }

    @Test("Shrinkage takes its share off on average, and the head-count of a day is that share rounded up or down")
    func shrinkage() throws {
        let block = ShiftBlock(shift: "day", day: 0, timeSpan: TimeSpan(0, 3600), people: 9)
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .shifts([block]))
        var day = SmallDay([SmallDay.type(at: [], talk: 60)], [group], shrinkage: 0.3)
        day.scenario.experiment.replications = 400
        var sum = 0.0
        _ = try Experiment(day.scenario, threads: 1).run(onRun: { _, run in
            let people = run.groups[0].present / 3600
            #expect(people == 6 || people == 7)
            sum += people
        })
        // 6.3 on average; the standard error of 400 Bernoulli draws is 0.023.
        #expect(abs(sum / 400 - 6.3) < 0.09)
    }
}
