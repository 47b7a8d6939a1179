import Foundation
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Queueing
@testable import Simulator
@testable import Tabular

/// Days that begin in the middle of things, by hand: everything is taken up 500 seconds into an hour.
@Suite("Days taken up, by hand")
struct RunningDays {
    private func rest(
        _ types: [ContactType], _ groups: [AgentGroup], waiting: [[Double]] = [],
        inService: [RunningDay.InService] = [],
        present: [Int?] = [], forecasts: [RunningDay.Forecast?] = []
    ) throws -> Results {
        let waits = waiting.isEmpty ? [[Double]](repeating: [], count: types.count) : waiting
        let day = RunningDay(
            at: 500, until: 3600, waiting: waits, inService: inService, present: present, forecasts: forecasts)
        return try Experiment(SmallDay(types, groups).scenario.rest(of: day), threads: 1).run()
    }

    private func inService(_ group: Int = 0, _ type: Int = 0, _ elapsed: Double...) -> [RunningDay.InService] {
        elapsed.map { RunningDay.InService(group: group, contactType: type, elapsed: $0) }
    }

    @Test("Contacts in hand go on with what is left, those who waited are answered with all of their wait")
    func carriedIn() throws {
        // In hand until 540 and 580. W1, waiting for 30 s, is taken at 540 after 70; W2 (10 s) at 580 after 90. At 600 one
        // comes and is taken at 640, when W1 is through; at 700 one finds somebody free since 680.
        let results = try rest(
            [SmallDay.type(at: [100, 600, 700], talk: 100, patience: 200)], [SmallDay.agents(count: 2)],
            waiting: [[10, 30]], inService: inService(0, 0, 60, 20))
        let c = results.counts()
        #expect(c.offered == 4 && c.answered == 4 && c.abandoned == 0)
        #expect(c.waitOfAnswered == 70 + 90 + 40 && c.answeredInTime == 1)
        // Of the waits only what passes from 500 on: 40 + 80 + 40.
        #expect(c.queueSeconds == 160)
        #expect(c.talk == 400)
        #expect(results.groups[0].busy == 40 + 80 + 400 && results.groups[0].present == 2 * 3100)
        #expect(results.scenario.horizon.periods.map { $0.end - $0.start } == [400, 900, 900, 900])
    }

    @Test("Calls that we make keep to the clock's hours, not to hours from the start on")
    func hoursOfCalling() throws {
        var list = SmallDay.type("list", at: [600, 1300], talk: 100)
        list.channel = .outbound
        // From 500 on: not before 900, and the last of them not any more.
        list.callable = [TimeSpan(0, 400), TimeSpan(900, 1200)]
        let day = try rest([list], [SmallDay.agents(count: 1)], waiting: [[30]])
        #expect(day.counts().offered == 3 && day.counts().answered == 2 && day.counts().backlog == 1)
        // Waiting for 30 s at 500, taken at 900; the second at 1000.
        #expect(day.counts().waitOfAnswered == 430 + 400)
        list.callable = [TimeSpan(450, 3600)]
        #expect(try rest([list], [SmallDay.agents(count: 1)], waiting: [[30]]).counts().waitOfAnswered == 30)
    }

    @Test("Whoever has waited for 30 s has the patience of those who wait longer than that")
    func patience() throws {
        // Patience 50: W1 hangs up at 520 after 50. W2, until 540, is answered at 540: agents go first.
        let results = try rest(
            [SmallDay.type(at: [], talk: 100, patience: 50)], [SmallDay.agents(count: 2)],
            waiting: [[30, 10]], inService: inService(0, 0, 60, 20))
        let c = results.counts()
        #expect(c.offered == 2 && c.answered == 1 && c.abandoned == 1)
        #expect(c.waitOfAbandoned == 50 && c.waitOfAnswered == 50)
        #expect(c.queueSeconds == 20 + 40)
        // Patience that should have ended ends at once.
        let late = try rest(
            [SmallDay.type(at: [], talk: 100, patience: 50)], [SmallDay.agents(count: 1)], waiting: [[80]],
            inService: inService(0, 0, 60))
        #expect(late.counts().abandoned == 1 && late.counts().waitOfAbandoned == 80 && late.counts().queueSeconds == 0)
    }

    @Test("A handling longer than any is over at once")
    func overdue() throws {
        let results = try rest(
            [SmallDay.type(at: [], talk: 100)], [SmallDay.agents(count: 1)], waiting: [[5]],
            inService: inService(0, 0, 150))
        #expect(results.counts().waitOfAnswered == 5 && results.groups[0].busy == 100)
    }

    @Test("Who is missing now stays away, who is there beyond the plan stays; under a curve and on shifts")
    func present() throws {
        let types = [SmallDay.type(at: [], talk: 100)]
        let curve = AgentGroup(
            id: "agents", skills: [Skill(0)],
            staffing: .curve([
                StaffingTimeSpan(TimeSpan(0, 1000), agents: 3), StaffingTimeSpan(TimeSpan(1000, 3600), agents: 5),
            ]))
        let shifts = AgentGroup(
            id: "agents", skills: [Skill(0)],
            staffing: .shifts([
                ShiftBlock(shift: "early", day: 0, timeSpan: TimeSpan(0, 3000), people: 3),
                ShiftBlock(shift: "late", day: 0, timeSpan: TimeSpan(1000, 3600), people: 2),
            ]))
        func seconds(_ group: AgentGroup, _ here: Int?) throws -> Double {
            try rest(types, [group], present: [here]).groups[0].present
        }
        #expect(try seconds(curve, nil) == 3 * 500 + 5 * 2600)
        #expect(try seconds(curve, 2) == 2 * 500 + 4 * 2600)
        #expect(try seconds(curve, 4) == 4 * 500 + 6 * 2600)
        #expect(try seconds(shifts, nil) == 3 * 2500 + 2 * 2600)
        #expect(try seconds(shifts, 2) == 2 * 2500 + 2 * 2600)
        #expect(try seconds(shifts, 4) == 4 * 2500 + 2 * 2600)
    }

    @Test("People known to be here are here whatever the shrinkage")
    func presentDespiteShrinkage() throws {
        var scenario = SmallDay(
            [SmallDay.type(at: [], talk: 100)],
            [
                AgentGroup(
                    id: "agents", skills: [Skill(0)],
                    staffing: .shifts([ShiftBlock(shift: "day", day: 0, timeSpan: TimeSpan(0, 3600), people: 10)])),
                SmallDay.agents("curve", count: 10),
            ], shrinkage: 0.3
        ).scenario
        scenario.experiment.replications = 20
        let day = RunningDay(at: 500, until: 3600, waiting: [[]], present: [8, 8])
        let results = try Experiment(scenario.rest(of: day), threads: 1).run()
        for group in results.groups { #expect(abs(group.present - 20 * 8 * 3100) < 1e-6) }
    }

    @Test("Whoever's shift is over finishes the contact in hand and goes")
    func afterTheShift() throws {
        let results = try rest(
            [SmallDay.type(at: [], talk: 100)],
            [
                AgentGroup(
                    id: "agents", skills: [Skill(0)],
                    staffing: .shifts([ShiftBlock(shift: "early", day: 0, timeSpan: TimeSpan(0, 400), people: 1)]))
            ], waiting: [[5]], inService: inService(0, 0, 60))
        #expect(results.groups[0].busy == 40 && results.groups[0].present == 40)
        #expect(results.counts().answered == 0 && results.counts().backlog == 1)
    }

    @Test("Breaks fall where they were planned")
    func breaks() throws {
        // Shift 0-3600 with a break of 600 s in its middle, 1500-2100; the contact at 1600 waits until then.
        let block = ShiftBlock(shift: "day", day: 0, timeSpan: TimeSpan(0, 3600), people: 1, breaks: [600])
        let results = try rest(
            [SmallDay.type(at: [1600], talk: 100)],
            [AgentGroup(id: "agents", skills: [Skill(0)], staffing: .shifts([block]))])
        #expect(results.counts().waitOfAnswered == 500 && results.groups[0].present == 2500)
    }

    @Test("A list's clock knows the opening hours that were before")
    func openClock() throws {
        var mail = SmallDay.type("mail", at: [], talk: 60, within: 150)
        mail.channel = Channel("email", kind: .deferred)
        mail.open = [TimeSpan(0, 200), TimeSpan(1000, 2000)]
        mail.target?.clock = .openHours
        let results = try rest([mail], [SmallDay.agents(count: 1, from: 1040)], waiting: [[400]])
        // Since 100: open 100-200 and 1000-1040.
        #expect(results.counts().waitOfAnswered == 140 && results.counts().answeredInTime == 1)
        #expect(results.counts().queueSeconds == 540)
    }

    @Test("Several in hand go on together, at their pace")
    func several() throws {
        var chat = SmallDay.type(at: [], talk: 100)
        chat.channel = Channel("chat", atOnce: 2, slowdown: 0.5)
        // In hand for 30 and 60 s at the pace of two: 80 and 60 are left. The second ends after 90, the first 20 later.
        let results = try rest([chat], [SmallDay.agents(count: 1)], inService: inService(0, 0, 30, 60))
        #expect(abs(results.groups[0].busy - 110) < 1e-9)
        #expect(results.counts().offered == 0 && results.counts().talk == 0)
    }

    @Test("A contact in hand is handed on when its talk ends, and its agent's after-contact work follows")
    func followOns() throws {
        var first = SmallDay.type("first", at: [], talk: 100, wrapUp: 50)
        first.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        let results = try rest(
            [first, SmallDay.type("second", at: [], talk: 30)],
            [SmallDay.agents(count: 1), SmallDay.agents("others", count: 1, from: 560, skills: [Skill(1)])],
            inService: inService(0, 0, 60))
        // Handed on at 540, answered at 560.
        #expect(results.counts(1).transfersIn == 1 && results.counts(1).waitOfAnswered == 20)
        #expect(results.groups.map(\.busy) == [90, 30])
    }

    @Test("Whoever has waited long has escalated, and has declined the offer that was made before")
    func escalated() throws {
        var calls = SmallDay.type(at: [], talk: 100)
        calls.escalations = [Escalation(after: 60, groups: [1])]
        let results = try rest(
            [calls], [SmallDay.agents(count: 0), SmallDay.agents("more", count: 2, skills: [])], waiting: [[40, 70]])
        // One is taken at once, after 70; the other when it has waited for 60.
        #expect(results.counts().waitOfAnswered == 70 + 60)
    }

    @Test("What has come so far says how much is still to come, as Bayes would; what is told is taken as it is")
    func forecast() throws {
        let (mean, spread) = RunningDay.factor(seen: 210, planned: 190, spread: 0.1)
        #expect(mean == 310.0 / 290 && abs(spread - 1 / 310.0.squareRoot()) < 1e-15)
        #expect(RunningDay.factor(seen: 500, planned: 190, spread: 0) == (1, 0))
        var type = SmallDay.type(at: [], talk: 100)
        type.arrivals = [
            ArrivalTimeSpan(TimeSpan(0, 1000), contacts: 40), ArrivalTimeSpan(TimeSpan(1000, 3600), contacts: 52),
        ]
        type.volumes = .expected
        type.dayToDay = 0.1
        let scenario = SmallDay([type], [SmallDay.agents(count: 1)]).scenario
        func portions(_ forecast: RunningDay.Forecast?) -> (contacts: [Double], spread: Double) {
            let day = RunningDay(at: 500, until: 3600, waiting: [[]], forecasts: [forecast])
            let rest = scenario.rest(of: day)
            return (rest.contactTypes[0].arrivals.map(\.contacts), rest.contactTypes[0].dayToDay)
        }
        // 20 were planned until 500.
        #expect(portions(nil) == ([20, 52], 0.1))
        #expect(portions(.told(1.5)) == ([30, 78], 0))
        let known = portions(.soFar(30))
        let factor: Double = 130.0 / 120
        #expect(abs(known.contacts[0] - 20 * factor) < 1e-12 && abs(known.contacts[1] - 52 * factor) < 1e-12)
        #expect(abs(known.spread - 1 / 130.0.squareRoot()) < 1e-15)
    }

    @Test("From ten in service and six waiting on, the queue is as the Markov chain says, contacts' ages told or not")
    func transient() throws {
        let (arrival, talk, patience, length) = (1 / 15.0, 180.0, 120.0, 900.0)
        let chain = IntervalChain(
            agents: 10, room: 80, surplus: 0, arrival: arrival, service: 1 / talk, leaving: 1 / patience)
        var p = [Double](repeating: 0, count: chain.count)
        p[16] = 1
        var integral = [Double](repeating: 0, count: chain.count)
        #expect(chain.advance(&p, by: length, integral: &integral) != nil)
        var queue = 0.0
        var busy = 0.0
        for i in integral.indices {
            queue += integral[i] * Double(max(0, i - 10))
            busy += integral[i] * Double(min(i, 10))
        }
        var type = SmallDay.type(at: [], talk: talk)
        type.talk = .exponential(Exponential(mean: talk))
        type.patience = .exponential(Exponential(mean: patience))
        type.arrivals = [ArrivalTimeSpan(TimeSpan(0, 3600), contacts: arrival * 3600)]
        type.volumes = .expected
        var scenario = SmallDay([type], [SmallDay.agents(count: 10)]).scenario
        scenario.experiment.replications = 500
        let elapsed: [Double?] = [nil, 20, nil, 100, nil, 300, nil, 600, nil, 50]
        let day = RunningDay(
            at: 500, until: 500 + length, waiting: [[5, 10, 20, 30, 60, 90]],
            inService: elapsed.map { RunningDay.InService(group: 0, contactType: 0, elapsed: $0) })
        var runs: [(queue: Double, busy: Double)] = []
        _ = try Experiment(scenario.rest(of: day), threads: 1).run(onRun: { _, run in
            runs.append((run.types[0].queueSeconds, run.groups[0].busy))
        })
        // The 99.9 % interval, which must be narrow enough to tell.
        for (values, exact, narrow) in [(runs.map(\.queue), queue, 0.12), (runs.map(\.busy), busy, 0.012)] {
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let half = 3.31 * (squares / (count - 1) / count).squareRoot()
            #expect(half < narrow * exact && abs(mean - exact) < half, "\(mean) ±\(half), exact \(exact)")
        }
    }
}
