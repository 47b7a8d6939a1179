/// The share of paid time in which people are not available for contacts, as the decimal digits it was written in.
///
/// Scheduled = on the phones ÷ (1 − shrinkage), rounded up to whole people. In binary, 21 / (1 − 0.30) is
/// 30.000000000000004, which would put a 31st person scheduled; here the digits are divided as whole numbers.
public struct Shrinkage: Sendable, Hashable {
    /// Shrinkage × 10^`places`.
    private let digits: UInt64
    private let places: Int

    /// Everybody who is paid is available.
    public static let none = Shrinkage(digits: 0, places: 0)

    private init(digits: UInt64, places: Int) {
        self.digits = digits
        self.places = places
    }

    /// From a decimal such as `0.30` or a percentage such as `30%`; nil for anything else, below 0, or from 100 % on.
    public init?(_ text: some StringProtocol) {
        var digits: UInt64 = 0
        var places = 0
        var exponent = 0
        var point = false
        var any = false
        var rest = Substring(text)
        if rest.last == "%" {
            rest.removeLast()
            if rest.last == " " { rest.removeLast() }
            places = 2
        }
        if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            guard let power = Int(rest[rest.index(after: mark)...]), abs(power) < 400 else { return nil }
            exponent = power
            rest = rest[..<mark]
        }
        for byte in rest.utf8 {
            switch byte {
            case UInt8(ascii: ".") where !point: point = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
                guard !overflow, tens < UInt64.max - 9 else { return nil }
                digits = tens + UInt64(byte - UInt8(ascii: "0"))
                if point { places += 1 }
                any = true
            default: return nil
            }
        }
        guard any else { return nil }
        places -= exponent
        while places > 0, digits % 10 == 0, digits > 0 {
            digits /= 10
            places -= 1
        }
        if digits == 0 { places = 0 }
        // Past eighteen places a share is nothing that planners write.
        guard places >= 0, places <= 18, digits < Self.power(places) else { return nil }
        self.init(digits: digits, places: places)
    }

    /// From a fraction 0…1 by its shortest decimal, which is what was written; nil outside, and at 1.
    public init?(share: Double) {
        guard share >= 0, share < 1 else { return nil }
        if let exact = Shrinkage("\(share)") {
            self = exact
        } else {
            self.init(digits: UInt64((share * 1e15).rounded()), places: 15)
        }
    }

    /// The fraction.
    public var share: Double { Double(digits) / Double(Self.power(places)) }

    /// 1 − shrinkage in digits, at least two of them after the point: `0.70`, `0.667`.
    public var presence: String {
        let places = max(2, places)
        let there = Self.power(places) - digits * Self.power(places - self.places)
        let text = String(there)
        let padded = String(repeating: "0", count: max(0, places + 1 - text.count)) + text
        return padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// Both, one after the other: 1 − (1 − this)(1 − other), exact; nil past eighteen decimal places.
    public func and(_ other: Shrinkage) -> Shrinkage? {
        let places = self.places + other.places
        guard places <= 18 else { return Shrinkage(share: 1 - (1 - share) * (1 - other.share)) }
        let there = (Self.power(self.places) - digits) * (Self.power(other.places) - other.digits)
        var digits = Self.power(places) - there
        var kept = places
        while kept > 0, digits % 10 == 0 {
            digits /= 10
            kept -= 1
        }
        return Shrinkage(digits: digits, places: kept)
    }

    /// Whole scheduled people for this many on the phones (≥ 0, fractions allowed); nil when too many to count.
    public func scheduled(for agents: Double) -> Int? {
        if let whole = Int(exactly: agents) { return scheduled(for: whole) }
        let people = (agents / (1 - share)).rounded(.up)
        return people < 1e15 ? Int(max(0, people)) : nil
    }

    /// Whole scheduled people for this many on the phones (≥ 0); nil when they are too many to count.
    public func scheduled(for agents: Int) -> Int? {
        let whole = Self.power(places)
        let there = whole - digits
        let need = UInt64(max(0, agents)).multipliedFullWidth(by: whole)
        guard need.high < there else { return nil }
        let (quotient, remainder) = there.dividingFullWidth(need)
        return Int(exactly: remainder > 0 ? quotient + 1 : quotient)
    }

    private static func power(_ places: Int) -> UInt64 {
        (0..<places).reduce(1) { value, _ in value * 10 }
    }
}
