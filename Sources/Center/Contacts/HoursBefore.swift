/// The hours before a running day, played for what they bring about later: contacts that come again, work that is left
/// to be done, callers who call once more, calls that are still to be made.
///
/// They are those of the plan from the horizon's start on. Who waits and who is being served at the moment is given
/// (`RunningDay`), not taken from here.
package final class HoursBefore: Sendable {
    /// Its last period begins at the moment and is not played.
    package let scenario: Scenario
    /// The moment, seconds since the horizon's start; and its day.
    package let at: Double
    package let today: Int
    /// `[type]`: whether contacts of the type arrive by themselves, before or after.
    package let arrives: [Bool]

    /// Nil where nothing that happens before brings anything about later.
    init?(_ whole: Scenario, until day: RunningDay) {
        guard day.at > 0, whole.contactTypes.contains(where: \.hasLaterContacts) else { return nil }
        at = day.at
        today = whole.horizon.days.lastIndex { $0.start <= day.at } ?? 0
        arrives = whole.contactTypes.map { $0.arrivals.contains { $0.contacts > 0 } }
        var before = whole
        before.horizon.periods = whole.horizon.periods(until: day.at)
        let begin = whole.horizon.days[today].start
        for (t, type) in whole.contactTypes.enumerated() {
            guard let factor = whole.factorSoFar(ofType: t, day) else { continue }
            before.contactTypes[t].dayToDay = 0
            for i in type.arrivals.indices where type.arrivals[i].timeSpan.start >= begin {
                before.contactTypes[t].arrivals[i].contacts *= factor
            }
        }
        before.experiment.varianceReduction = .none
        before.experiment.longRun = nil
        scenario = before
    }
}

extension ContactType {
    /// Whether contacts of the type bring anything about after they are over.
    fileprivate var hasLaterContacts: Bool {
        if let redial,
            redial.share > 0 || redial.shareWhenBlocked ?? 0 > 0 || redial.laterShares.contains(where: { $0 > 0 })
        {
            return true
        }
        if let callback, callback.noAnswer > 0, callback.attempts > 1 { return true }
        if case .callbackNextOpen = whenClosed { return true }
        return chase != nil || tries != nil
            || followOns.contains { followOn in
                switch followOn.cause {
                case .again, .reply: followOn.share > 0
                case .followUp: followOn.share > 0 && followOn.delay != nil
                case .transfer, .callback, .message, .consult, .chaser, .documentation: false
                }
            }
    }
}

extension Scenario {
    /// What is known of a type's contacts so far on the running day, as a factor on the plan: the number that has come,
    /// or else the factor that is given for the rest of the day; nil where nothing is known.
    fileprivate func factorSoFar(ofType t: Int, _ day: RunningDay) -> Double? {
        switch day.forecast(of: t, contactTypes) {
        case nil: return nil
        case (.told(let told), _)?: return told
        case (.soFar(let seen), let counted)?:
            let planned = plannedToday(contactTypes[counted], until: day.at)
            return planned > 0 ? Double(seen) / planned : 1
        }
    }
}
