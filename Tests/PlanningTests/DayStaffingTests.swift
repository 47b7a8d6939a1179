import Queueing
import Simulator
import Testing

@testable import Center
@testable import Experiments
@testable import Planning
@testable import Probability
@testable import Tabular

@Suite("Days that meet their target")
struct DayStaffingTests {
    /// Two hours of a morning, the second twice as busy; nobody is planned unless `agents` are given.
    static func scenario(agents: Double? = nil, dayToDay: Double = 0) -> Scenario {
        let portions = [
            ArrivalTimeSpan(TimeSpan(0, 3600), contacts: 20), ArrivalTimeSpan(TimeSpan(3600, 7200), contacts: 40),
        ]
        let type = ContactType(
            id: "calls", open: [TimeSpan(0, 7200)], arrivals: portions, dayToDay: dayToDay,
            talk: .lognormal(Lognormal(mean: 200, spread: 0.8)), wrapUp: .exponential(Exponential(mean: 100)),
            patience: .exponential(Exponential(mean: 180)), target: ServiceTarget(share: 0.8, within: 30))
        let groups = agents.map {
            [
                AgentGroup(
                    id: "agents", skills: [Skill(0)],
                    staffing: .curve([StaffingTimeSpan(TimeSpan(0, 7200), agents: $0)]))
            ]
        }
        return Scenario(
            id: "morning", name: "Morning", horizon: .plain(step: 1800, count: 4), contactTypes: [type],
            agentGroups: groups ?? [])
    }

    @Test("the staffing found has the chance asked for, confirmed on fresh days, and follows the volume")
    func fewest() throws {
        let days = Requirements(Self.scenario()).days(chance: 0.9)
        let day = try #require(days.first)
        #expect(days.count == 1 && day.periods == [0, 1, 2, 3])
        let staffing = try #require(day.fewest.staffing)
        #expect(try #require(day.fewest.confirmed).chance.value >= 0.9)
        #expect(staffing[3] > staffing[0])
        #expect(day.contacts.reduce(0, +) == 60)
        #expect(day.planned == nil && day.plannedChance == nil)
    }

    @Test("volume that strays and people who stay away take more; the same whatever the order of work")
    func uncertainty() throws {
        func hours(_ strays: Double, absence: Double) throws -> Double {
            let scenario = Self.scenario(dayToDay: strays)
            let day = try #require(Requirements(scenario).days(chance: 0.9, absence: absence).first)
            return day.paidTime(try #require(day.fewest.staffing), in: scenario.horizon)
        }
        let plain = try hours(0, absence: 0)
        #expect(try hours(0.3, absence: 0) > plain)
        #expect(try hours(0, absence: 0.2) > plain)
        #expect(try hours(0, absence: 0) == plain)
    }

    @Test("what is planned has its chance beside it, and more people a larger one")
    func planned() throws {
        func chance(_ agents: Double) throws -> Double {
            let day = try #require(Requirements(Self.scenario(agents: agents)).days(chance: 0.9).first)
            #expect(day.planned == [Int](repeating: Int(agents), count: 4))
            return try #require(day.plannedChance).value
        }
        let few = try chance(3)
        let many = try chance(7)
        #expect(few < many)
        #expect(many > 0.95)
    }

    @Test("the chance as planned is the one that a simulation has, where people present are 3 or 4 from day to day")
    func sameAsSimulated() throws {
        var scenario = Self.scenario(agents: 4)
        scenario.absences = Absences(evenedOut: 0.1)
        let day = try #require(Requirements(scenario).days(chance: 0.9).first)
        let planned = try #require(day.plannedChance)
        scenario.experiment = ExperimentSettings(replications: 4000, seed: 77)
        let simulated = try #require(Experiment(scenario).run().types[0].chance(confidence: 0.95))
        #expect(abs(planned.value - simulated.value) < planned.halfWidth + simulated.halfWidth)
        // Of one type, everything that is promised is what is promised to it.
        #expect(day.plannedTogether == planned)
    }
}
