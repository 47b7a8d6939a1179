import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Figures of a whole center on days worked out by hand, and whose contacts they are about.
@Suite("Figures of a whole center")
struct FlowFigures {
    private func type(
        _ id: String, at times: [Double], talk: Double, channel: Channel = .phone, within: Double = 20,
        patience: Double? = nil
    ) -> ContactType {
        var type = SmallDay.type(id, at: times, talk: talk, patience: patience, within: within)
        type.channel = channel
        return type
    }

    private static let both = [Skill(0), Skill(1)]

    @Test("transfer rate: handed on / answered, of the type and of all live ones")
    func transferRate() throws {
        var first = type("calls", at: [0], talk: 100)
        first.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        let day = try SmallDay(
            [first, type("nurses", at: [], talk: 40)], [SmallDay.agents(count: 2, skills: Self.both)]
        ).played()
        #expect(day.types[0].tally(.transferRate).value == 1)
        #expect(day.all.tally(.transferRate).value == 0.5)
        #expect(!Metric.transferRate.subject.holds(1, in: day.scenario))
    }

    @Test("first-contact resolution: of four contacts three came again")
    func resolution() throws {
        var calls = type("calls", at: [0], talk: 100)
        calls.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(900)))]
        let day = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        #expect(day.types[0].tally(.firstContactResolution).value == 0.25)
    }

    @Test("first-contact resolution is not told where another type's callers come again as this one")
    func resolutionMixed() {
        var calls = type("calls", at: [0], talk: 100)
        var other = type("other", at: [0], talk: 100)
        calls.followOns = [FollowOn(.again, share: 0.5, contactType: 0)]
        other.followOns = [FollowOn(.again, share: 0.5, contactType: 0)]
        let day = SmallDay([calls, other], [SmallDay.agents(count: 1)])
        #expect(!Metric.firstContactResolution.subject.holds(0, in: day.scenario))
        #expect(!Metric.firstContactResolution.subject.holds(1, in: day.scenario))
    }

    /// Two calls for one agent, of which the second is promised a call; the agent leaves at `until`.
    private func promise(within: Double, until: Double = 3600) throws -> Results {
        var calls = type("calls", at: [0, 10], talk: 300)
        calls.callback = Callback(offerAfter: 0, accepted: 1, contactType: 1)
        var promised = type("calls_callback", at: [], talk: 60, channel: .callback, within: within)
        promised.origin = .init(.callback, of: 0)
        return try SmallDay(
            [calls, promised], [SmallDay.agents(count: 1, to: until, skills: Self.both)]
        ).played()
    }

    @Test("a promise is kept, broken, or not yet due when the run ends, and then it does not count")
    func promises() throws {
        // Promised at 10, called at 300.
        let kept = try promise(within: 290)
        #expect(kept.types[0].tally(.promiseKept).value == 1)
        #expect(kept.all.tally(.promiseKept).value == 1)
        #expect(kept.types[1].serviceLevel.value == 1)
        let broken = try promise(within: 289)
        #expect(broken.types[0].tally(.promiseKept).value == 0)
        let open = try promise(within: 3600, until: 200)
        #expect(open.counts(0).callbacksRequested == 1)
        #expect(open.counts(1).undecided == 1)
        #expect(open.types[0].tally(.promiseKept).value == nil)
        #expect(open.types[1].serviceLevel.value == nil)
        #expect(open.types[1].judged == 0)
    }

    @Test("a call promised while closed is a promise")
    func promisedWhileClosed() throws {
        var calls = type("calls", at: [100], talk: 60)
        calls.open = [TimeSpan(1000, 3600)]
        calls.whenClosed = .callbackNextOpen(contactType: 1)
        var promised = type("calls_next_open", at: [], talk: 60, channel: .callback, within: 600)
        promised.origin = .init(.callback, of: 0)
        let day = try SmallDay([calls, promised], [SmallDay.agents(count: 1, skills: Self.both)]).played()
        #expect(day.counts(0).callbacksKept == 1)
        #expect(day.types[0].tally(.promiseKept).value == 1)
    }

    @Test("work in a list: what is not yet due at the end is neither met nor missed")
    func lists() throws {
        let mail = type("mail", at: [600, 3000], talk: 60, channel: Channel("email", kind: .deferred), within: 1800)
        let day = try SmallDay([mail], [SmallDay.agents(count: 0)]).played()
        #expect(day.types[0].tally(.backlog).value == 2)
        #expect(day.types[0].tally(.oldest).value == 3000)
        #expect(day.types[0].tally(.overdueShare).value == 1)
        // One of two is late; the other does not count.
        #expect(day.types[0].serviceLevel.value == 0)
        #expect(day.types[0].judged == 1)
        #expect(day.figures(period: 3, type: 0).serviceLevel == nil)
        // Waiting when each quarter of an hour ends.
        #expect((0..<4).map { day.figures(period: $0, type: 0).queueEnd } == [1, 1, 1, 2])
    }

    @Test("turnaround is wait and handling; averages of calls and of lists are kept apart")
    func turnaround() throws {
        let calls = type("calls", at: [0], talk: 100)
        let mail = type("mail", at: [50], talk: 60, channel: Channel("email", kind: .deferred), within: 1800)
        let day = try SmallDay([calls, mail], [SmallDay.agents(count: 1, skills: Self.both)]).played()
        #expect(abs(try #require(day.types[1].tally(.turnaround).value) - 110) < 1e-9)
        #expect(day.types[1].tally(.asa).value == 50)
        #expect(day.all.tally(.asa).value == 0)
        #expect(day.all.tally(.answered).value == 2)
        #expect(day.waitPercentile(0.95)?.value ?? -1 < 1)
        #expect(!Metric.abandonment.subject.holds(1, in: day.scenario))
    }

    @Test("cost per contact: a pool's wages by handling seconds, idle time included")
    func cost() throws {
        let first = type("calls", at: [0], talk: 100)
        let second = type("orders", at: [0, 500], talk: 150)
        let third = type("claims", at: [0], talk: 60)
        var shared = SmallDay.agents("shared", count: 1, skills: Self.both)
        var more = SmallDay.agents("more", count: 1, skills: [Skill(1)])
        let apart = SmallDay.agents("apart", count: 1, skills: [Skill(2)])
        shared.wagePerHour = 36
        more.wagePerHour = 20
        let day = try SmallDay([first, second, third], [shared, more, apart]).played()
        // 56 for 400 seconds; the claims' people have no wage.
        let known = try #require(day.types[0].tally(.costPerContact).value)
        #expect(abs(known - 14) < 1e-12)
        #expect(abs(try #require(day.types[1].tally(.costPerContact).value) - 21) < 1e-12)
        #expect(!Metric.costPerContact.subject.holds(2, in: day.scenario))
        #expect(abs(try #require(day.all.tally(.costPerContact).value) - 56.0 / 3) < 1e-12)
    }

    @Test("each language has the share of its contacts that is answered")
    func languages() throws {
        var calls = type("calls", at: [0, 10, 20], talk: 100, patience: 30)
        calls.languages = [LanguageShare("en", 0.5), LanguageShare("es", 0.5)]
        let day = try SmallDay(
            [calls], [SmallDay.agents(count: 5, languages: ["en"]), SmallDay.agents("es", count: 0, languages: ["es"])]
        ).played()
        #expect(day.languages.map(\.code) == ["en", "es"])
        let spanish = day.byClass[1].sum
        #expect(day.languages[0].answered.value ?? 1 == 1)
        #expect(day.languages[1].answered.value ?? 0 == 0)
        #expect(spanish.answered == 0)
        #expect(day.byClass[0].sum.answered + spanish.abandoned == 3)
    }

    /// Everything at once: a callback, hand-offs, repeats, deferred work and several at once.
    static func whole(_ method: VarianceReduction, runs: Int, seed: UInt64) -> Scenario {
        let open = [TimeSpan(0, 3 * 3600)]
        let portions = (0..<6).map { ArrivalTimeSpan(TimeSpan(Double($0) * 1800, Double($0 + 1) * 1800), contacts: 14) }
        func type(_ id: String, _ channel: Channel = .phone, talk: Double, share: Double, wait: Double) -> ContactType {
            ContactType(
                id: id, channel: channel, open: open,
                arrivals: portions.map { ArrivalTimeSpan($0.timeSpan, contacts: share * $0.contacts) }.filter {
                    $0.contacts > 0
                }, dayToDay: 0.1, talk: .lognormal(Lognormal(mean: talk, spread: 0.8)),
                patience: channel.kind == .live ? .exponential(Exponential(mean: 200)) : nil,
                target: ServiceTarget(share: 0.8, within: wait))
        }
        var calls = type("calls", talk: 240, share: 1, wait: 30)
        calls.callback = Callback(offerAfter: 40, accepted: 0.3, contactType: 4, attempts: 2, noAnswer: 0.2)
        calls.followOns = [
            FollowOn(.transfer, share: 0.2, contactType: 1),
            FollowOn(.again, share: 0.1, contactType: 0, delay: .exponential(Exponential(mean: 1800))),
            FollowOn(.followUp, share: 0.3, contactType: 5),
        ]
        var called = type("calls_callback", .callback, talk: 240, share: 0, wait: 1200)
        called.origin = .init(.callback, of: 0)
        called.escalations = [Escalation(after: 800, priority: 0)]
        var desk = type("calls_follow_up", .desk, talk: 90, share: 0, wait: 3600)
        desk.origin = .init(.followUp, of: 0)
        let types = [
            calls, type("nurses", talk: 300, share: 0.2, wait: 60),
            type("chat", Channel("chat", atOnce: 3, slowdown: 0.4), talk: 300, share: 0.4, wait: 45),
            type("mail", Channel("email", kind: .deferred, isInterruptible: true), talk: 200, share: 0.3, wait: 5400),
            called, desk,
        ]
        let groups = [
            AgentGroup(
                id: "reps", skills: [Skill(0), Skill(2, rank: 2), Skill(3, onlyWhenIdle: true), Skill(4), Skill(5)],
                staffing: .curve([StaffingTimeSpan(open[0], agents: 4)])),
            AgentGroup(
                id: "nurses", skills: [Skill(1), Skill(2)], staffing: .curve([StaffingTimeSpan(open[0], agents: 2.5)])),
        ]
        var scenario = Scenario(
            id: "whole", name: "Whole", horizon: .plain(step: 1800, count: 7), contactTypes: types,
            agentGroups: groups, shrinkage: 0.1, experiment: ExperimentSettings(replications: runs))
        scenario.experiment.varianceReduction = method
        scenario.experiment.seed = seed
        return scenario
    }

    @Test("taking controls off changes no figure of a center with everything in it, within intervals")
    func unbiased() throws {
        let with = try Experiment(Self.whole(.auto, runs: 160, seed: 3), threads: 2).run()
        let without = try Experiment(Self.whole(.none, runs: 160, seed: 1_000_003), threads: 2).run()
        var compared = 0
        func agree(_ a: RatioSample, _ b: RatioSample, _ name: String) {
            guard let x = a.estimate(confidence: 0.95), let y = b.estimate(confidence: 0.95) else {
                #expect(a.value == nil && b.value == nil, "\(name)")
                return
            }
            compared += 1
            let both = (x.halfWidth * x.halfWidth + y.halfWidth * y.halfWidth).squareRoot()
            // Two standard errors each; of sixty figures none should differ by four.
            #expect(abs(x.value - y.value) <= 2 * both + 1e-12, "\(name): \(x.value) and \(y.value)")
        }
        for t in with.types.indices {
            let id = with.scenario.contactTypes[t].id
            agree(with.types[t].serviceLevel, without.types[t].serviceLevel, id)
            for metric in Metric.catalogue where metric.subject.holds(t, in: with.scenario) {
                agree(with.types[t].tally(metric), without.types[t].tally(metric), "\(id) \(metric.name)")
            }
        }
        for metric in Metric.catalogue {
            agree(with.all.tally(metric), without.all.tally(metric), "all \(metric.name)")
        }
        #expect(compared > 60)
        #expect(with.types[0].serviceLevel.isControlled)
    }
}
