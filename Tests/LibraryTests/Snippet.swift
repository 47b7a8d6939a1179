import Switchboard

/// README's snippet, line for line, with `print` replaced so that the test sees what it prints.
func snippet(print: (String) -> Void) throws {
    // The snippet begins.
    /// Whoever is late goes first, then the most urgent.
    struct LateFirst: ContactPolicy {
        static let keyword = "late_first"
        static let summary = "Whoever is late goes first, then the most urgent; of these, the longest wait."
        func level(priority: Int, rank: Int) -> (Int, Int) { (0, 0) }
        var order: ContactOrder { .points }
        func points(_ contact: WaitingContact) -> Double { (contact.isLate ? 10 : 0) - Double(contact.priority) }
    }

    let file = "scenarios/09-small-team/scenario.yaml"
    var center = try Scenario(contentsOf: file, settings: [("experiment.replications", "10")])
    center.routing.pickContact = PickContact(LateFirst())
    center[type: "billing"]?.talk = .lognormal(Lognormal(mean: 330, spread: 0.8))
    let results = try Experiment(center).run()
    for type in center.contactTypes {
        for language in [nil] + type.languages.map({ Optional($0.code) }) {
            let contacts = results[type: type.id, language: language]
            guard let wait = contacts?.estimate(.asa), let left = contacts?.estimate(.abandonment) else { continue }
            let percent = (left.value * 100).rounded()
            print("\(type.id) \(language ?? "all"): \(Int(wait.low)) to \(Int(wait.high)) s, \(percent)% hang up")
        }
    }
    // The snippet ends.
}
