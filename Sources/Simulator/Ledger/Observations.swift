import Queueing

/// What one replication sees, as plain sums in dense arrays: `ReplicationSums` while it is played.
///
/// Contacts are counted in the period in which they were offered; queue, busy and present seconds in the period in
/// which they passed.
struct Observations {
    typealias Contact = ReplicationSums.Contact
    typealias Group = ReplicationSums.Group

    let periodCount: Int
    let classCount: Int
    let groupCount: Int
    let typeCount: Int
    /// `[period][class][Contact]`.
    let contacts: Dense<Double>
    /// `[period][group][Group]`.
    let groups: Dense<Double>
    /// `[period][type]`, contacts.
    let queueMax: Dense<Double>
    /// `[period][type]`, contacts that wait when the period ends; in the last period, when nobody comes any more.
    let queueEnd: Dense<Double>
    /// `[class][LoadControls.Control]`, empty without controls.
    let controls: Dense<Double>

    init(_ plan: Blueprint, in memory: Memory) {
        periodCount = plan.periodStarts.count
        classCount = plan.classes.count
        groupCount = plan.groups.count
        typeCount = plan.types.count
        contacts = Dense(repeating: 0, count: periodCount * classCount * Contact.count, in: memory)
        groups = Dense(repeating: 0, count: periodCount * groupCount * Group.count, in: memory)
        queueMax = Dense(repeating: 0, count: periodCount * typeCount, in: memory)
        queueEnd = Dense(repeating: 0, count: periodCount * typeCount, in: memory)
        controls = Dense(
            repeating: 0, count: plan.controls == nil ? 0 : classCount * LoadControls.Control.count, in: memory)
    }

    func reset() {
        contacts.fill(0)
        groups.fill(0)
        queueMax.fill(0)
        queueEnd.fill(0)
    }

    /// The sums of one period and class: address once, add often.
    struct Row {
        let base: UnsafeMutablePointer<Double>

        @inline(__always)
        func add(_ column: Contact, _ amount: Double) { base[column.rawValue] += amount }
    }

    /// `ledgerRow` is period × classes + class.
    @inline(__always)
    func row(_ ledgerRow: Int) -> Row {
        assert(ledgerRow >= 0 && (ledgerRow + 1) * Contact.count <= contacts.count)
        return Row(base: contacts.base + ledgerRow &* Contact.count)
    }

    /// `group` is period × groups + group.
    @inline(__always)
    func add(_ column: Group, _ amount: Double, group: Int) {
        groups[group &* Group.count &+ column.rawValue] += amount
    }
}
