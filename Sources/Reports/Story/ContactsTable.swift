import Center
import Documents
import Simulator
import Tabular

/// `contacts.csv.gz`: one row a contact.
package enum ContactsTable {
    /// The replication whose contacts are written: its number as it stands in a row, and what its scenario has written out.
    final class Run: Sendable {
        let number: [UInt8]
        let words: ContactWords

        /// `number` from 0.
        init(_ number: Int, _ words: ContactWords) {
            self.number = Array(String(number + 1).utf8)
            self.words = words
        }
    }

    /// The table without rows, for its header.
    package static var header: Table {
        Table("contacts", columns: columns.all.map(\.head), key: ["run", "contact_id"])
    }

    static let columns = ContactColumns([
        .bytes("run", "from 1", kind: .count) { _, run in run.number },
        .text(
            "contact_id",
            "contact type and number within the run; .2 for the same caller's second call; a letter for each step of "
                + "what a contact brings about: /t handed on, a again, f follow-up, c callback, m message"
        ) { entry, run in run.words.names.contact(entry) },
        .text("offered_at", "when it came, to the millisecond", kind: .instant) { entry, run in
            run.words.clock.instant(entry.offeredAt)
        },
        .bytes("contact_type", "the contact type's name in the scenario") { entry, run in run.words.types[entry.type] },
        .bytes("language", "that the agent must speak; blank where language plays no part") { entry, run in
            run.words.languages[entry.contactClass]
        },
        .bytes("priority", "lower is served first", kind: .count) { entry, run in run.words.priorities[entry.type] },
        .count(
            "queued", "1 for a contact that had to wait, 0 for one that was answered, turned away or blocked at once"
        ) {
            entry, _ in entry.queued == nil ? 0 : 1
        },
        .number(
            "wait_s",
            "from being offered to being answered, hanging up, being sent away or the end of the run, by the clock of the "
                + "target; of one whom we call from the promise to the try that reached somebody, or the last in vain"
        ) { entry, run in run.words.waits.wait(entry) },
        .text(
            "outcome",
            "answered, abandoned, turned_away, blocked, callback (promised a call, in the queue or while closed), unreached "
                + "(every try in vain), or waiting when nobody came any more"
        ) { entry, _ in ContactWords.outcome(entry.outcome) },
        .text("answered_at", "when an agent answered, to the millisecond", kind: .instant) { entry, run in
            entry.handling.map { run.words.clock.instant(entry.time + $0.setUp) }
        },
        .number("talk_s", "talk time of this contact, with the ringing of tries in vain") { entry, _ in talk(entry) },
        .number("hold_s", "time on hold of this contact") { entry, _ in entry.handling?.hold },
        .number("acw_s", "after-contact work of this contact") { entry, _ in entry.handling?.wrapUp },
        .text(
            "agent_id", "who answered: group and number, with the weekday where people work shifts on several days"
        ) { entry, run in entry.handling.map { run.words.names.agent($0.agent) } },
        .text(
            "parent_id", "the call before of one who calls again, or the contact that brought this one about"
        ) { entry, run in run.words.names.parent(entry) },
        .text("reason", "why it waited or was lost") { entry, run in run.words.reason(entry) },
        .count("tries", "how often somebody whom we call was called; blank for all others") { entry, run in
            run.words.isCalled[entry.type] ? entry.triesInVain + (entry.outcome == .answered ? 1 : 0) : nil
        },
    ])

    /// Seconds; nil where nobody spoke and nothing rang.
    private static func talk(_ entry: Diary.Entry) -> Double? {
        guard let talk = entry.handling?.talk else { return entry.ringing > 0 ? entry.ringing : nil }
        return entry.ringing > 0 ? talk + entry.ringing : talk
    }
}
