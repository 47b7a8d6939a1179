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

    /// Plays replication `number`, from 0.
    package init(_ scenario: Scenario, replication number: Int) {
        let plan = Blueprint(scenario)
        let diary = Diary(plan, keepsMoments: true)
        var replication = Replication(plan, seed: scenario.experiment.seed)
        replication.diary = diary
        replication.play(number)
        self.scenario = scenario
        self.plan = plan
        names = ContactNames(scenario, plan)
        entries = diary.entries
        moments = diary.moments
        absent = diary.absent
    }

    /// Where a contact stands in `entries`; nil where there is none.
    package func place(type: Int, number: UInt64, attempt: Int) -> Int? {
        entries.firstIndex { $0.type == type && $0.number == number && $0.attempt == attempt }
    }
}
