import Queueing
import Tabular

/// A contact center as everything else sees it: the one description that calculators, simulator and planner read.
///
/// Times are seconds since the start of the horizon (real seconds: a day of a clock change has 23 or 25 hours),
/// shares are fractions 0…1, money is in `currency`. Files, units and the calendar end where this value begins.
public struct Scenario: Sendable {
    /// The file's or folder's short name, used for result folders.
    public var id: String
    /// The name that people read.
    public var name: String
    /// In which wages and costs are told, such as `USD`; nothing is converted.
    public var currency: String
    /// The days and periods that are played.
    public var horizon: Horizon
    /// Every kind of contact; others name them by their place here.
    public var contactTypes: [ContactType]
    /// Everybody who serves contacts; others name them by their place here.
    public var agentGroups: [AgentGroup]
    /// How the time falls when people are not available for contacts.
    public var absences: Absences
    /// How contacts and agents find each other.
    public var routing: Routing
    /// What holds for the whole center.
    public var rules: Rules
    /// How often to play it, and when to stop.
    public var experiment: ExperimentSettings
    /// How things stand at the beginning; nil is the empty center.
    public internal(set) var runningDay: RunningDay?

    /// `shrinkage` evens out over days; other absences are set afterwards.
    public init(
        id: String, name: String, currency: String = "USD", horizon: Horizon, contactTypes: [ContactType],
        agentGroups: [AgentGroup], shrinkage: Double = 0, routing: Routing = Routing(), rules: Rules = Rules(),
        experiment: ExperimentSettings = ExperimentSettings()
    ) {
        self.id = id
        self.name = name
        self.currency = currency
        self.horizon = horizon
        self.contactTypes = contactTypes
        self.agentGroups = agentGroups
        absences = Absences(evenedOut: shrinkage)
        self.routing = routing
        self.rules = rules
        self.experiment = experiment
    }

    /// A contact type by its id; nil where there is none. What is set takes its place, or comes last.
    public subscript(type id: String) -> ContactType? {
        get { contactTypes.first { $0.id == id } }
        set { Self.set(newValue, in: &contactTypes) { $0.id == id } }
    }

    /// An agent group by its id; nil where there is none. What is set takes its place, or comes last.
    public subscript(group id: String) -> AgentGroup? {
        get { agentGroups.first { $0.id == id } }
        set { Self.set(newValue, in: &agentGroups) { $0.id == id } }
    }

    /// Nothing is removed by nil: others are told apart by their places.
    private static func set<Part>(_ part: Part?, in parts: inout [Part], _ isIt: (Part) -> Bool) {
        guard let part else { return }
        if let place = parts.firstIndex(where: isIt) { parts[place] = part } else { parts.append(part) }
    }

    /// The share of paid time when people are not available for contacts, 0…<1; what is set evens out.
    public var shrinkage: Double {
        get { absences.share }
        set { absences = Absences(evenedOut: newValue) }
    }
}

/// Which agent for a contact, and which contact for an agent.
public struct Routing: Sendable {
    /// Which of the contacts that wait a free agent takes.
    public var pickContact: PickContact
    /// Which of the free agents takes a contact.
    public var pickAgent: PickAgent
    /// Whether a contact that another one brought about goes to the person who served that one, if idle.
    public var isSticky: Bool

    /// The most urgent contact that has waited longest, and the agent who has been idle longest, unless told otherwise.
    public init(
        pickContact: PickContact = .priorityThenLongestWait, pickAgent: PickAgent = .longestIdle,
        isSticky: Bool = false
    ) {
        self.pickContact = pickContact
        self.pickAgent = pickAgent
        self.isSticky = isSticky
    }
}

/// Rules that hold for the whole center.
public struct Rules: Sendable {
    /// What becomes of contacts that still wait when their opening hours end.
    public enum WaitingAtClose: String, Sendable, CaseIterable {
        /// They are served after closing, while somebody is there.
        case serve
        /// They are sent away at closing.
        case turnAway = "turn_away"
    }

    /// What an agent does whose shift ends, or whose place falls away, during a contact.
    public enum EndOfShift: String, Sendable, CaseIterable {
        /// Finishes the contact in hand and takes no other.
        case finishCurrent = "finish_current"
        /// Goes at once; the contact is gone on with by whoever is free, or returns to the head of its queue with what
        /// is left of it and with fresh patience. It counts as answered once, whether or not it is taken up again.
        /// After-contact work, a call that rings, and a contact with a colleague on the line are finished all the same.
        case handBack = "hand_back"
    }

    /// How those count in a live type's service level who are promised a call instead, or find it closed.
    public enum Instead: String, Sendable, CaseIterable {
        /// Not at all: their promise has a target of its own.
        case leftOut = "left_out"
        /// As answered in time where the promise is kept, else as missed.
        case promisedKept = "promised_kept"
        /// As not answered in time.
        case asMissed = "as_missed"
    }

    /// Who accepts a callback while waiting.
    public var callbacks = Instead.leftOut
    /// Who comes while it is closed: is sent away, leaves a message or is called at the next opening.
    public var closed = Instead.leftOut
    /// What becomes of live contacts that still wait when their hours end.
    public var waitingAtClose: WaitingAtClose
    /// The most contacts that may wait on the line at once, over all live types; one more is blocked. Deferred work takes no
    /// place.
    public var waitingLimit: Int?
    /// What becomes of the contact in hand when a shift ends.
    public var endOfShift: EndOfShift
    /// The busiest that people should be, handling ÷ (handling + available), 0<…1: judged, not enforced.
    public var maxOccupancy: Double?

    /// Those who wait at closing are served, agents finish what they have in hand, and any number may wait, unless told
    /// otherwise.
    public init(
        waitingAtClose: WaitingAtClose = .serve, waitingLimit: Int? = nil, endOfShift: EndOfShift = .finishCurrent,
        maxOccupancy: Double? = nil
    ) {
        self.waitingAtClose = waitingAtClose
        self.waitingLimit = waitingLimit
        self.endOfShift = endOfShift
        self.maxOccupancy = maxOccupancy
    }
}
