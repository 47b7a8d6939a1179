import TestSupport
import Testing

@testable import Center
@testable import Probability
@testable import Queueing
@testable import Simulator
@testable import Tabular

/// The controls that come from a center with agents for everybody: their parts by hand, their means by the thousand.
struct ControlsTests {
    @Test("Late: with one person on five-minute contacts, one ahead leaves within a minute with chance 1 − e^(−1/5)")
    func late() {
        var table = LateTable(most: 2, load: 4, handlingTime: 300, acceptableWait: 60)
        #expect(table.late(1, 0) == 0)
        #expect(abs(table.late(1, 1) - 0.818730753077982) < 1e-14)
        // e^(−0.2) (1 + 0.2) with one more waiting ahead.
        #expect(abs(table.late(1, 2) - 0.982476903693578) < 1e-14)
        #expect(table.late(0, 0) == 1)
    }

    @Test("Means over a Poisson number are the sums that they stand for")
    func means() {
        var table = LateTable(most: 12, load: 40, handlingTime: 200, acceptableWait: 30)
        var dice = Dice(seed: 3)
        for _ in 0..<60 {
            let load = dice.logUniform(0.01, 38)
            let n = Int(dice.uniform(0, 13))
            var p = PortableMath.exp(-load)
            var late = 0.0
            for k in 0..<200 {
                late += p * table.late(n, k)
                p *= load / Double(k + 1)
            }
            #expect(abs(table.mean(n, load: load) - late) < 2e-6, "late for \(n) people at \(load)")
        }
    }

    @Test("The mean of the shorter of a duration and a time is the integral of its tail")
    func meanUpTo() {
        let shapes: [Distribution] = [
            .fixed(Fixed(100)), .exponential(Exponential(mean: 100)), .lognormal(Lognormal(mean: 100, spread: 0.8)),
            .gamma(Gamma(mean: 100, spread: 0.6)), .weibull(Weibull(mean: 100, spread: 1.4)),
            .empirical(Empirical([50, 80, 170])),
        ]
        for shape in shapes {
            for x in [0.0, 3, 60, 100, 250, 4000] {
                let n = 20_000
                // The midpoint rule over ranks.
                let sum = (0..<n).reduce(0) { $0 + min(x, shape.quantile((Double($1) + 0.5) / Double(n))) }
                #expect(abs(shape.meanUpTo(x) - sum / Double(n)) < 0.03, "\(shape.keyword) up to \(x)")
            }
            #expect(abs(shape.meanUpTo(1e7) - shape.mean) < 1e-6 * shape.mean)
        }
    }

    /// Two types, one of them in two languages; a shared group; days that differ; absences; redials.
    static func twoDays(_ method: VarianceReduction = .auto, replications: Int, seed: UInt64) -> Scenario {
        let hours = [TimeSpan(8 * 3600, 11 * 3600), TimeSpan(32 * 3600, 35 * 3600)]
        var horizon = Horizon.plain(step: 3600, count: 48)
        horizon.days = [0, 1].map { day in
            var copy = horizon.days[0]
            copy.start = Double(day) * 86_400
            copy.end = copy.start + 86_400
            return copy
        }
        let portions = hours.flatMap { timeSpan in
            [
                ArrivalTimeSpan(TimeSpan(timeSpan.start, timeSpan.start + 3600), contacts: 30),
                ArrivalTimeSpan(TimeSpan(timeSpan.start + 3600, timeSpan.end), contacts: 36, handlingFactor: 1.2),
            ]
        }
        let sales = ContactType(
            id: "sales", languages: [LanguageShare("en", 0.7), LanguageShare("es", 0.3)], open: hours,
            arrivals: portions, dayToDay: 0.2, talk: .lognormal(Lognormal(mean: 240, spread: 0.8)),
            wrapUp: .exponential(Exponential(mean: 60)), patience: .exponential(Exponential(mean: 200)),
            redial: Redial(share: 0.4, delay: .exponential(Exponential(mean: 600))),
            target: ServiceTarget(share: 0.8, within: 30))
        let support = ContactType(
            id: "support", open: hours, arrivals: hours.map { ArrivalTimeSpan($0, contacts: 40) },
            talk: .gamma(Gamma(mean: 400, spread: 0.7)), patience: .exponential(Exponential(mean: 400)),
            target: ServiceTarget(share: 0.7, within: 60))
        let blocks = [0, 1].map { day in
            ShiftBlock(
                shift: "day", day: day,
                timeSpan: TimeSpan(Double(day) * 86_400 + 28_000, Double(day) * 86_400 + 41_000),
                people: 4, lunch: nil, breaks: [900])
        }
        var settings = ExperimentSettings(replications: replications, seed: seed)
        settings.varianceReduction = method
        return Scenario(
            id: "two", name: "Two days", horizon: horizon, contactTypes: [sales, support],
            agentGroups: [
                AgentGroup(
                    id: "english", languages: ["en"], skills: [Skill(0)],
                    staffing: .curve(hours.map { StaffingTimeSpan($0, agents: 3.4) })),
                AgentGroup(
                    id: "both", languages: ["en", "es"], skills: [Skill(0, rank: 2), Skill(1)],
                    staffing: .shifts(blocks)),
            ], shrinkage: 0.15, experiment: settings)
    }

    @Test("Every control has mean 0: within four standard errors over 150 replications")
    func centered() throws {
        let scenario = Self.twoDays(replications: 1, seed: 1)
        let plan = Blueprint(scenario, reducing: VarianceReduction([.controlVariates]))
        let controls = try #require(plan.controls)
        #expect(controls.bottlenecks.count == 3)
        var replication = Replication(plan, seed: 11)
        var sums = [Double](repeating: 0, count: 6)
        var squares = sums
        let n = 150
        for number in 0..<n {
            replication.play(number)
            for k in 0..<6 {
                sums[k] += replication.seen.controls[k]
                squares[k] += replication.seen.controls[k] * replication.seen.controls[k]
            }
        }
        for k in 0..<6 {
            let mean = sums[k] / Double(n)
            let error = ((squares[k] / Double(n) - mean * mean) / Double(n)).squareRoot()
            #expect(abs(mean) <= 4 * error, "control \(k % 2) of class \(k / 2): \(mean) ± \(error)")
            #expect(error > 0, "control \(k % 2) of class \(k / 2) never moves")
        }
    }

    @Test("Contacts in hand at a cell's beginning are those who came before it and stay beyond it")
    func inHand() throws {
        // One type, 24 contacts an hour of seven and a half fixed minutes, one person, cells of 150 s.
        let timeSpan = TimeSpan(0, 3600)
        let scenario = Scenario(
            id: "one", name: "One", horizon: .plain(step: 3600, count: 1),
            contactTypes: [
                ContactType(
                    id: "calls", open: [timeSpan], arrivals: [ArrivalTimeSpan(timeSpan, contacts: 24)],
                    talk: .fixed(Fixed(450)))
            ],
            agentGroups: [
                AgentGroup(
                    id: "agents", skills: [Skill(0)], staffing: .curve([StaffingTimeSpan(timeSpan, agents: 1)]))
            ])
        let plan = Blueprint(scenario, reducing: VarianceReduction([.controlVariates]))
        let controls = try #require(plan.controls)
        #expect(controls.step == 150)
        // One arrives in a cell on average; each stays for three cells' beginnings.
        #expect(abs(controls.types[0].arrivals[3] - 1) < 1e-12)
        #expect(controls.types[0].today[0] == 0)
        #expect(abs(controls.types[0].today[1] - 1) < 1e-12)
        #expect(abs(controls.types[0].today[5] - 3) < 1e-12)
        let memory = Memory()
        let path = LoadPath(controls, dayCount: 1, in: memory)
        path.begin()
        // In cells 0, 0 and 1; at the beginnings of cells 1 to 4 two, three, three and one are in hand.
        path.add(class: 0, at: 10, lasting: 450)
        path.add(class: 0, at: 140, lasting: 450)
        path.add(class: 0, at: 200, lasting: 450)
        let values = Dense<Double>(repeating: 0, count: 2, in: memory)
        let factors = Dense<Double>(repeating: 1, count: 1, in: memory)
        let draws = Dense<Double>(repeating: 0.5, count: 1, in: memory)
        path.finish(factors, draws, into: values)
        // Without a target nobody may wait: late is to find one there; in hand are Poisson 0, 1, 2, 3, 3, …
        let expected = (0..<24).reduce(0.0) { $0 + 1 - PortableMath.exp(-min(Double($1), 3)) }
        // The third finds two; nobody else finds anybody at the beginning of their cell.
        #expect(abs(values[0] - (1 - expected)) < 1e-4)
        #expect(values[1] == 0)
    }

    @Test("Following the arrivals changes nothing in a replication")
    func leavesAlone() {
        let scenario = Self.twoDays(replications: 1, seed: 1)
        let plain = Blueprint(scenario)
        let followed = Blueprint(scenario, reducing: VarianceReduction([.controlVariates]))
        #expect(followed.controls != nil)
        var a = Replication(plain, seed: 3)
        var b = Replication(followed, seed: 3)
        for number in 0..<5 {
            a.play(number)
            b.play(number)
            for i in 0..<a.seen.contacts.count { #expect(a.seen.contacts[i] == b.seen.contacts[i]) }
        }
    }

    @Test("Volumes that are counts have no controls")
    func counted() {
        var scenario = Self.twoDays(replications: 1, seed: 1)
        scenario.contactTypes[0].volumes = .actual
        #expect(Blueprint(scenario, reducing: VarianceReduction([.controlVariates])).controls == nil)
    }
}
