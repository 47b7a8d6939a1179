import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import ScenarioReading
@testable import Simulator

/// What replications saw, as values that can be kept, sent and merged.
@Suite struct ReplicationSumsTests {
    static func scenario(_ name: String) throws -> Scenario {
        let path = Project.root.appendingPathComponent("scenarios/\(name)/scenario.yaml").path
        var scenario = try #require(ScenarioFile.read(path: path).scenario)
        scenario.experiment.replications = 6
        return scenario
    }

    @Test("sums are the same after they were written and read")
    func readBack() throws {
        let scenario = try Self.scenario("02-clinic")
        let sums = Player(Blueprint(scenario), seed: 3).play(4)
        let bytes = sums.bytes(of: 4)
        let (number, read) = try ReplicationSums.read(bytes, shape: sums.shape)
        #expect(number == 4 && read == sums)
        #expect(!read.waits.isEmpty && read.contacts.contains { $0 > 0 })
    }

    @Test("what is no sums, is cut, changed or of another center is refused")
    func damage() throws {
        let sums = Player(Blueprint(try Self.scenario("02-clinic")), seed: 3).play(0)
        let bytes = sums.bytes(of: 0)
        func damage(_ bytes: [UInt8], _ shape: ReplicationSums.Shape? = nil) -> ReplicationSums.Damage? {
            do throws(ReplicationSums.Damage) { _ = try ReplicationSums.read(bytes, shape: shape ?? sums.shape) } catch
            {
                return error
            }
            return nil
        }
        #expect(damage([]) == .notSums && damage(Array("scenario: yes".utf8)) == .notSums)
        #expect(damage(Array(bytes.prefix(40))) == .cutShort && damage(Array(bytes.dropLast(8))) == .cutShort)
        #expect(damage(Array(bytes.dropLast(3))) == .cutShort)
        var changed = bytes
        changed[200] ^= 1
        #expect(damage(changed) == .changed)
        var other = sums.shape
        other.groups += 1
        #expect(damage(bytes, other) == .otherShape(sums.shape))
        let negative = ReplicationSums(
            shape: sums.shape, contacts: sums.contacts, groups: sums.groups.map { -1 - $0 }, queueMax: sums.queueMax,
            queueEnd: sums.queueEnd, controls: sums.controls, waits: sums.waits)
        #expect(damage(negative.bytes(of: 0)) == .impossible)
    }

    /// Replications that two others played in turn and sent as bytes.
    private final class Shards: ReplicationSource, @unchecked Sendable {
        let players: [Player]
        let shape: ReplicationSums.Shape
        private(set) var failure: ReplicationSums.Damage?

        init(_ scenario: Scenario) {
            let plan = Blueprint(scenario)
            players = (0..<2).map { _ in Player(plan, seed: scenario.experiment.seed) }
            shape = Player(plan, seed: 0).play(0).shape
        }

        func play(_ numbers: Range<Int>, reader: (@Sendable (Int) -> any ContactReader)?, take: @escaping Take) {
            // The second half is sent first.
            let sent = numbers.reversed().map { players[$0 % 2].play($0).bytes(of: $0) }
            for bytes in sent.reversed() {
                do throws(ReplicationSums.Damage) {
                    let (number, sums) = try ReplicationSums.read(bytes, shape: shape)
                    if !take(number, sums, nil) { return }
                } catch { failure = error }
            }
        }

        var waitsByPeriod: [UInt32] {
            zip(players[0].waitsByPeriod, players[1].waitsByPeriod).map(+)
        }
    }

    @Test("an experiment of shards has the bits of one on threads", arguments: ["02-clinic", "01-one-queue"])
    func shards(name: String) throws {
        let scenario = try Self.scenario(name)
        let threads = try Experiment(scenario, threads: 2).run()
        let shards = Shards(scenario)
        let merged = try Experiment(scenario).run(from: shards)
        #expect(shards.failure == nil && merged.replications == 6)
        Self.expectSame(merged, threads, scenario)
    }

    @Test("a run that was stopped has the bits of one of as many replications")
    func stopped() throws {
        var scenario = try Self.scenario("02-clinic")
        scenario.experiment.replications = 1_000_000
        let stopped = try Experiment(scenario, threads: 4).run(isCancelled: { true })
        #expect(stopped.stopReason == .interrupted && stopped.replications > 1)
        scenario.experiment.replications = stopped.replications
        Self.expectSame(stopped, try Experiment(scenario, threads: 1).run(), scenario)
    }

    static func expectSame(_ merged: Results, _ threads: Results, _ scenario: Scenario) {
        for t in scenario.contactTypes.indices {
            #expect(merged.waitPercentile(0.9, type: t) == threads.waitPercentile(0.9, type: t))
            for p in scenario.horizon.periods.indices {
                #expect(merged.figures(period: p, type: t).mean == threads.figures(period: p, type: t).mean)
                #expect(merged.figures(period: p, type: t).wait95 == threads.figures(period: p, type: t).wait95)
            }
        }
    }
}
