import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// What comes of contacts from before the moment at which a day is taken up.
@Suite("What the hours before bring")
struct HoursBeforeDays {
    private func again(_ share: Double, after seconds: Double, as type: Int = 0) -> FollowOn {
        FollowOn(.again, share: share, contactType: type, delay: .fixed(Fixed(seconds)))
    }

    private func rest(
        _ scenario: Scenario, at: Double = 500, waiting: [[Double]] = [], inService: [RunningDay.InService] = [],
        forecasts: [RunningDay.Forecast?] = []
    ) -> Scenario {
        let waits = waiting.isEmpty ? [[Double]](repeating: [], count: scenario.contactTypes.count) : waiting
        return scenario.rest(
            of: RunningDay(
                at: at, until: scenario.horizon.length, waiting: waits, inService: inService, forecasts: forecasts))
    }

    private func played(
        _ types: [ContactType], _ groups: [AgentGroup], waiting: [[Double]] = [],
        inService: [RunningDay.InService] = []
    ) throws -> Results {
        try Experiment(rest(SmallDay(types, groups).scenario, waiting: waiting, inService: inService), threads: 1).run()
    }

    // MARK: By hand, from 500 on

    @Test("Contacts of before come again, and again")
    func comeAgain() throws {
        var calls = SmallDay.type(at: [100, 200, 550], talk: 100)
        calls.followOns = [again(1, after: 600)]
        let day = SmallDay([calls], [SmallDay.agents(count: 3)])
        // 100: 800, 1500, 2200, 2900. 200: 900, 1600, 2300, 3000. 550: 1250, 1950, 2650, 3350.
        let all = try day.played().counts()
        #expect(all.offered == 15 && all.repeats == 12)
        let c = try Experiment(rest(day.scenario), threads: 1).run().counts()
        #expect(c.offered == 13 && c.answered == 13 && c.repeats == 12 && c.talk == 1300)
    }

    @Test("Who is in hand at the moment is told, and comes again once")
    func inHand() throws {
        var calls = SmallDay.type(at: [450], talk: 100, wrapUp: 60)
        calls.followOns = [again(1, after: 2000)]
        let agents = [SmallDay.agents(count: 3)]
        #expect(try played([calls], agents).counts().offered == 0)
        let told = RunningDay.InService(group: 0, contactType: 0, elapsed: 50)
        #expect(try played([calls], agents, inService: [told]).counts().offered == 1)
        // Handed on when the talk ends: by whoever is told to talk alone.
        calls.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        let both = [calls, SmallDay.type("second", at: [], talk: 30)]
        let two = [SmallDay.agents(count: 3, skills: [Skill(0), Skill(1)])]
        #expect(try played(both, two).counts(1).offered == 0)
        #expect(try played(both, two, inService: [told]).counts(1).offered == 1)
    }

    @Test("Who hung up before calls again, and no more often than anybody would")
    func redials() throws {
        // At 150 everybody is busy: hung up at 180, and again at 580; busy until 700, hung up at 610.
        let calls = SmallDay.type(
            at: [100, 150], talk: 300, patience: 30, redial: Redial(share: 1, delay: .fixed(Fixed(400)), atMost: 1))
        let busy = RunningDay.InService(group: 0, contactType: 0, elapsed: 100)
        let agents = [SmallDay.agents(count: 1)]
        let c = try played([calls], agents, inService: [busy]).counts()
        #expect(c.offered == 1 && c.redials == 1 && c.abandoned == 1)
        let free = try played([calls], agents).counts()
        #expect(free.offered == 1 && free.redials == 1 && free.answered == 1)
    }

    @Test("Work that is left to be done for later falls to us when it would have")
    func followUps() throws {
        var calls = SmallDay.type(at: [100], talk: 100)
        calls.followOns = [FollowOn(.followUp, share: 1, contactType: 1, delay: .fixed(Fixed(600)))]
        var desk = SmallDay.type("desk", at: [], talk: 50)
        desk.channel = .desk
        desk.origin = .init(.followUp, of: 0)
        let agents = [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        let c = try played([calls, desk], agents).counts(1)
        #expect(c.offered == 1 && c.answered == 1 && c.waitOfAnswered == 0)
        // What lies there already is told, and is something else.
        let both = try played([calls, desk], agents, waiting: [[], [40]]).counts(1)
        #expect(both.offered == 2 && both.waitOfAnswered == 40)
    }

    @Test("Calls promised over night are made when we open, unless those that are to be made are told")
    func promised() throws {
        var calls = SmallDay.type(at: [100], talk: 100)
        calls.open = [TimeSpan(0, 50), TimeSpan(1000, 3600)]
        calls.whenClosed = .callbackNextOpen(contactType: 1)
        var back = SmallDay.type("back", at: [], talk: 50)
        back.channel = .callback
        back.origin = .init(.callback, of: 0)
        let agents = [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        let results = try played([calls, back], agents)
        #expect(results.counts(1).offered == 1 && results.counts(1).answered == 1)
        // Neither promised nor kept in these figures.
        #expect(results.counts().callbacksRequested == 0 && results.counts().callbacksKept == 0)
        #expect(try played([calls, back], agents, waiting: [[], [400]]).counts(1).offered == 1)
    }

    @Test("Who was not reached is tried again, and counts from the moment on; unless the list is told")
    func tries() throws {
        var list = SmallDay.type("list", at: [100], talk: 100)
        list.channel = .outbound
        list.tries = Tries(attempts: 2, noAnswer: 1 - 1e-12, retryAfter: 600, ringing: 30)
        let agents = [SmallDay.agents(count: 1)]
        let c = try played([list], agents).counts()
        #expect(c.offered == 1 && c.turnedAway == 1 && c.talk == 30)
        let told = try played([list], agents, waiting: [[5]]).counts()
        #expect(told.offered == 1 && told.turnedAway == 1 && told.talk == 60)
    }

    @Test("Who waits in a list is asked after when it has waited for so long, if that was not before")
    func chasers() throws {
        var desk = SmallDay.type("desk", at: [], talk: 50)
        desk.channel = .desk
        desk.chase = Chase(share: 1, after: 200, contactType: 1)
        var calls = SmallDay.type("calls", at: [], talk: 10)
        calls.origin = .init(.chaser, of: 0)
        func asked(_ calls: ContactType, _ waits: [Double]) throws -> Double {
            try played(
                [desk, calls],
                [SmallDay.agents(count: 1, from: 3000), SmallDay.agents("calls", count: 1, skills: [Skill(1)])],
                waiting: [waits, []]
            ).counts(1).offered
        }
        #expect(try asked(calls, [30, 10]) == 2)
        #expect(try asked(calls, [30, 300]) == 1)
        // At 400 nobody could be asked: in the next opening hours.
        calls.open = [TimeSpan(0, 350), TimeSpan(1000, 2000)]
        #expect(try asked(calls, [30, 300]) == 2)
        #expect(try asked(calls, [360]) == 0)
    }

    @Test("Who comes again is brought to whoever it was before")
    func acquainted() throws {
        var calls = SmallDay.type(at: [100], talk: 100)
        calls.followOns = [again(1, after: 600)]
        // The first of the groups is busy at 100, and free ever after.
        var day = SmallDay(
            [calls, SmallDay.type("other", at: [50], talk: 100)],
            [
                SmallDay.agents("first", count: 1, skills: [Skill(0, rank: 1), Skill(1)]),
                SmallDay.agents("second", count: 1, skills: [Skill(0, rank: 2)]),
            ])
        day.scenario.routing.isSticky = true
        day.scenario.routing.pickAgent = .rank
        let results = try Experiment(rest(day.scenario), threads: 1).run()
        #expect(results.groups.map(\.busy) == [0, 400])
    }

    @Test("The days before bring theirs")
    func daysBefore() throws {
        // 300 comes again at 4000, before the moment, 1000 at 4700.
        var calls = SmallDay.type(at: [300, 1000], talk: 100, open: TimeSpan(0, 7200))
        calls.followOns = [again(1, after: 3600)]
        var scenario = SmallDay([calls], [SmallDay.agents(count: 1, to: 7200)]).scenario
        scenario.horizon = SmallDay.twoDays(of: 3600)
        let c = try Experiment(rest(scenario, at: 4100), threads: 1).run().counts()
        #expect(c.offered == 1 && c.repeats == 1)
    }

    @Test("Where nothing comes later nothing is played before")
    func nothing() {
        var calls = SmallDay.type(at: [100], talk: 100)
        calls.followOns = [again(0, after: 600), FollowOn(.transfer, share: 0.5, contactType: 0)]
        let scenario = SmallDay([calls], [SmallDay.agents(count: 1)]).scenario
        #expect(rest(scenario).runningDay?.before == nil)
        calls.followOns = [again(0.1, after: 600)]
        let more = SmallDay([calls], [SmallDay.agents(count: 1)]).scenario
        #expect(rest(more).runningDay?.before != nil && rest(more, at: 0).runningDay?.before == nil)
    }

    // MARK: By theory

    /// An hour with a contact every 40 seconds, 60 s each, of which 40 % come again 1,200 s after their end; nobody waits.
    ///
    /// The k-th time a contact of second u comes at u + 1260 k.
    private func hour(dayToDay: Double = 0) -> Scenario {
        var calls = SmallDay.type(at: [], talk: 60)
        calls.arrivals = [ArrivalTimeSpan(TimeSpan(0, 3600), contacts: 90)]
        calls.volumes = .expected
        calls.dayToDay = dayToDay
        calls.followOns = [again(0.4, after: 1200)]
        var scenario = SmallDay([calls], [SmallDay.agents(count: 12)]).scenario
        scenario.experiment.replications = 150
        scenario.experiment.seed = 11
        return scenario
    }

    /// Mean repeats of the half hour from 1800 on, and the half-width of its 99.9 % interval.
    private func repeats(of scenario: Scenario) throws -> (mean: Double, half: Double) {
        var values: [Double] = []
        _ = try Experiment(scenario, threads: 1).run(onRun: { _, run in
            values.append(run.types[0].repeats)
        })
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, 3.34 * (squares / (n - 1) / n).squareRoot())
    }

    @Test(
        "From the middle of an hour on as many come again as by the law: but for those in hand then, who are told",
        arguments: [
            (RunningDay.Forecast?.none, 1.0, 1.0), (.soFar(90), 2.0, 1.0),
            (.told(1.5), 1.5, 1.5),
        ])
    func law(forecast: RunningDay.Forecast?, before: Double, after: Double) throws {
        let seen = try repeats(of: rest(hour(), at: 1800, forecasts: [forecast]))
        // For the first time: of 540 to 1740, and of 1800 to 2340; for the second: of 0 to 1080 without the 60 seconds of
        // those whose first repeat is in hand at 1800.
        let exact = 0.025 * (0.4 * (1200 * before + 540 * after) + 0.4 * 0.4 * 1020 * before)
        #expect(seen.half < 0.07 * exact && abs(seen.mean - exact) < seen.half, "\(seen), exact \(exact)")
    }

    @Test("The whole hour and the rest of it agree")
    func wholeAndRest() throws {
        var first = hour()
        first.horizon = .plain(step: 1800, count: 1)
        first.contactTypes[0].arrivals = [ArrivalTimeSpan(TimeSpan(0, 1800), contacts: 45)]
        let second = try repeats(of: hour()).mean - repeats(of: first).mean
        let seen = try repeats(of: rest(hour(), at: 1800))
        // Without those who come of contacts in hand at 1800.
        let inHand = 0.025 * 60 * (0.4 + 0.4 * 0.4)
        // Both means stray.
        #expect(abs(seen.mean - (second - inHand)) < 1.42 * seen.half, "\(seen), \(second) without \(inHand)")
    }

    @Test("A day's factor is one for what was before and what is to come")
    func oneFactor() throws {
        var scenario = hour(dayToDay: 0.4)
        scenario.horizon = SmallDay.twoDays(of: 1800)
        scenario.contactTypes[0].arrivals = [ArrivalTimeSpan(TimeSpan(1800, 3600), contacts: 180)]
        scenario.contactTypes[0].followOns = [again(0.4, after: 640)]
        scenario.agentGroups = [SmallDay.agents(count: 30)]
        scenario.experiment.replications = 60
        // All who come again are from before.
        var pairs: [(first: Double, again: Double)] = []
        _ = try Experiment(rest(scenario, at: 2900), threads: 1).run(onRun: { _, run in
            pairs.append((run.types[0].offered - run.types[0].repeats, run.types[0].repeats))
        })
        let n = Double(pairs.count)
        let x = pairs.map(\.first)
        let y = pairs.map(\.again)
        let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
        let xy = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
        let xx = x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
        let yy = y.reduce(0) { $0 + ($1 - my) * ($1 - my) }
        #expect(xy / (xx * yy).squareRoot() > 0.7)
    }

    @Test("The same is played whatever was played before, on any number of threads")
    func deterministic() throws {
        var scenario = rest(hour(dayToDay: 0.3), at: 1800)
        scenario.experiment.replications = 20
        let one = try Experiment(scenario, threads: 1).run()
        let three = try Experiment(scenario, threads: 3).run()
        #expect(one.counts() == three.counts())
    }
}
