import Center
import Queueing

/// A figure about contacts: a ratio of means, with its name, unit and formula.
///
/// To add one, write it here and list it in `catalogue`: `summary.csv`, `explain` and the tests go by that list. The other
/// tables name the metrics of their columns themselves.
public struct Metric: Sendable {
    /// What values are counted in.
    public typealias Unit = FigureUnit

    /// Whose contacts a metric is about.
    public enum Subject: Sendable, CaseIterable {
        /// All contacts of every type.
        case everything
        /// Reported for every type. Together, only live contacts count where there are any: an average over calls and
        /// deferred work says nothing.
        case everythingApart
        /// Somebody is on the line.
        case live
        /// Live contacts for which language matters.
        case spoken
        /// Deferred work; not reported for a long run, which has no end with a meaning.
        case deferred
        /// Deferred work, reported for a long run too.
        case deferredAtAnyTime
        /// Types whose callers come again to the same type where the matter was not resolved, if nobody else's callers
        /// come again to it.
        case comingAgain
        /// Types that hand contacts on; together, all live types count.
        case handingOn
        /// Types whose callers are promised a call.
        case promised
        /// Live contacts, where whoever goes home hands back what is in hand.
        case handedBack
        /// Types whose people all have a wage.
        case paid

        /// Whether the metric is reported for a type; `MetricTypes` answers for many.
        public func holds(_ t: Int, in scenario: Scenario) -> Bool { MetricTypes(scenario).holds(self, t) }
    }

    /// The name in `summary.csv`, such as `asa`.
    public let name: String
    /// What its values are counted in; a percentage is kept as a fraction.
    public let unit: Unit
    /// In the field's words, for documentation.
    public let formula: String
    /// Whether it needs an acceptable wait, that is, a target.
    public let needsTarget: Bool
    /// Whose contacts it is about.
    public let subject: Subject
    /// Whether it is a mean over runs, and no ratio of what was counted.
    let isPerRun: Bool
    let numerator: @Sendable (Counts) -> Double
    let denominator: @Sendable (Counts) -> Double

    /// The service level by one of the counting rules, named after it.
    public init(serviceLevel rule: ServiceLevelRule) {
        self.init(
            name: "service_level_\(rule.rawValue)", unit: .percent, formula: rule.formulaText, needsTarget: true,
            numerator: { rule.numerator($0) }, denominator: { rule.denominator($0) })
    }

    /// The service level by the target's own rule; nil where several rules meet.
    public init(serviceLevelOf rule: ServiceLevelRule?) {
        self.init(
            name: "service_level", unit: .percent, formula: rule?.formulaText ?? "each type by its target's rule",
            needsTarget: true, numerator: { (rule ?? .ofAllOffered).numerator($0) },
            denominator: { (rule ?? .ofAllOffered).denominator($0) })
    }

    private init(
        name: String, unit: Unit, formula: String, needsTarget: Bool = false, subject: Subject = .everything,
        isPerRun: Bool = false, numerator: @escaping @Sendable (Counts) -> Double,
        denominator: @escaping @Sendable (Counts) -> Double
    ) {
        self.name = name
        self.unit = unit
        self.formula = formula
        self.needsTarget = needsTarget
        self.subject = subject
        self.isPerRun = isPerRun
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Of an agent group; its tally is kept beside those of contacts.
    public static let occupancy = Metric(
        name: "occupancy", unit: .percent, formula: "handling / (handling + available)",
        numerator: { _ in 0 }, denominator: { _ in 0 })

    /// The share of live contacts that hang up while they wait.
    public static let abandonment = Metric(
        name: "abandonment", unit: .percent, formula: "abandoned / offered", subject: .live, numerator: \.abandoned,
        denominator: \.offered)
    /// The average speed of answer: mean wait of the answered, seconds.
    public static let asa = Metric(
        name: "asa", unit: .seconds, formula: "seconds waited by the answered / answered", subject: .everythingApart,
        numerator: \.waitOfAnswered, denominator: \.answered)
    /// The average handling time, seconds, by answered contact.
    public static let handlingTime = Metric(
        name: "aht", unit: .seconds, formula: "(talk + hold + after-contact work) / answered",
        numerator: \.handling, denominator: \.answered)
    /// Contacts that reached us, the mean over replications.
    public static let offered = Metric(
        name: "offered", unit: .contacts, formula: "contacts that reached us, redials included, a run",
        isPerRun: true, numerator: \.offered,
        denominator: { _ in 1 })
    /// Contacts answered, the mean over replications.
    public static let answered = Metric(
        name: "answered", unit: .contacts, formula: "contacts answered, a run",
        isPerRun: true, numerator: \.answered,
        denominator: { _ in 1 })
    /// The share of callers answered, of those who count in the service level, by language.
    public static let answeredShare = Metric(
        name: "answered_share", unit: .percent, formula: "answered / (offered - left out of the service level)",
        subject: .spoken, numerator: { $0.answered + $0.keptInstead }, denominator: { $0.offered - $0.leftOut })
    /// The share of answered contacts after which nobody comes again for the same matter within the run.
    public static let firstContactResolution = Metric(
        name: "first_contact_resolution", unit: .percent,
        formula: "1 - contacts that came again unresolved within the run / answered", subject: .comingAgain,
        numerator: { $0.answered - $0.repeats }, denominator: \.answered)
    /// The share of answered contacts that are handed on to another type.
    public static let transferRate = Metric(
        name: "transfer_rate", unit: .percent, formula: "handed on to another type / answered", subject: .handingOn,
        numerator: \.transfersOut, denominator: \.answered)
    /// The share of promised calls that reached somebody in time.
    public static let promiseKept = Metric(
        name: "promise_kept", unit: .percent,
        formula: "called back and reached in time / (callbacks promised - those not yet due when the run ended)",
        subject: .promised, numerator: \.callbacksKept,
        denominator: \.promisesDue)
    /// Deferred contacts that wait when a run ends, the mean over replications.
    public static let backlog = Metric(
        name: "backlog_end", unit: .contacts, formula: "work that still lies in the list when a run ends",
        subject: .deferred, isPerRun: true, numerator: \.backlog, denominator: { _ in 1 })
    /// The share of deferred contacts that are late.
    public static let overdueShare = Metric(
        name: "overdue_share", unit: .percent,
        formula: "begun too late, or waiting too long when the run ended / (offered - not yet due)",
        needsTarget: true, subject: .deferredAtAnyTime, numerator: \.overdue,
        denominator: { $0.offered - $0.undecided })
    /// The wait of the oldest deferred contact when a run ends, seconds, the mean over replications.
    public static let oldest = Metric(
        name: "oldest", unit: .seconds,
        formula: "how long the oldest in the list has waited when a run ends, 0 where nothing is left",
        subject: .deferred, isPerRun: true, numerator: \.oldest, denominator: { _ in 1 })
    /// From being offered to being done, seconds on the clock of the target, the mean over answered deferred contacts.
    public static let turnaround = Metric(
        name: "turnaround", unit: .seconds,
        formula: "(seconds waited by the clock of the target + handling) / answered", subject: .deferredAtAnyTime,
        numerator: { $0.waitOfAnswered + $0.handling }, denominator: \.answered)
    /// The share of answered contacts that were handed back and then lost.
    public static let lostAfterAnswer = Metric(
        name: "lost_after_answer", unit: .percent,
        formula: "answered, handed back when the agent went home, and gone before anybody went on / answered",
        subject: .handedBack, numerator: \.lost, denominator: \.answered)
    /// Wages of the paid time ÷ answered contacts, in the scenario's currency.
    public static let costPerContact = Metric(
        name: "cost_per_contact", unit: .money,
        formula: "wages of paid time, shared out by handling seconds among the types that share people / answered",
        subject: .paid, numerator: \.cost, denominator: \.answered)

    /// The metrics of contacts in `summary.csv`, besides the service level by the target's own rule; of the counting
    /// rules, the four that need no limit of short hang-ups.
    public static let catalogue: [Metric] =
        [
            Metric(serviceLevel: .ofAllOffered), Metric(serviceLevel: .withoutShortAbandons),
            Metric(serviceLevel: .abandonsCountAsMet), Metric(serviceLevel: .ofAnswered),
        ] + [
            asa, abandonment, handlingTime, offered, answered, answeredShare, firstContactResolution, transferRate,
            promiseKept, backlog, overdueShare, oldest, turnaround, lostAfterAnswer, costPerContact,
        ]
}

extension ServiceLevelRule {
    package func numerator(_ counts: Counts) -> Double { counts.serviceLevel(self).met }

    package func denominator(_ counts: Counts) -> Double { counts.serviceLevel(self).base }

    var formulaText: String {
        switch self {
        case .ofAllOffered: "answered in time / offered"
        case .withoutShortAbandons: "answered in time / (offered - hung up in time)"
        case .abandonsCountAsMet: "(answered in time + hung up in time) / offered"
        case .ofAnswered: "answered in time / answered"
        case .shortHangupsCountAsMet: "(answered in time + short hang-ups) / offered"
        case .shortHangupsIgnored: "answered in time / (offered - short hang-ups)"
        }
    }
}
