import Center
import Probability
import Queueing

/// A promise to callers, to all of a contact type or to those of them who speak a language, and what became of it.
public struct Promise: Sendable {
    /// What is promised.
    public enum Kind: Sendable {
        /// So many are answered in time.
        case serviceLevel
        /// So many hang up at most.
        case hangUps
    }

    /// Whether it is about waits or about hang-ups.
    public let kind: Kind
    /// The least share in time, or the largest that may hang up, a fraction.
    public let promised: Double
    /// The share that was simulated, a fraction.
    public let found: Estimate
    /// By the value, whatever its interval: what `--fail-if-missed` goes by.
    public let isMet: Bool
    /// Whether it was one run, which has no interval and is judged by its value.
    private let isOfOneRun: Bool

    init(_ target: ServiceTarget, _ found: Estimate, isOfOneRun: Bool = false) {
        self.isOfOneRun = isOfOneRun
        kind = .serviceLevel
        promised = target.share
        self.found = found
        isMet = target.isReached(by: found.value)
    }

    init(hangUpsAtMost limit: Double, _ found: Estimate, isOfOneRun: Bool = false) {
        self.isOfOneRun = isOfOneRun
        kind = .hangUps
        promised = limit
        self.found = found
        isMet = PromisedShare(limit).isNotExceeded(by: found.value, of: 1.0)
    }

    /// What can be said of a promise.
    public enum Verdict: String, Sendable {
        /// Kept, and the interval lies on the right side as a whole.
        case met
        /// Not kept, and the interval lies on the wrong side as a whole.
        case missed
        /// The interval holds what was promised: more runs would tell.
        case close = "too close to call"
    }

    /// By the interval, where there is one: a single run has none, and is judged by its value.
    public var verdict: Verdict {
        let hasInterval = found.low.isFinite && found.high.isFinite
        if !hasInterval, !isOfOneRun { return .close }
        let (low, high) = hasInterval ? (found.low, found.high) : (found.value, found.value)
        let share = PromisedShare(promised)
        let (isSafe, isLost) =
            kind == .serviceLevel
            ? (share.isReached(by: low, of: 1.0), !share.isReached(by: high, of: 1.0))
            : (share.isNotExceeded(by: high, of: 1.0), !share.isNotExceeded(by: low, of: 1.0))
        return isSafe ? .met : isLost ? .missed : .close
    }

    /// How far the value is on the wrong side, a fraction; negative on the right one.
    public var gap: Double { kind == .serviceLevel ? promised - found.value : found.value - promised }
}

extension Results {
    /// What is promised to all callers of a type and could be judged: service level first. A language's own promise is
    /// no promise to all.
    public func promises(type t: Int) -> [Promise] {
        let type = scenario.contactTypes[t]
        return promises(type, language: nil, types[t]).filter {
            $0.kind == .serviceLevel ? type.languageTargets.isEmpty : type.languageLimits.isEmpty
        }
    }

    /// What is promised to the callers of a class: of a type, or of a type in one language.
    public func promises(class c: Int) -> [Promise] {
        promises(scenario.contactTypes[classes[c].type], language: classes[c].language, byClass[c])
    }

    private func promises(_ type: ContactType, language: String?, _ figures: Scope) -> [Promise] {
        var promises: [Promise] = []
        if let target = type.target(in: language),
            let found = figures.serviceLevel.estimate(confidence: confidence)
        {
            promises.append(Promise(target, found, isOfOneRun: replications == 1))
        }
        if let limit = type.maxAbandonment(in: language),
            let found = figures.tally(.abandonment).estimate(confidence: confidence)
        {
            promises.append(Promise(hangUpsAtMost: limit, found, isOfOneRun: replications == 1))
        }
        return promises
    }

    /// The classes of a type with more than one language; else none.
    public func languageClasses(type t: Int) -> [Int] {
        let own = classes.indices.filter { classes[$0].type == t }
        return own.count > 1 ? own : []
    }

    /// Whether a promise is missed by its value: to all callers of a type, or to those of one language.
    public var missesTargets: Bool {
        scenario.contactTypes.indices.contains { t in
            (promises(type: t) + languageClasses(type: t).flatMap { promises(class: $0) }).contains { !$0.isMet }
        }
    }
}

extension Promise.Verdict {
    /// Of several promises: missed where one is, close where one is, else met; nil of none.
    public static func all(_ promises: [Promise]) -> Self? {
        let verdicts = promises.map(\.verdict)
        if verdicts.isEmpty { return nil }
        return verdicts.contains(.missed) ? .missed : verdicts.contains(.close) ? .close : .met
    }
}
