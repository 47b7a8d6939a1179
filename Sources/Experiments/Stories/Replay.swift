import Center
import Simulator

/// One replication played again, with everything that happened to contacts and agents.
///
/// The same scenario, seed and number are the same bits, so what a run saw can be told in full without having been kept.
package struct Replay: Sendable {
    package let scenario: Scenario
    package let names: ContactNames
    /// In the order in which they were offered.
    package let entries: [Diary.Entry]
    let moments: [Diary.Moment]
    let absent: Set<Int>
    let plan: Blueprint
    private let places: [Diary.Identity: Int]

    /// Plays replication `number`, from 0.
    package init(_ scenario: Scenario, replication number: Int) {
        let plan = Blueprint(scenario)
        let diary = Diary(plan, keepsMoments: true)
        Player(plan, seed: scenario.experiment.seed).play(number, into: diary)
        self.scenario = scenario
        self.plan = plan
        names = ContactNames(scenario, plan)
        entries = diary.entries
        places = Dictionary(
            diary.entries.enumerated().map { (place, entry) in (entry.identity, place) },
            uniquingKeysWith: { first, _ in first })
        // Who hung up after having been answered is written down when somebody looks.
        moments = diary.moments.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        absent = diary.absent
    }

    /// Where a contact stands in `entries`, by the type of the caller's first contact and its path from there; nil where
    /// there is none.
    package func place(type: Int, path: UInt64 = 0, number: UInt64, attempt: Int) -> Int? {
        place(Diary.Identity(origin: type, path: path, number: number, attempt: attempt))
    }

    func place(_ identity: Diary.Identity) -> Int? { places[identity] }

    /// The contact that an agent is taken by at a time, in `entries`; nil where there is none.
    package func taken(by agent: Int, at time: Double) -> Int? {
        moments.lazy.filter { $0.time == time }.compactMap { moment in
            switch moment.kind {
            case .answered(let place): entries[place].handling?.agent == agent ? place : nil
            case .begun(let identity, agent), .inVain(let identity, agent, _): place(identity)
            default: nil
            }
        }.first
    }

    /// Whether people with the most in hand take the next of a contact's channel.
    package func loadsFully(_ entry: Diary.Entry) -> Bool {
        plan.types[entry.type].given.channel.loading == .mostLoaded
    }

    /// The contacts of one caller by the same path, one after another.
    func attempts(origin: Int, path: UInt64, number: UInt64) -> [Diary.Entry] {
        entries.filter { $0.origin == origin && $0.path == path && $0.number == number }
    }
}
