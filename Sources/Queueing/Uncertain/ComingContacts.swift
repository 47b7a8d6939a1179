import Probability

/// When a played day's contacts come, one after the other: Poisson, or exactly as many as there were.
///
/// The n-th comes where the expected number so far reaches the sum of n unit exponentials, so that another rate moves
/// contacts but keeps their numbers and with these their draws.
struct ComingContacts {
    /// Of the next contact: when it comes, seconds, ∞ behind the last; its number; what its handling is multiplied by.
    private(set) var at = 0.0
    private(set) var number: UInt64 = 0
    private(set) var handlingFactor = 1.0

    private let timeSpans: [UncertainDay.Arrivals]
    private let factor: Double
    private let isCounted: Bool
    private let address: RandomAddress
    /// The stretch we are in, and the expected number before it; where they are counted, up to its end.
    private var timeSpan = 0
    private var before = 0.0
    private var goal = 0.0
    /// Where they are counted: how many are still to come in the time span, and when the latest came.
    private var left = -1
    private var latest = 0.0
    private var drawn: UInt64 = 0
    private var gaps = (0.0, 0.0, 0.0, 0.0)

    init(_ timeSpans: [UncertainDay.Arrivals], factor: Double, isCounted: Bool, _ address: RandomAddress) {
        self.timeSpans = timeSpans
        self.factor = factor
        self.isCounted = isCounted
        self.address = address
        advance()
    }

    /// On to the next contact.
    @inline(__always)
    mutating func advance() {
        if drawn & 3 == 0 { gaps = address.uniforms(subject: 0, .arrival, index: drawn >> 2) }
        let u =
            switch drawn & 3 {
            case 0: gaps.0
            case 1: gaps.1
            case 2: gaps.2
            default: gaps.3
            }
        number = drawn
        drawn &+= 1
        if isCounted { return count(u) }
        goal -= PortableMath.log(1 - u)
        while timeSpan < timeSpans.count {
            let expected = timeSpans[timeSpan].contacts * factor
            if goal - before < expected {
                at = timeSpans[timeSpan].start + timeSpans[timeSpan].duration * ((goal - before) / expected)
                handlingFactor = timeSpans[timeSpan].handlingFactor
                return
            }
            before += expected
            timeSpan += 1
        }
        at = .infinity
    }

    /// Of k that are still to come in what is left of a time span, each equally likely anywhere, the first comes after a
    /// share 1 − (1 − u)^(1/k) of it.
    private mutating func count(_ u: Double) {
        while timeSpan < timeSpans.count {
            let own = timeSpans[timeSpan]
            if left < 0 {
                // Rounding the running total keeps the day's sum where a time span's count is no whole number.
                let total = before + own.contacts * factor
                left = Int(total.rounded() - before.rounded())
                before = total
                latest = own.start
            }
            if left > 0 {
                let share = 1 - PortableMath.exp(PortableMath.log(1 - u) / Double(left))
                left -= 1
                latest += (own.start + own.duration - latest) * share
                at = latest
                handlingFactor = own.handlingFactor
                return
            }
            left = -1
            timeSpan += 1
        }
        at = .infinity
    }
}

/// Contacts that gave up and will call again, the earliest first.
struct ReturningContacts {
    struct Contact {
        var at: Double
        var number: UInt64
        /// How often it has called before.
        var attempt: Int
        var handlingFactor: Double
        /// The draw behind its patience, from the second call on.
        var patience = 0.0
    }

    /// Latest first; they are few.
    private var contacts: [Contact] = []

    /// ∞ where nobody calls again.
    private(set) var first = Double.infinity

    mutating func removeAll() {
        if first < .infinity { contacts.removeAll(keepingCapacity: true) }
        first = .infinity
    }

    mutating func insert(_ contact: Contact) {
        var low = 0
        var high = contacts.count
        while low < high {
            let middle = (low + high) / 2
            if contacts[middle].at > contact.at { low = middle + 1 } else { high = middle }
        }
        contacts.insert(contact, at: low)
        first = contacts[contacts.count - 1].at
    }

    /// There must be one.
    mutating func removeFirst() -> Contact {
        let contact = contacts.removeLast()
        first = contacts.last?.at ?? .infinity
        return contact
    }
}

/// Whether contacts are taken, asked in the order of time.
struct Doors {
    private let hours: [UncertainDay.Hours]
    private var next = 0
    /// When the hours end in which the latest contact came; ∞ where it is always open.
    private(set) var closing = Double.infinity
    private var opening = -Double.infinity

    init(_ hours: [UncertainDay.Hours]?) {
        self.hours = hours ?? []
        if hours != nil { look(0) }
    }

    private mutating func look(_ place: Int) {
        next = place
        opening = place < hours.count ? hours[place].start : .infinity
        closing = place < hours.count ? hours[place].end : .infinity
    }

    @inline(__always)
    mutating func isOpen(_ time: Double) -> Bool {
        while time >= closing { look(next + 1) }
        return time >= opening
    }
}

/// How long a contact takes its agent: each part by its own draw.
struct Handling {
    private let first: Distribution
    private let second: Distribution?
    private let third: Distribution?
    /// Seconds that nothing multiplies.
    private let besides: Double

    init(_ day: UncertainDay) {
        first = day.handlingTime
        second = day.furtherHandling.first
        third = day.furtherHandling.dropFirst().first
        besides = day.setUp + day.besides
    }

    /// Seconds, by the last three of a contact's four draws.
    @inline(__always)
    func duration(_ draws: (Double, Double, Double, Double), times factor: Double) -> Double {
        var sum = first.quantile(draws.1)
        if let second { sum += second.quantile(draws.2) }
        if let third { sum += third.quantile(draws.3) }
        return sum * factor + besides
    }
}
