import Documents
import Experiments
import Simulator
import Tabular

extension ContactStoryText {
    /// The story for programs, with every step.
    package var json: JSON {
        let deadline = story.announced == nil ? contact.queued?.deadline : nil
        let patience = deadline.flatMap { $0 < .infinity ? $0 : nil }
        return .object([
            ("schema", .string("switchboard/explain/1")), ("kind", .string("contact")),
            ("name", .string(names.contact(contact))), ("run", .integer(run)),
            ("timezone", .string(replay.scenario.horizon.timeZone)), ("contact", row),
            ("waited_behind", .count(contact.queued?.ahead)),
            ("patience_s", .optional(patience.map { $0 - contact.offeredAt })),
            ("hangs_up_at", .text(patience.map(clock.instant))),
            ("agent_groups", .array(story.groups.map(json))), ("steps", .array(story.steps.map(json))),
            ("target", target), ("parent_id", .text(names.parent(contact))),
            ("child_id", .text(story.child.map(names.contact))),
            ("brought_about", .array(story.broughtAbout.map { .string(names.contact($0)) })),
            (
                "interruptions",
                .array(
                    story.interruptions.map { moment in
                        .object([
                            ("at", .string(clock.instant(moment.time))), ("kind", .string(Self.word(moment.kind))),
                            ("agent_id", .text(moment.agent >= 0 ? names.agent(moment.agent) : nil)),
                        ])
                    })
            ), ("text", .string(text)),
        ])
    }

    private static func word(_ kind: Diary.Interruption.Kind) -> String {
        switch kind {
        case .handedBack: "interrupted"
        case .resumed: "resumed"
        case .lost: "lost"
        }
    }

    /// As in `contacts.csv.gz`.
    private var row: JSON {
        let handling = contact.handling
        let type = replay.scenario.contactTypes[contact.type]
        return .object([
            ("offered_at", .string(clock.instant(contact.offeredAt))), ("contact_type", .string(type.id)),
            ("language", .text(names.languages[contact.contactClass])), ("priority", .integer(type.priority)),
            ("queued", .integer(contact.queued == nil ? 0 : 1)), ("wait_s", .number(contact.wait)),
            ("outcome", .string(ContactWords.outcome(contact.outcome))),
            ("answered_at", .text(handling.map { clock.instant(contact.time + $0.setUp) })),
            ("talk_s", .optional(handling?.talk)), ("hold_s", .optional(handling?.hold)),
            ("acw_s", .optional(handling?.wrapUp)), ("agent_id", .text(handling.map { names.agent($0.agent) })),
            ("reason", .text(ContactWords(replay.scenario).reason(contact))),
        ])
    }

    private func json(_ group: ContactStory.Group) -> JSON {
        .object([
            ("agent_group", .string(replay.scenario.agentGroups[group.group].id)), ("rank", .integer(group.rank)),
            ("helps_after_s", .optional(helpsAfter(group))), ("helps_when_waiting", .count(helpsWhenWaiting(group))),
            ("interpreter", .integer(group.isInterpreted ? 1 : 0)),
            (
                "free",
                .array(
                    group.idle.map {
                        .object([
                            ("agent_id", .string(names.agent($0.agent))), ("since", .string(clock.instant($0.since))),
                        ])
                    })
            ),
            (
                "busy",
                .array(
                    group.busy.map {
                        .object([
                            ("agent_id", .string(names.agent($0.agent))),
                            ("contact_id", .string(names.contact(replay.entries[$0.contact]))),
                            ("until", .string(clock.instant($0.until))),
                        ])
                    })
            ),
            (
                "on_break",
                .array(
                    group.away.map {
                        .object([
                            ("agent_id", .string(names.agent($0.agent))), ("until", .string(clock.instant($0.until))),
                        ])
                    })
            ),
            ("absent", .integer(group.absent)), ("next_on_duty_at", .text(group.nextOnDuty.map(clock.instant))),
        ])
    }

    private func helpsAfter(_ group: ContactStory.Group) -> Double? {
        if case .after(let wait) = group.help { wait } else { nil }
    }

    private func helpsWhenWaiting(_ group: ContactStory.Group) -> Int? {
        if case .whenWaiting(let count) = group.help { count } else { nil }
    }

    private func json(_ step: ContactStory.Step) -> JSON {
        var taken: Int?
        var until: Double?
        let choice: String
        switch step.choice {
        case .takes(let place, let reason): (choice, taken) = (reason.map(Self.word) ?? "other", place)
        case .staysIdle: choice = "stays_idle"
        case .keepsFree(let place): (choice, taken) = ("keeps_hand_free", place)
        case .goesOn(let place): (choice, taken) = ("goes_on", place)
        case .pause(let end): (choice, until) = ("break", end)
        case .wentHome: choice = "off_duty"
        }
        return .object([
            ("at", .string(clock.instant(step.time))), ("agent_id", .string(names.agent(step.agent))),
            ("choice", .string(choice)), ("contact_id", .text(taken.map { names.contact(replay.entries[$0]) })),
            ("until", .text(until.map(clock.instant))),
        ])
    }

    /// Why another contact was taken.
    private static func word(_ reason: ContactStory.Reason) -> String {
        switch reason {
        case .moreUrgent: "more_urgent"
        case .onTheLine: "on_the_line"
        case .promised: "promised"
        case .beforeEverything: "before_everything"
        case .onlyWhenIdle: "only_when_idle"
        case .firstChoice: "first_choice"
        case .waitedLonger: "waited_longer"
        case .morePoints: "more_points"
        case .byLot: "by_lot"
        case .freeHand: "free_hand"
        case .known: "same_person"
        case .reserve: "reserve"
        case .closing: "closing"
        }
    }

    private var target: JSON {
        guard let verdict = story.verdict,
            let target = replay.scenario.contactTypes[contact.type].target(
                in: names.languages[contact.contactClass])
        else {
            return .null
        }
        return .object([
            ("share_pct", .number(Units.percent(target.share))), ("within_s", .number(target.acceptableWait)),
            ("rule", .string(target.rule.rawValue)), ("verdict", .string(verdict.rawValue)),
        ])
    }
}
