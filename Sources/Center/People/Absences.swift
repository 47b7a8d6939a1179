import Probability
import Queueing

/// How people are absent: as leave that evens out, on the day itself, or in the middle of a shift.
///
/// Each share is of the time that the ones before it leave, so what remains is the product.
public struct Absences: Sendable, Hashable {
    /// Whole days of leave and everything that is not said to fall otherwise, 0…<1: a group's head-count on a day is its
    /// mean, rounded up or down.
    public var evenedOut: Double
    /// The chance that a person stays away on a day, drawn for each person alone, 0…<1.
    public var unplanned: Double
    /// The share of time on duty that is lost, about half an hour at a time, 0…<1.
    public var inShift: Double

    /// Fractions; nobody is ever away unless told otherwise.
    public init(evenedOut: Double = 0, unplanned: Double = 0, inShift: Double = 0) {
        self.evenedOut = evenedOut
        self.unplanned = unplanned
        self.inShift = inShift
    }

    /// The share of paid time when people are not available, 0…<1.
    public var share: Double {
        if unplanned == 0, inShift == 0 { return evenedOut }
        let share = 1 - (1 - evenedOut) * (1 - unplanned) * (1 - inShift)
        return (share * 1e12).rounded() / 1e12
    }
}

extension Absences {
    /// How many of `agents` places under a staffing curve are filled on a day: the mean rounded up or down by the day's
    /// draw, less those of them who stay away.
    package func present(_ agents: Double, draw: Double, staysAway: (_ path: UInt64) -> Bool) -> Int {
        present(of: planned(agents, draw: draw), staysAway: staysAway)
    }

    /// Of `agents` places, those that are not empty because of leave on a day.
    package func planned(_ agents: Double, draw: Double) -> Int {
        Int((agents * ((1 - evenedOut) * (1 - inShift)) + draw).rounded(.down))
    }

    package func present(of planned: Int, staysAway: (_ path: UInt64) -> Bool) -> Int {
        guard unplanned > 0 else { return planned }
        return (0..<max(0, planned)).count { !staysAway(UInt64($0) + 1) }
    }

    /// Whether the person of a number is there on a day, where absence evens out (systematic sampling).
    package func isIn(number: Int, draw: Double) -> Bool {
        let presence = 1 - evenedOut
        guard presence < 1 else { return true }
        let before = (Double(number) * presence + draw).rounded(.down)
        return (Double(number + 1) * presence + draw).rounded(.down) > before
    }
}

/// How closely the people of a group keep to their shifts.
public struct Timekeeping: Sendable, Hashable {
    /// Who comes later or goes earlier than planned, and by how much.
    public struct Stray: Sendable, Hashable {
        /// The chance on each shift.
        public var share: Double
        /// Seconds.
        public var by: Distribution

        /// `share` is the chance on each shift, 0…1; `by` is how much, in seconds.
        public init(share: Double, by: Distribution) {
            self.share = share
            self.by = by
        }
    }

    /// Who comes later than planned; nil: nobody does.
    public var late: Stray?
    /// Who goes earlier than planned; nil: nobody does.
    public var leavesEarly: Stray?
    /// The share of a shift in which a person does what is planned, 0<…1.
    public var adherence: Double

    /// Everybody keeps to the shift unless told otherwise.
    public init(late: Stray? = nil, leavesEarly: Stray? = nil, adherence: Double = 1) {
        self.late = late
        self.leavesEarly = leavesEarly
        self.adherence = adherence
    }

    /// Nobody strays.
    public var isExact: Bool { late == nil && leavesEarly == nil && adherence >= 1 }
}
