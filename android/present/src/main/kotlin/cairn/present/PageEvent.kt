package cairn.present

/** What every page can be asked. It is an event of every screen: `TodayEvent.Back` is `PageEvent.Back`. */
sealed interface PageEvent : TodayEvent, LogEvent, LogDayEvent {
    /** To where the person was. */
    data object Back : PageEvent

    /** To help with this page. */
    data object Help : PageEvent

    /** To one of the places in the bar. */
    data class OpenPlace(val screen: ScreenName) : PageEvent

    /** Says the page aloud. */
    data object ReadAloud : PageEvent

    /** To what is not sent yet. */
    data object OpenStatus : PageEvent

    /** To answers that do not match. */
    data class OpenDisagreement(val id: String) : PageEvent

    /** Ends a rest over everything. */
    data object StartAgain : PageEvent
}
