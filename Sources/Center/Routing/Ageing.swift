import Tabular

/// Priority that falls by one with each whole step waited, without end; of one priority, the longest wait goes first.
///
/// So nobody waits for ever behind those who are more urgent: after k steps a contact goes before new ones that are k
/// places more urgent.
struct Ageing: ContactPolicy {
    static let keyword = "ageing"
    static let summary = "The most urgent priority first, and priorities fall by one with each step waited."
    static let settings = [
        Setting(
            "step", .duration, in: 1...604_800, standard: "2m", "How long one step of priority takes.", example: "2m")
    ]

    /// Seconds.
    var step = 120.0

    init() {}

    init(_ values: [String: Double]) { step = values["step"] ?? step }

    func level(priority: Int, rank: Int) -> (Int, Int) { (0, 0) }
    var order: ContactOrder { .points }
    func points(_ contact: WaitingContact) -> Double {
        (contact.wait / step).rounded(.down) - Double(contact.priority)
    }
}

extension PickContact {
    /// `step` in seconds.
    public static func ageing(step: Double = 120) -> PickContact { PickContact(Ageing(["step": step])) }
}
