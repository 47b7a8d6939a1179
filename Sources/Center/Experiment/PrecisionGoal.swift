import Tabular

/// A half-width that a figure's interval must reach before a run to precision stops.
public struct PrecisionGoal: Sendable, Hashable {
    /// What can be watched, by its name in `summary.csv`.
    public enum Figure: String, Sendable, CaseIterable {
        /// The share answered in time, by the target's own rule; a fraction.
        case serviceLevel = "service_level"
        /// Hang-ups ÷ offered, a fraction.
        case abandonment
        /// Mean wait of the answered, seconds.
        case asa
        /// Mean handling time of the answered, seconds.
        case aht
        /// The wait that half of the answered stay within, seconds.
        case wait50 = "wait_p50"
        /// The wait that 80 % of the answered stay within, seconds.
        case wait80 = "wait_p80"
        /// The wait that 95 % of the answered stay within, seconds.
        case wait95 = "wait_p95"
        /// The share of replications in which the target is met, a fraction.
        case chanceMet = "chance_met"
        /// Contacts that reached us, redials included, a replication.
        case offered
        /// Contacts answered, a replication.
        case answered
        /// Busy ÷ present time of agent groups, a fraction.
        case occupancy

        /// What its values and half-widths are counted in; fractions are `percent`.
        public var unit: FigureUnit {
            switch self {
            case .serviceLevel, .abandonment, .chanceMet, .occupancy: .percent
            case .asa, .aht, .wait50, .wait80, .wait95: .seconds
            case .offered, .answered: .contacts
            }
        }

        /// Whether there is nothing to watch without a service target.
        public var needsTarget: Bool { self == .serviceLevel || self == .chanceMet }

        /// Whether it is made of counts, which are known by period.
        public var isCountedByPeriod: Bool {
            switch self {
            case .serviceLevel, .abandonment, .asa, .aht, .offered, .answered: true
            case .wait50, .wait80, .wait95, .chanceMet, .occupancy: false
            }
        }

        /// The share of the answered whom a wait percentile is about.
        public var share: Double? {
            switch self {
            case .wait50: 0.5
            case .wait80: 0.8
            case .wait95: 0.95
            default: nil
            }
        }
    }

    /// Whose figure it is.
    public enum Scope: Sendable, Hashable {
        /// Every contact type that has the figure; every agent group, for occupancy.
        case each
        /// All contacts together.
        case all
        /// Some contact types, whole or in one language, or some agent groups for occupancy.
        case some([Chosen])
    }

    /// A contact type or an agent group by index; of a type, those of its callers alone who speak a language.
    public struct Chosen: Sendable, Hashable, ExpressibleByIntegerLiteral {
        /// Index into the scenario's contact types, or into its agent groups for occupancy.
        public var index: Int
        /// One language of a contact type; nil is all its callers.
        public var language: String?

        /// The whole of a type or group unless a language is told.
        public init(_ index: Int, language: String? = nil) {
            self.index = index
            self.language = language
        }

        /// The whole of a contact type or agent group.
        public init(integerLiteral index: Int) { self.init(index) }
    }

    /// How narrow the interval must be: half of its width.
    public enum HalfWidth: Sendable, Hashable {
        /// A fraction (1 point is 0.01), seconds or contacts, > 0.
        case absolute(Double)
        /// A fraction of the value, > 0.
        case relative(Double)
    }

    /// Hours of the day, seconds since midnight, 0…<86400; the end lies after the start, at most a day after it.
    public struct Window: Sendable, Hashable {
        /// The beginning, inclusive.
        public var from: Double
        /// The end, exclusive; beyond 86400 where the hours run past midnight.
        public var to: Double

        /// Both in seconds since midnight.
        public init(from: Double, to: Double) {
            self.from = from
            self.to = to
        }

        /// `10:00-12:00`.
        public var text: String {
            "\(Units.formatClock(from))-\(Units.formatClock(to > 86400 ? to - 86400 : to))"
        }
    }

    /// What is watched.
    public var figure: Figure
    /// Whose figure it is.
    public var scope: Scope
    /// How narrow its interval must be.
    public var halfWidth: HalfWidth
    /// Set where only contacts that come in some hours count.
    public var window: Window?

    /// The figure of every contact type that has it, at any hour, unless told otherwise.
    public init(_ figure: Figure, of scope: Scope = .each, at window: Window? = nil, within halfWidth: HalfWidth) {
        self.figure = figure
        self.scope = scope
        self.halfWidth = halfWidth
        self.window = window
    }

    /// The half-width to be reached around a value, in the figure's base unit.
    ///
    /// A relative goal γ is measured against the estimate, which errs itself: γ/(1 + γ) of it keeps the true relative
    /// error within γ (Law 2015, 9.4.1).
    package func goal(around value: Double) -> Double {
        switch halfWidth {
        case .absolute(let width): width
        case .relative(let share): share / (1 + share) * abs(value)
        }
    }
}

extension PrecisionGoal.Window {
    /// The periods that lie in the hours, on every day.
    package func periods(of horizon: Horizon) -> [Int] {
        horizon.periods.indices.filter { p in
            let start = horizon.periods[p].clockStart
            return (from <= start && start < to) || (from <= start + 86400 && start + 86400 < to)
        }
    }

    /// Whether it begins and ends where periods do.
    package func isAligned(with horizon: Horizon) -> Bool {
        horizon.periods.contains { $0.clockStart == from }
            && horizon.periods.contains { $0.clockEnd == (to > 86400 ? to - 86400 : to) }
    }
}
