package cairn.app

import android.app.Application
import cairn.KeyVault
import java.util.concurrent.Executors
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher

/** What lives as long as the app's process. */
open class CairnApplication : Application() {
    /** The one thread the core is asked on, so that what is asked first is done first. */
    val work = Executors.newSingleThreadExecutor { Thread(it, "cairn-core") }.asCoroutineDispatcher()

    /** Outlives every activity: what was typed last is kept also when the person leaves at once. */
    val scope = CoroutineScope(SupervisorJob())

    /** Where the key of the home is kept. */
    open fun keyVault(): KeyVault = KeystoreVault(noBackupFilesDir)
}
