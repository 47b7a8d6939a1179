import Simulator
import Testing

@testable import Documents
@testable import Reports
@testable import Tabular

@Suite("Dates of a headline")
struct PlainDatesTests {
    @Test("days that are not 24 hours long are named together, halves of hours included")
    func oddDays() {
        let day = { (date: String, weekday: Int, start: Double, hours: Double) in
            Horizon.Day(date: date, weekday: weekday, start: start, end: start + hours * 3600)
        }
        let week = [day("2026-03-07", 5, 0, 24), day("2026-03-08", 6, 86400, 23), day("2026-03-09", 0, 169_200, 24.5)]
        #expect(
            PlainDates.timeSpan(Horizon(timeZone: "UTC", days: week, periods: []))
                == "Sat 7 Mar to Mon 9 Mar 2026 (8 Mar has 23 hours, 9 Mar has 24.5 hours)")
        #expect(PlainDates.timeSpan(Horizon(timeZone: "UTC", days: [week[0]], periods: [])) == "Sat 7 Mar 2026")
    }
}
