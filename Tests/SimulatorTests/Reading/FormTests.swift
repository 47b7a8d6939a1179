import Foundation
import ScenarioText
import Tabular
import TestSupport
import Testing

@Suite("Settings know how they are written")
struct FormTests {
    private func node(_ text: String) throws -> Node { try Yaml.read(SourceText(name: "form", text: text)).get() }

    @Test("every example and every standard fits its setting", arguments: Settings.blocks.indices)
    func examples(block: Int) throws {
        for setting in Settings.blocks[block].settings {
            for text in [setting.example] + [setting.standard].compactMap({ $0 }) where text != "none" {
                #expect(setting.fits(try node(text)), "\(Settings.blocks[block].title).\(setting.name): \(text)")
            }
        }
    }

    @Test("everything in the scenarios that come along fits")
    func shipped() throws {
        let folder = Project.root.appendingPathComponent("scenarios")
        var seen = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let file = folder.appendingPathComponent(name).appendingPathComponent("scenario.yaml")
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            for entry in try node(text).entries ?? [] {
                // A short file says of its one contact type what stands inside contact_types elsewhere.
                let setting = try #require(
                    Settings.top[entry.name] ?? Settings.contactType[entry.name], "\(name): \(entry.name)")
                #expect(setting.fits(entry.value), "\(name): \(entry.name)")
                seen += 1
            }
        }
        #expect(seen > 60)
    }

    @Test(
        "what is written otherwise does not fit",
        arguments: [
            ("talk", "fast"), ("languages", "en"), ("languages", "{en: most}"), ("transfers", "[billing]"),
            ("priority_after", "{soon: 3}"), ("priority_after", "{5m: urgent}"), ("arrivals", "{Someday: 300}"),
            ("arrivals", "{file: a.csv, gap: zero}"), ("repeat", "12%"), ("priority", "high"), ("target", "soon"),
            ("replies", "{scheduling: 20%}"), ("patience", "none"),
        ])
    func misfits(name: String, text: String) throws {
        let setting = try #require(Settings.contactType[name])
        #expect(setting.fits(try node(text)) == (text == "none" && setting.allowsNone))
        #expect(!setting.fits(try node("[[1]]")))
    }

    @Test("maps say whose names stand in them")
    func names() throws {
        func names(_ list: SettingList, _ name: String) throws -> Setting.Names? {
            guard case .map(.byName(let names, _)) = try #require(list[name]).kind else { return nil }
            return names
        }
        #expect(try names(Settings.top, "contact_types") == .own)
        #expect(try names(Settings.contactType, "transfers") == .contactTypes)
        #expect(try names(Settings.runningDay, "present") == .agentGroups)
        guard case .list(.block(let inner)) = try #require(Settings.top["activities"]).kind else {
            Issue.record("activities are a list of blocks")
            return
        }
        #expect(inner.title == Settings.activity.title)
    }
}
