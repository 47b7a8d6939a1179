import Center
import ScenarioText
import Tabular

extension ScenarioReader {
    func readChannels() {
        let out = Expansion()
        for entry in namedEntries("channels") {
            let id = checkIdentifier(entry.key, "a channel")
            channels[id] = .some(nil)
            guard let block = Block(Settings.channel, path: "channels.\(entry.name)", at: entry.value, log: log) else {
                continue
            }
            channels[id] = channel(id, block)
            write(block, id, into: out)
        }
        if top.has("channels") { expansion.set("channels", out) }
    }

    private func write(_ block: Block, _ id: String, into out: Expansion, remark: String? = nil) {
        block.expansion.order(by: Settings.channel)
        out.set(id, block.expansion.flow, remark: remark ?? block.expansion.flowRemark)
    }

    /// What the file does not say comes from the preset of the same name, or is a phone's.
    private func channel(_ id: String, _ block: Block) -> Channel {
        let preset = Self.preset(id) ?? Channel(id)
        var result = Channel(id)
        result.kind = Channel.Kind(rawValue: word("kind", in: block, preset.kind.rawValue)) ?? preset.kind
        var count = preset.atOnce
        if block.has("at_once") { count = block.count("at_once") ?? 1 } else { block.assume("at_once", String(count)) }
        result.paces = paces(block, count: count, preset: preset)
        checkAlone(block, count)
        if count > 1 || block.has("loading") {
            result.loading =
                Channel.Loading(rawValue: word("loading", in: block, preset.loading.rawValue)) ?? preset.loading
        }
        result.lines = block.count("lines")
        if result.kind == .deferred || block.has("interrupted_by_live") {
            // Written contacts can wait while somebody is on the line; calls that we make are not interrupted.
            let standard = result.kind == .deferred && !result.isCall ? "yes" : "no"
            result.isInterruptible = word("interrupted_by_live", in: block, standard) == "yes"
        }
        check(result, block)
        return result
    }

    /// Settings for several at once do not apply to one at a time.
    private func checkAlone(_ block: Block, _ count: Int) {
        guard count == 1 else { return }
        let id = block.path.split(separator: ".").last.map(String.init) ?? ""
        if let entry = block.entry("slowdown"), entry.value.text.flatMap({ Units.share($0).value }) != 0 {
            log.error(
                ProblemCode.conflict, "slowdown is about several contacts at once, and \(id) is handled one at a time",
                at: entry.key.place, expected: "at_once, such as 2", hint: "add at_once, or leave slowdown out")
        }
        if let entry = block.entry("loading") {
            log.warn(
                ProblemCode.noEffect, "loading changes nothing: \(id) is handled one at a time", at: entry.key.place,
                hint: "it says who gets the next of several at once: add at_once, or leave it out")
        }
    }

    private func word(_ name: String, in block: Block, _ standard: String) -> String {
        guard block.has(name) else {
            block.assume(name, standard)
            return standard
        }
        return block.word(name) ?? standard
    }

    private func check(_ channel: Channel, _ block: Block) {
        if channel.kind == .live, channel.isInterruptible {
            log.error(
                ProblemCode.conflict, "a live contact cannot be interrupted by another",
                at: block.entry("interrupted_by_live")?.key.place, expected: "interrupted_by_live: no",
                hint: "only work of kind later can be put aside")
        }
        if channel.kind == .live,
            [Channel.callback, .voicemail, .desk, .outbound].contains(where: { $0.id == channel.id })
        {
            log.error(
                ProblemCode.conflict, "\(channel.id) cannot be live: nobody is on the line",
                at: block.entry("kind")?.value.place ?? block.owner.place, expected: "kind: later",
                hint: "give a channel with people on the line another name")
        }
    }

    // MARK: How fast

    /// One share for all that are allowed, evenly less for fewer; or a share for each number from 2 on.
    private func paces(_ block: Block, count: Int, preset: Channel) -> [Double] {
        guard let entry = block.entry("slowdown") else {
            guard count > 1 else { return [1] }
            guard count <= preset.atOnce else {
                let usual = Channel.usualPaces(count)
                let text = usual.indices.dropFirst().map {
                    "\($0 + 1): \(Units.formatShare(Self.rounded(usual[$0] - 1)))"
                }
                block.assume("slowdown", "{" + text.joined(separator: ", ") + "}")
                return usual
            }
            // A pace of 1.4 means 40% longer.
            let slowdown = Self.rounded(preset.paces[count - 1] - 1)
            block.assume("slowdown", Units.formatShare(slowdown))
            return Channel("", atOnce: count, slowdown: slowdown).paces
        }
        if let entries = entry.value.entries { return paces(entries, entry, block, count: count) }
        return Channel("", atOnce: count, slowdown: block.share("slowdown") ?? 0).paces
    }

    private func paces(_ entries: [Node.Entry], _ entry: Node.Entry, _ block: Block, count: Int) -> [Double] {
        var slowdowns: [Int: Double] = [:]
        var hasWrong = false
        for part in entries {
            let number = part.key.text.flatMap { Units.count($0).value }
            guard let number, (2...20).contains(number) else {
                log.error(
                    ProblemCode.range, "slowdown cannot speak of \(part.name) at once", at: part.key.place,
                    expected: "numbers from 2 to 20, such as {2: 20%, 3: 60%}")
                hasWrong = true
                continue
            }
            switch part.value.text.map(Units.slowdown) {
            case .value(let share): slowdowns[number] = share
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(part.name), at: part.value.place))
                hasWrong = true
            case nil:
                log.error(
                    ProblemCode.wrongForm, "\(part.name) needs a share", at: part.value.place, expected: "such as 20%")
                hasWrong = true
            }
        }
        let numbers = Array(2..<max(2, count + 1))
        if !hasWrong, let lacking = numbers.first(where: { slowdowns[$0] == nil }) {
            log.error(
                ProblemCode.missingSetting, "slowdown lacks \(lacking), and an agent handles up to \(count) at once",
                at: entry.key.place, expected: "a share for each number from 2 to \(count)")
        }
        let text = slowdowns.keys.sorted().map { "\($0): \(Units.formatShare(slowdowns[$0] ?? 0))" }
        block.expansion.set("slowdown", "{" + text.joined(separator: ", ") + "}")
        return [1] + numbers.map { 1 + (slowdowns[$0] ?? 0) }
    }

    private static func rounded(_ share: Double) -> Double { (share * 1e9).rounded() / 1e9 }

    // MARK: Presets

    private static func preset(_ id: String) -> Channel? { Channel.presets.first { $0.id == id } }

    /// The channel of this name as the file or a preset has it; complains about one that nobody defined.
    func channel(_ name: String, at entry: Node.Entry?) -> Channel {
        if let defined = channels[name] { return defined ?? Self.preset(name) ?? Channel(name) }
        if let preset = Self.preset(name) { return preset }
        let known = channels.keys.sorted() + Channel.presets.map(\.id).filter { channels[$0] == nil }
        log.unknown(
            name, among: known, ProblemCode.reference, "channel \"\(name)\" is not defined", at: entry?.value.place)
        return Channel(name)
    }

    /// Presets that are used as they are appear in the long form too; a phone has no settings to show.
    func writePresets() {
        let used = contactTypes.flatMap { [$0.channel.id] + $0.derived.compactMap(\.kind.channel) }
        var out: Expansion?
        for preset in Channel.presets where used.contains(preset.id) && channels[preset.id] == nil && preset != .phone {
            let block = Block(Settings.channel, path: "channels", owner: root, layers: [], log: log)
            _ = channel(preset.id, block)
            if out == nil { out = expansion.block("channels") ?? Expansion() }
            if let out { write(block, preset.id, into: out, remark: "assumed") }
        }
        if let out { expansion.set("channels", out) }
    }
}
