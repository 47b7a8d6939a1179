/// What becomes of live contacts outside opening hours, as it is written.
package enum WhenClosedWord: String, CaseIterable {
    case turnedAway = "turned_away"
    case voicemail
    case callbackNextOpen = "callback_next_open"
}
