/// What became of each contact, for whoever wants to follow a replication contact by contact.
///
/// The loop writes only when a diary is kept. Entries come in the order in which the loop learns of things: one who hung
/// up is written down when somebody looks at the queue, with the time at which it happened.
final class Diary {
    struct Entry: Hashable {
        enum Outcome: Int {
            case answered, hungUp, turnedAway
        }

        var time: Double
        var outcome: Outcome
        var type: Int
        /// The caller's number within the type, and 0 for the first call, then 1 for each redial.
        var number: UInt64
        var attempt: Int
        /// Who answered, −1 when nobody did; and when the handling ends.
        var agent = -1
        var until = 0.0
    }

    private(set) var entries: [Entry] = []

    func write(_ entry: Entry) { entries.append(entry) }
}
