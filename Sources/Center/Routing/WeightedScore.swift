import Tabular

/// The contact with the most points goes first; of equal points, the longest wait.
///
/// points = wait × minutes waited + priority × (9 − priority) + rank × (9 − rank), and `late` more once the acceptable
/// wait of the type's target is over. With `late` 0 this is the accumulating priority of Kleinrock (1964).
struct WeightedScore: ContactPolicy {
    static let keyword = "weighted_score"
    static let summary = "The most points first, for minutes waited, priority, rank and being late."
    static let settings = [
        Setting("wait", .number, in: 0...1e6, standard: "1", "Points for each minute waited.", example: "1"),
        Setting(
            "priority", .number, in: 0...1e6, standard: "2", "Points for each step of priority above the last, 9.",
            example: "2"),
        Setting(
            "rank", .number, in: 0...1e6, standard: "1", "Points for each step of the agent's rank above the last, 9.",
            example: "1"),
        Setting(
            "late", .number, in: 0...1e6, standard: "3", "Points once the target's wait is over.", example: "3"),
    ]

    var wait = 1.0
    var priority = 2.0
    var rank = 1.0
    var late = 3.0

    init() {}

    init(_ values: [String: Double]) {
        wait = values["wait"] ?? wait
        priority = values["priority"] ?? priority
        rank = values["rank"] ?? rank
        late = values["late"] ?? late
    }

    func level(priority: Int, rank: Int) -> (Int, Int) { (0, 0) }
    var order: ContactOrder { .points }
    func points(_ contact: WaitingContact) -> Double {
        wait * (contact.wait / 60) + priority * Double(9 - contact.priority) + rank * Double(9 - contact.rank)
            + (contact.isLate ? late : 0)
    }
}

extension PickContact {
    /// Points: for each minute waited, for each step of priority and of rank, and once late.
    public static func weightedScore(
        wait: Double = 1, priority: Double = 2, rank: Double = 1, late: Double = 3
    ) -> PickContact {
        PickContact(WeightedScore(["wait": wait, "priority": priority, "rank": rank, "late": late]))
    }
}
