/// Where a random number lives: (seed, replication, subject, purpose, index, path).
///
/// A subject is a contact type or an agent group, by number; a purpose says what the draw decides; the index is the
/// contact's or day's number. The scenario point is no part of the address, so scenarios that are compared share their
/// draws (common random numbers by construction). Numbers whose indices differ only in the last two bits share a
/// Philox block, so that a row of them costs a quarter of a block each.
public struct RandomAddress: Sendable, Hashable {
    /// What a draw decides. Raw values are part of the meaning of a seed: never renumber them, only append.
    public enum Purpose: UInt64, Sendable, CaseIterable {
        /// Gaps between arrivals.
        case arrival = 0
        /// All of a contact's draws, four to a contact: of days that are played without the engine.
        case contact = 1
        /// A day's volume factor.
        case dayFactor = 3
        /// Who is away on a day.
        case absence = 4
        /// Who is there when a time span begins that has long been running.
        case beforehand = 5
        /// How long a contact is willing to wait.
        case patience = 6
        /// How long the talk lasts.
        case talk = 7
        /// How long the hold lasts.
        case hold = 8
        /// How long the after-contact work lasts.
        case wrapUp = 9
        /// Which language a contact needs.
        case language = 10
        /// Whether one who hung up calls again.
        case redial = 11
        /// When one who hung up calls again.
        case redialDelay = 12
        /// Which of several idle agents takes a contact, where the policy draws lots.
        case agent = 13
        /// How days' draws are spread over a block of replications: in which order strata come.
        case stratum = 14
        /// By how much the points of a block are shifted.
        case shift = 15
        /// Whether and where a contact is handed on.
        case transfer = 16
        /// Whether a contact comes again.
        case again = 17
        /// When a contact comes again.
        case againDelay = 18
        /// Whether a contact leaves work to be done.
        case followUp = 19
        /// Whether a caller accepts a callback.
        case callback = 20
        /// Whether somebody answers a call that we make.
        case callbackAnswered = 21
        /// Whether a colleague is asked.
        case consult = 22
        /// Whether one who would have to wait leaves at once.
        case balk = 23
        /// Whether somebody asks what became of a contact.
        case chase = 24
        /// Whether one who was reached answers later.
        case reply = 25
        /// When one who was reached answers.
        case replyDelay = 26
        /// When in opening hours one comes who would have come before them.
        case againOpen = 27
        /// When a promised call goes first among those of its priority.
        case urgent = 28
        /// Which of several waiting contacts an agent takes, where the policy draws lots.
        case waiting = 40
        /// At which moment of a handling somebody is met who is known to be in one.
        case inService = 41
        /// Whether a person stays away on a day.
        case unplanned = 50
        /// Where in a shift time is lost.
        case inShift = 51
        /// Who comes late, and by how much.
        case late = 52
        /// Who goes early, and by how much.
        case leavesEarly = 53
        /// Where in a shift a person strays from the plan.
        case adherence = 54
    }

    /// The experiment's seed.
    public let seed: UInt64
    /// The replication's number, from 0.
    public let replication: UInt64
    /// All bits set where every uniform u is played as 1 − u, which is exact; else none.
    @usableFromInline let flip: UInt64

    /// `mirrored`: every uniform u of the replication is played as 1 − u.
    public init(seed: UInt64, replication: Int, mirrored: Bool = false) {
        self.seed = seed
        self.replication = UInt64(replication)
        flip = mirrored ? .max : 0
    }

    /// The uniform at one address, strictly between 0 and 1; `path` tells what a contact brought about from itself, 0.
    public func uniform(subject: Int, _ purpose: Purpose, index: UInt64, path: UInt64 = 0) -> Double {
        let words = Philox.block(index >> 2, UInt64(subject), purpose.rawValue, path, key: seed, replication)
        switch index & 3 {
        case 0: return Self.unit(words.0 ^ flip)
        case 1: return Self.unit(words.1 ^ flip)
        case 2: return Self.unit(words.2 ^ flip)
        default: return Self.unit(words.3 ^ flip)
        }
    }

    /// The four uniforms of a block, those at indices 4 × block to 4 × block + 3.
    @inlinable @inline(__always)
    public func uniforms(
        subject: Int, _ purpose: Purpose, index block: UInt64
    ) -> (Double, Double, Double, Double) {
        let words = Philox.block(block, UInt64(subject), purpose.rawValue, 0, key: seed, replication)
        return (
            Self.unit(words.0 ^ flip), Self.unit(words.1 ^ flip), Self.unit(words.2 ^ flip), Self.unit(words.3 ^ flip)
        )
    }

    /// The uniforms at 4 × `blocks` addresses that follow each other from index `first` on, a multiple of 4.
    public func fill(
        _ uniforms: UnsafeMutablePointer<Double>, subject: Int, _ purpose: Purpose, from first: UInt64, blocks: Int
    ) {
        assert(first & 3 == 0)
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: PhiloxKeys.wordCount) { words in
            guard let words = words.baseAddress else { return }
            let keys = PhiloxKeys(seed, replication, in: words)
            for i in 0..<blocks {
                let block = first >> 2 &+ UInt64(truncatingIfNeeded: i)
                Self.write(block, UInt64(subject), purpose.rawValue, keys, to: uniforms + 4 &* i)
            }
        }
        guard flip != 0 else { return }
        for i in 0..<4 &* blocks { uniforms[i] = 1 - uniforms[i] }
    }

    /// Writes a block's four uniforms.
    ///
    /// A call for each: within a loop the compiler would pack the products of two blocks into vectors, only to unpack
    /// them for the next round (200 instructions a block instead of 140).
    @inline(never)
    private static func write(
        _ block: UInt64, _ subject: UInt64, _ purpose: UInt64, _ keys: PhiloxKeys,
        to uniforms: UnsafeMutablePointer<Double>
    ) {
        let words = keys.block(block, subject, purpose, 0)
        uniforms[0] = unit(words.0)
        uniforms[1] = unit(words.1)
        uniforms[2] = unit(words.2)
        uniforms[3] = unit(words.3)
    }

    /// 52 bits and a half: exact in a double, symmetric about ½, never 0 and never 1.
    @inlinable @inline(__always)
    package static func unit(_ word: UInt64) -> Double {
        // The bits as the fraction of a number in [1, 2): no conversion. Both steps are exact.
        Double(bitPattern: word >> 12 | 0x3FF0_0000_0000_0000) - (1 - 0x1p-53)
    }
}
