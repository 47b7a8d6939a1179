/// A set of whole numbers below a bound that tells its first member from any number on.
///
/// A bit for each number, a bit above for each word of 64 that is not empty, and so on up to one word: what is asked and
/// what changes takes a step for each level, three for a quarter of a million. The owner frees it.
struct PlaceSet {
    private let words: Dense<UInt64>
    /// Where each level's words begin, from the numbers themselves up; one more than there are levels.
    private let starts: Dense<Int>

    init(count: Int, in memory: Memory) {
        var starts = [0]
        var size = count
        repeat {
            size = (size + 63) / 64
            starts.append(starts[starts.count - 1] + size)
        } while size > 1
        self.starts = Dense(starts, in: memory)
        words = Dense(repeating: 0, count: starts[starts.count - 1], in: memory)
    }

    func clear() { words.fill(0) }

    func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 == 1 }

    func insert(_ number: Int) {
        var number = number
        for level in 0..<(starts.count - 1) {
            let word = starts[level] + (number >> 6)
            let isKnownAbove = words[word] != 0
            words[word] |= 1 << UInt64(number & 63)
            if isKnownAbove { return }
            number >>= 6
        }
    }

    func remove(_ number: Int) {
        var number = number
        for level in 0..<(starts.count - 1) {
            let word = starts[level] + (number >> 6)
            words[word] &= ~(1 << UInt64(number & 63))
            if words[word] != 0 { return }
            number >>= 6
        }
    }

    /// The first member of a range, −1 without; adds the words that it read to `reads`.
    func first(in range: Range<Int>, reads: inout Int) -> Int {
        var level = 0
        var number = range.lowerBound
        while level < starts.count - 1 {
            guard number >> 6 < starts[level + 1] - starts[level] else { return -1 }
            reads += 1
            let rest = words[starts[level] + (number >> 6)] & (UInt64.max << UInt64(number & 63))
            guard rest == 0 else {
                number = (number & ~63) | rest.trailingZeroBitCount
                while level > 0 {
                    level -= 1
                    reads += 1
                    number = (number << 6) | words[starts[level] + number].trailingZeroBitCount
                }
                return number < range.upperBound ? number : -1
            }
            number = (number >> 6) + 1
            level += 1
        }
        return -1
    }
}
