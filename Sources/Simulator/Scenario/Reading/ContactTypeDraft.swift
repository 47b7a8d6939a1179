import Queueing

/// A contact type as read, before times of day become seconds of the horizon.
struct ContactTypeDraft {
    var id: String
    /// Where it is named.
    var key: Node
    var label: String?
    var channel = "phone"
    /// Whether its channel is simulated; if not, nothing more is asked of it.
    var isSimulated = true
    var hours = WeeklyHours()
    var priority = 5
    var languages: [LanguageShare] = []
    var volumes = Volumes.expected
    var dayToDay = 0.0
    var talk: Distribution?
    var hold: Distribution?
    var wrapUp: Distribution?
    var patience: Distribution?
    var target: TargetDraft?
    var maxAbandonment: Double?
    var redial: Redial?
    var shortAbandon: Double?
    var volume = Volume.none
    var shape = DayShape.flat
    /// Where its arrivals are given.
    var arrivals: Node.Entry?

    struct TargetDraft {
        var share: Double
        var within: Double
        var rule: ServiceLevelRule?
    }

    /// What is told about the number of contacts.
    enum Volume {
        case none
        case table(IntervalTable, gapsAreZero: Bool)
        /// Contacts a day, by weekday.
        case daily([Double?])
        /// Contacts per second while open.
        case rate(Double)
    }
}
