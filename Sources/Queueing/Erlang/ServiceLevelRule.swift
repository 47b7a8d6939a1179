/// How a service level is counted: a answered in time, N answered, O offered, b hung up within the acceptable
/// wait, s hung up within the limit of short hang-ups.
public enum ServiceLevelRule: String, Sendable, CaseIterable, Hashable {
    /// F3: a / O; the strictest, and the usual one.
    case ofAllOffered = "of_all_offered"
    /// F4: a / (O − b).
    case withoutShortAbandons = "without_short_abandons"
    /// F1: (a + b) / O.
    case abandonsCountAsMet = "abandons_count_as_met"
    /// F2: a / N.
    case ofAnswered = "of_answered"
    /// F5: (a + s) / O.
    case shortHangupsCountAsMet = "short_hangups_as_served"
    /// F6: a / (O − s).
    case shortHangupsIgnored = "short_hangups_ignored"

    /// The formula's number in the settings, `F3`.
    public var formula: String {
        switch self {
        case .abandonsCountAsMet: "F1"
        case .ofAnswered: "F2"
        case .ofAllOffered: "F3"
        case .withoutShortAbandons: "F4"
        case .shortHangupsCountAsMet: "F5"
        case .shortHangupsIgnored: "F6"
        }
    }

    /// Whether a limit of short hang-ups is part of the formula.
    public var looksAtShortHangups: Bool { self == .shortHangupsCountAsMet || self == .shortHangupsIgnored }
}

/// Contacts by what became of them, as far as a service level looks at it: whole numbers of a day, or expected ones.
package protocol ServiceLevelCounts {
    associatedtype Count: AdditiveArithmetic

    var offered: Count { get }
    var answered: Count { get }
    /// Within the acceptable wait.
    var answeredInTime: Count { get }
    /// Within the acceptable wait.
    var abandonedInTime: Count { get }
    /// Within the limit of short hang-ups.
    var shortAbandoned: Count { get }
    /// Of the offered, deferred work that waits and is not yet due: neither met nor missed.
    var undecided: Count { get }
    /// Of the offered, those who are left out of the promise to callers on the line: they have another one, or found it
    /// closed.
    var leftOut: Count { get }
    /// Of the offered, those who were not answered on the line, but were called back as promised, where that counts.
    var keptInstead: Count { get }
}

extension ServiceLevelCounts {
    /// Callers on the line are decided when the day is over.
    @inlinable
    package var undecided: Count { .zero }
    @inlinable
    package var leftOut: Count { .zero }
    @inlinable
    package var keptInstead: Count { .zero }

    /// The service level's two counts, of which the first is divided by the second.
    @inlinable
    package func serviceLevel(_ rule: ServiceLevelRule) -> (met: Count, base: Count) {
        let decided = offered - undecided - leftOut
        let met = answeredInTime + keptInstead
        return switch rule {
        case .ofAllOffered: (met, decided)
        case .withoutShortAbandons: (met, decided - abandonedInTime)
        case .abandonsCountAsMet: (met + abandonedInTime, decided)
        case .ofAnswered: (met, answered + keptInstead)
        case .shortHangupsCountAsMet: (met + shortAbandoned, decided)
        case .shortHangupsIgnored: (met, decided - shortAbandoned)
        }
    }
}
