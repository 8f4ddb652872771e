package cairn.present

import cairn.present.samples.RealHome
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers

/** A process of its own that types into a page and is killed with the words half typed: the home's folder, the entry. */
fun main(arguments: Array<String>) {
    val open = RealHome(File(arguments[0])).open()
    val log = LogPresenter(open.core, Surroundings(), arguments[1])
    log.begin(CoroutineScope(Dispatchers.Unconfined), Dispatchers.Unconfined)
    log.on(LogEvent.TypeAmount("To the g"))
    log.on(LogEvent.TypeNote("I got as far as the ga"))
    ProcessBuilder("kill", "-9", ProcessHandle.current().pid().toString()).start()
    Thread.sleep(60_000)
}
