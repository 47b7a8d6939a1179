import Center
import Probability
import Queueing
import Tabular

extension ScenarioReader {
    /// Rounds that never end are refused; transfers that lead back are worth a look.
    func checkLoops(_ scenario: Scenario) {
        let types = scenario.contactTypes
        func words(_ round: ContactLoops.Round) -> String { round.types.map { types[$0].id }.joined(separator: " -> ") }
        func place(_ round: ContactLoops.Round) -> Problem.Place {
            let draft = contactTypes[min(round.types[0], contactTypes.count - 1)]
            let setting = round.types.count == 2 && draft.again != nil ? "repeat" : "transfers"
            return (draft.nodes[setting] ?? draft.nodes["transfers"] ?? draft.nodes["callback"] ?? draft.key).place
        }
        let worst = [false, true].map { ContactLoops(types, withChasers: true, withCallbacks: $0).rounds }
        let endless = worst.map { $0.filter(\.isEndless) }.first { !$0.isEmpty } ?? []
        for round in endless {
            let growth = Units.formatNumber((round.growth * 1000).rounded() / 1000)
            log.error(
                ProblemCode.endless,
                "contacts go round for ever: \(words(round)), where each brings about \(growth) more", at: place(round),
                expected: "transfers and repeats that bring about less than 1 contact for each",
                hint: "lower a share of the round")
        }
        guard endless.isEmpty else { return }
        for round in ContactLoops(types, causes: [.transfer]).rounds {
            let share = Units.formatShare((round.share * 1e6).rounded() / 1e6)
            log.warn(
                ProblemCode.loop, "contacts can be handed round: \(words(round)) (\(share) of them)", at: place(round),
                hint: "see that somebody on the way can settle them")
        }
    }
}
