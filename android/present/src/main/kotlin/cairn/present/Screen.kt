package cairn.present

/** The screens a person can be taken to, named as in the design. */
enum class ScreenName { Today, Log, LogDay, Rest, PlanView, Offer, FollowUp, GoalTalk, Goals, More, Help, Status, Disagreement }

/** A screen with what it is about. */
sealed interface Screen {
    /** Which screen it is. */
    val named: ScreenName

    /** What is planned today. */
    data object Today : Screen { override val named = ScreenName.Today }

    /** What was written down: to add to it, or to change it. */
    data class Log(val entry: String) : Screen { override val named = ScreenName.Log }

    /** One of the last days, to write something down for. */
    data object LogDay : Screen { override val named = ScreenName.LogDay }

    /** A rest of one plan or of all. */
    data object Rest : Screen { override val named = ScreenName.Rest }

    /** The whole plan. */
    data class PlanView(val plan: String) : Screen { override val named = ScreenName.PlanView }

    /** An offer to look at what got in the way, known by its plan. */
    data class Offer(val id: String) : Screen { override val named = ScreenName.Offer }

    /** A check-in. */
    data class FollowUp(val id: String) : Screen { override val named = ScreenName.FollowUp }

    /** A goal in the person's own words. */
    data object GoalTalk : Screen { override val named = ScreenName.GoalTalk }

    /** Answers that do not match. */
    data class Disagreement(val id: String) : Screen { override val named = ScreenName.Disagreement }

    /** A screen that is about nothing further: a place, Help, what is not sent. */
    data class Plain(override val named: ScreenName) : Screen
}

/** Going somewhere, as a value. */
data class Go(val to: Screen)

/**
 * The screens that are there. A target that leads to another is not shown, and an event for it goes nowhere: whatever is
 * on a screen works.
 */
class Reach(private val built: Set<ScreenName>) {
    /** Whether this screen is there. */
    operator fun contains(name: ScreenName) = name in built

    /** The places of the bar that are there, in their order. */
    val places: List<ScreenName> = PLACES.filter { it in built }

    companion object {
        private val PLACES = listOf(ScreenName.Today, ScreenName.Goals, ScreenName.More)

        /** The screens this shell has. Add a screen here when it is built, and every target that leads to it shows. */
        val shipped = Reach(setOf(ScreenName.Today, ScreenName.Log, ScreenName.LogDay))

        /** Every screen of the design: for tests of targets that wait for their screen. */
        val everything = Reach(ScreenName.entries.toSet())
    }
}
