import Probability
import Queueing
import Testing

@Suite("Addressed randomness")
struct RandomTests {
    /// The authors' vectors for Philox 4×64, 10 rounds (kat_vectors of the Random123 distribution, Salmon et al. 2011).
    static let vectors: [(counter: [UInt64], key: [UInt64], words: [UInt64])] = [
        (
            [0, 0, 0, 0], [0, 0],
            [0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b]
        ),
        (
            [.max, .max, .max, .max], [.max, .max],
            [0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0]
        ),
        (
            [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89],
            [0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c],
            [0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6]
        ),
    ]

    @Test("Philox gives the published words for the published counters and keys", arguments: vectors)
    func knownAnswers(counter: [UInt64], key: [UInt64], words: [UInt64]) {
        let block = Philox.block(counter[0], counter[1], counter[2], counter[3], key: key[0], key[1])
        #expect([block.0, block.1, block.2, block.3] == words)
    }

    @Test("every part of an address changes the draw, and nothing else does")
    func addresses() {
        let address = RandomAddress(seed: 1, replication: 2)
        let here = address.uniform(subject: 3, .talk, index: 4)
        #expect(here == RandomAddress(seed: 1, replication: 2).uniform(subject: 3, .talk, index: 4))
        let elsewhere = [
            RandomAddress(seed: 9, replication: 2).uniform(subject: 3, .talk, index: 4),
            RandomAddress(seed: 1, replication: 9).uniform(subject: 3, .talk, index: 4),
            address.uniform(subject: 9, .talk, index: 4), address.uniform(subject: 3, .talk, index: 5),
            address.uniform(subject: 3, .talk, index: 8), address.uniform(subject: 3, .talk, index: 4 | 1 << 40),
            address.uniform(subject: 3, .arrival, index: 4), address.uniform(subject: 3, .hold, index: 4),
        ]
        for other in elsewhere { #expect(other != here) }
        #expect(Set(elsewhere).count == elsewhere.count)
    }

    @Test("an address leads to its word of its Philox block, alone or in a row")
    func rows() {
        let address = RandomAddress(seed: 77, replication: 5)
        var row = [Double](repeating: 0, count: 32)
        row.withUnsafeMutableBufferPointer { row in
            address.fill(row.baseAddress!, subject: 2, .patience, from: 12, blocks: 8)
        }
        for i in row.indices {
            let index = UInt64(12 + i)
            let block = Philox.block(index / 4, 2, RandomAddress.Purpose.patience.rawValue, 0, key: 77, 5)
            let word = [block.0, block.1, block.2, block.3][Int(index % 4)]
            let expected = (Double(word >> 12) + 0.5) * 0x1p-52
            #expect(row[i] == expected)
            #expect(address.uniform(subject: 2, .patience, index: index) == expected)
        }
    }

    @Test("a mirrored replication plays 1 − u for each u, exactly")
    func mirrored() {
        let address = RandomAddress(seed: 4, replication: 6)
        let mirror = RandomAddress(seed: 4, replication: 6, mirrored: true)
        for index in 0..<40 as Range<UInt64> {
            let u = address.uniform(subject: 1, .talk, index: index)
            #expect(mirror.uniform(subject: 1, .talk, index: index) == 1 - u)
        }
        var rows = [[Double](repeating: 0, count: 8), [Double](repeating: 0, count: 8)]
        rows[0].withUnsafeMutableBufferPointer {
            address.fill($0.baseAddress!, subject: 1, .talk, from: 4, blocks: 2)
        }
        rows[1].withUnsafeMutableBufferPointer {
            mirror.fill($0.baseAddress!, subject: 1, .talk, from: 4, blocks: 2)
        }
        #expect(rows[1] == rows[0].map { 1 - $0 })
        #expect(mirror.uniforms(subject: 1, .talk, index: 2).3 == 1 - address.uniforms(subject: 1, .talk, index: 2).3)
    }

    @Test("the purposes' numbers are part of the meaning of a seed")
    func purposes() {
        let numbers: [(RandomAddress.Purpose, UInt64)] = [
            (.arrival, 0), (.contact, 1), (.dayFactor, 3), (.absence, 4), (.beforehand, 5), (.patience, 6), (.talk, 7),
            (.hold, 8), (.wrapUp, 9), (.language, 10), (.redial, 11), (.redialDelay, 12), (.agent, 13),
            (.stratum, 14), (.shift, 15), (.transfer, 16), (.again, 17), (.againDelay, 18), (.followUp, 19),
            (.callback, 20), (.callbackAnswered, 21), (.consult, 22), (.balk, 23), (.chase, 24), (.reply, 25),
            (.replyDelay, 26), (.againOpen, 27), (.urgent, 28), (.waiting, 40), (.inService, 41), (.unplanned, 50),
            (.inShift, 51), (.late, 52), (.leavesEarly, 53), (.adherence, 54),
        ]
        #expect(numbers.count == RandomAddress.Purpose.allCases.count)
        for (purpose, number) in numbers { #expect(purpose.rawValue == number) }
    }

    @Test("uniforms lie strictly between 0 and 1, with the moments of a uniform")
    func uniforms() {
        let address = RandomAddress(seed: 20_260_302, replication: 0)
        var sum = 0.0
        var squares = 0.0
        var lag = 0.0
        var last = 0.5
        let count = 40_000
        for index in 0..<UInt64(count) {
            let u = address.uniform(subject: 0, .talk, index: index)
            #expect(u > 0 && u < 1)
            sum += u
            squares += u * u
            lag += (u - 0.5) * (last - 0.5)
            last = u
        }
        // Five standard errors; a fixed seed, so this cannot fail by chance.
        let n = Double(count)
        #expect(abs(sum / n - 0.5) < 5 * (1 / 12 / n).squareRoot())
        #expect(abs(squares / n - 1 / 3.0) < 5 * (4 / 45 / n).squareRoot())
        #expect(abs(lag / n) < 5 / 12 / n.squareRoot())
    }
}
