import Testing

@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

@Suite("The wall clock")
struct WallClockTests {
    private func clock(_ from: String, _ to: String, _ zone: String) throws -> WallClock {
        let text = """
            timezone: \(zone)
            period: {from: \(from), to: \(to)}
            open: daily 00:00-24:00
            calls: 10 per day
            talk: 1m
            agents: 1
            """
        let reading = ScenarioFile.read(name: "day.yaml", of: ["day.yaml": Array(text.utf8)])
        return WallClock(try #require(reading.scenario, "\(reading.problems)").horizon)
    }

    @Test("An hour that is skipped is nowhere, and one that comes twice is told apart by its offset")
    func changes() throws {
        let spring = try clock("2026-03-08", "2026-03-08", "America/Chicago")
        #expect(spring.instant(7199.9996) == "2026-03-08T01:59:59.999-06:00")
        #expect(spring.instant(7200) == "2026-03-08T03:00:00.000-05:00")
        let autumn = try clock("2026-11-01", "2026-11-01", "America/Chicago")
        #expect(autumn.instant(5400.25) == "2026-11-01T01:30:00.250-05:00")
        #expect(autumn.instant(9000.25) == "2026-11-01T01:30:00.250-06:00")
        #expect(autumn.clock(9000.25) == "01:30:00")
    }

    @Test("Past midnight the next day has begun, and past the end the clocks run on")
    func midnight() throws {
        let days = try clock("2026-12-31", "2027-01-01", "UTC")
        #expect(days.instant(86399.5) == "2026-12-31T23:59:59.500+00:00")
        #expect(days.instant(86400) == "2027-01-01T00:00:00.000+00:00")
        #expect(days.instant(2 * 86400 + 61) == "2027-01-02T00:01:01.000+00:00")
        #expect(days.date(86400)?.iso == "2027-01-01" && days.date(86399)?.iso == "2026-12-31")
    }

    @Test("Before 1970 the clocks show the time too, counted from the midnight before")
    func before1970() throws {
        let days = try clock("1969-07-20", "1969-07-21", "UTC")
        #expect(days.instant(73_063.5) == "1969-07-20T20:17:43.500+00:00")
        #expect(days.clock(73_063.5) == "20:17:43" && days.date(73_063.5)?.iso == "1969-07-20")
        #expect(days.instant(86400) == "1969-07-21T00:00:00.000+00:00" && days.date(86400)?.iso == "1969-07-21")
    }

    @Test("Without a calendar seconds are told")
    func plain() {
        let clock = WallClock(.plain(step: 900, count: 4))
        #expect(clock.instant(907.25) == "T+907.25s")
        #expect(clock.clock(3661.5) == "01:01:01")
        #expect(clock.date(0) == nil)
    }
}
