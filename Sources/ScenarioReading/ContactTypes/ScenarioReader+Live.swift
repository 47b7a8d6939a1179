import Center
import ScenarioText
import Tabular

/// What only callers do who wait for an answer: hang up, call again, be called back, find us closed.
extension ScenarioReader {
    private static let ofLive = [
        "patience", "max_abandonment", "redial", "callback", "when_closed", "balk", "queue_opens",
    ]

    /// How long people are willing to wait, where that is not as on the phone.
    private static let patience = [
        Channel.chat.id: "4m", Channel.sms.id: "15m", Channel.video.id: "10m", Channel.inPerson.id: "30m",
    ]

    func readLive(_ block: Block, into draft: inout ContactTypeDraft) {
        draft.patience = durations.read(
            "patience", in: block, role: .patience, standard: Self.patience[draft.channel.id])
        readHangUpLimit(of: block, into: &draft)
        draft.redial = readRedial(of: block)
        draft.callback = readCallback(of: block, patience: draft.patience?.mean)
        draft.nodes["callback"] = block.entry("callback")?.key
        draft.whenClosed = readWhenClosed(of: block, draft)
        draft.balking = readBalking(block)
        draft.queueOpens = block.duration("queue_opens") ?? 0
    }

    /// Deferred work waits until somebody takes it. Defaults for live contacts do not apply to it.
    func refuseLive(_ block: Block, _ draft: ContactTypeDraft) {
        for name in Self.ofLive where block.isOwn(name) {
            guard let entry = block.entry(name), !entry.value.isNone else { continue }
            log.error(
                ProblemCode.conflict,
                "\(name) is for live contacts, and \(draft.channel.id) is of kind later", at: entry.key.place,
                hint: "leave it out: what lies in a list is taken at any hour and never hangs up")
        }
    }

    private func readCallback(of block: Block, patience: Double?) -> ContactTypeDraft.CallbackDraft? {
        guard let inner = block.block("callback") else { return nil }
        for name in ["offer_after", "accepted"] where !inner.has(name) { inner.missing(name) }
        let offerAfter = inner.duration("offer_after")
        let accepted = inner.share("accepted")
        let within = inner.duration("call_within")
        let attempts = inner.count("attempts") ?? 1
        let noAnswer = inner.share("no_answer") ?? 0
        let retryAfter = inner.duration("retry_after", quiet: noAnswer == 0) ?? 600
        let ringing = inner.duration("ringing", quiet: noAnswer == 0) ?? 30
        let isBeforeEverything = inner.word("before_everything", quiet: within == nil) == "yes"
        let between = inner.value(
            "between", Units.clockRange,
            { "\(Units.formatClock($0.from))-\(Units.formatClock($0.to.truncatingRemainder(dividingBy: 86400)))" }
        ).map { WeeklyHours.Range(from: $0.from, to: $0.to) }
        if let between, between.to > 86400 {
            let text = inner.entry("between")?.value.text ?? ""
            log.error(
                ProblemCode.range, "between \(text) would call people at night",
                at: inner.entry("between")?.value.place,
                expected: "a stretch of one day, such as 08:00-21:00")
        }
        let chase = inner.share("chase") ?? 0
        if chase > 0, !inner.has("call_within") { inner.missing("call_within", at: inner.entry("chase")?.key) }
        inner.expansion.order(by: Settings.callback)
        block.expansion.set("callback", inner.expansion.flow, remark: inner.expansion.flowRemark)
        guard let offerAfter, let accepted else { return nil }
        if let within, within < offerAfter {
            log.error(
                ProblemCode.promise,
                "a call within \(Units.formatDuration(within)) is promised after \(Units.formatDuration(offerAfter)) "
                    + "of waiting",
                at: inner.entry("call_within")?.value.place,
                expected: "call_within of \(Units.formatDuration(offerAfter)) or more",
                hint: "who can call so soon had better answer: promise a later call, or offer it earlier")
        }
        if let patience, patience < offerAfter, accepted > 0 {
            log.warn(
                ProblemCode.lateOffer,
                "callers wait \(Units.formatDuration((patience * 10).rounded() / 10)) on average, and a callback is offered after "
                    + Units.formatDuration(offerAfter), at: inner.entry("offer_after")?.value.place,
                hint: "most of those who would accept have hung up by then: offer it earlier")
        }
        guard accepted > 0 else { return nil }
        return ContactTypeDraft.CallbackDraft(
            offerAfter: offerAfter, accepted: accepted, within: within, attempts: attempts, noAnswer: noAnswer,
            retryAfter: retryAfter, chase: chase, ringing: ringing, isBeforeEverything: isBeforeEverything,
            between: between ?? ContactTypeDraft.CallbackDraft.standardHours)
    }

    private func readBalking(_ block: Block) -> Balking? {
        guard let inner = block.block("balk") else { return nil }
        if !inner.has("share") { inner.missing("share") }
        let share = inner.share("share")
        let over = inner.duration("over") ?? 0
        inner.expansion.order(by: Settings.balk)
        block.expansion.set("balk", inner.expansion.flow, remark: inner.expansion.flowRemark)
        guard let share, share > 0 else { return nil }
        return Balking(share: share, over: over)
    }

    /// A word, or the word with a promise: `{voicemail: 1d}` in opening time, `{callback_next_open: 2h}` after opening.
    private func readWhenClosed(of block: Block, _ draft: ContactTypeDraft) -> ContactTypeDraft.ClosedDraft {
        let name = "when_closed"
        var promise: Node.Entry?
        var result = ContactTypeDraft.ClosedDraft()
        if let entry = block.entry(name), let entries = entry.value.entries {
            guard entries.count == 1, let word = WhenClosedWord(rawValue: entries[0].name), word != .turnedAway else {
                log.error(
                    ProblemCode.choice, "when_closed promises nothing of this kind",
                    at: (entries.first?.key ?? entry.value).place,
                    expected: "{voicemail: 1d} or {callback_next_open: 2h}, or a word alone")
                return result
            }
            promise = entries[0]
            result.word = word
        } else {
            result.word = block.word(name).flatMap(WhenClosedWord.init) ?? .turnedAway
        }
        if result.word == .turnedAway { return result }
        let time: OpeningTime
        if let promise {
            switch promise.value.text.map(Units.openingTime) {
            case .value(let read) where read.seconds(ofDay: 86400) > 0: time = read
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(promise.name), at: promise.value.place))
                return result
            default:
                log.error(
                    ProblemCode.range, "\(promise.name) needs a time above 0", at: promise.value.place,
                    expected: "such as 1d")
                return result
            }
        } else if result.word == .voicemail {
            time = OpeningTime(days: 1, seconds: 0)
        } else {
            time = OpeningTime(days: 0, seconds: draft.callback?.within ?? 7200)
        }
        block.expansion.set(
            name, "{\(result.word.rawValue): \(time.text)}", remark: promise == nil ? "\(time.text) assumed" : nil)
        result.within = time.seconds(ofDay: result.word == .voicemail ? draft.hours.openDay : 86400)
        return result
    }
}
